/// Reads a text as one who decodes whatever is encoded in it, however often, and knows where each byte came from.
#pragma once

#include <ghl/detail/text.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ghl { inline namespace v0 { namespace detail {

constexpr int hex_digit(char c) noexcept {
  if (is_digit(c)) return c - '0';
  const char letter = lower(c);
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

/// The number that these digits are; more than 0x10FFFF: none.
constexpr unsigned number_of(std::string_view digits, unsigned base) noexcept {
  constexpr unsigned none = 0x110000;
  unsigned value = digits.empty() ? none : 0;
  for (const char c : digits) {
    const int digit = hex_digit(c);
    if (digit < 0 || static_cast<unsigned>(digit) >= base || value >= none) return none;
    value = value * base + static_cast<unsigned>(digit);
  }
  return value;
}

/// The names that HTML has for ASCII's punctuation; none has upper-case letters that matter here.
struct entity_row {
  std::string_view name;
  char byte;
};
inline constexpr entity_row entity_table[] = {
    {"amp", '&'},    {"quot", '"'},   {"apos", '\''},   {"lt", '<'},     {"gt", '>'},     {"sol", '/'},
    {"plus", '+'},   {"period", '.'}, {"lowbar", '_'},  {"equals", '='}, {"percnt", '%'}, {"bsol", '\\'},
    {"colon", ':'},  {"semi", ';'},   {"comma", ','},   {"num", '#'},    {"ast", '*'},    {"midast", '*'},
    {"commat", '@'}, {"excl", '!'},   {"quest", '?'},   {"dollar", '$'}, {"lpar", '('},   {"rpar", ')'},
    {"lsqb", '['},   {"lbrack", '['}, {"rsqb", ']'},    {"rbrack", ']'}, {"lcub", '{'},   {"lbrace", '{'},
    {"rcub", '}'},   {"rbrace", '}'}, {"verbar", '|'},  {"vert", '|'},   {"hat", '^'},    {"grave", '`'},
};

/// A byte, and how many bytes at the beginning of a text encode it; 0: none do.
struct encoded_byte {
  std::size_t size = 0;
  char byte = '\0';
};

/// "&#83;", "&#x53;", "&sol;"
constexpr encoded_byte entity_at(std::string_view text) noexcept {
  constexpr std::size_t longest = 12;
  const std::size_t end = text.substr(0, longest).find(';');
  if (end == std::string_view::npos) return {};
  const std::string_view name = text.substr(1, end - 1);
  unsigned code = 0;
  if (name.starts_with("#x") || name.starts_with("#X")) code = number_of(name.substr(2), 16);
  else if (name.starts_with('#')) code = number_of(name.substr(1), 10);
  if (code > 0 && code < 0x7F) return {end + 1, static_cast<char>(code)};
  for (const entity_row& row : entity_table)
    if (equal_ignoring_case(row.name, name)) return {end + 1, row.byte};
  return {};
}

/// "u0053", "u{53}", "x53", behind a backslash or a percent sign.
constexpr encoded_byte code_at(std::string_view text) noexcept {
  std::string_view digits;
  std::size_t size = 0;
  if (text.size() > 1 && lower(text[0]) == 'u' && text[1] == '{') {
    const std::size_t end = text.substr(0, 10).find('}');
    if (end == std::string_view::npos) return {};
    digits = text.substr(2, end - 2);
    size = end + 1;
  } else {
    size = lower(text[0]) == 'u' ? 5 : lower(text[0]) == 'x' ? 3 : 0;
    if (size == 0 || text.size() < size) return {};
    digits = text.substr(1, size - 1);
  }
  const unsigned code = number_of(digits, 16);
  if (code > 0x7E) return {};
  return {size, static_cast<char>(code)};
}

/// What a text begins with: percent-encoded, escaped as in JSON and JavaScript, or as an entity of HTML.
constexpr encoded_byte encoded_at(std::string_view text) noexcept {
  if (text.size() < 2) return {};
  if (text[0] == '&') return entity_at(text);
  if (text[0] != '%' && text[0] != '\\') return {};
  if (const encoded_byte found = code_at(text.substr(1)); found.size != 0) return {found.size + 1, found.byte};
  if (text[0] == '%') {
    const unsigned code = text.size() < 3 ? 0x100 : number_of(text.substr(1, 2), 16);
    if (code > 0xFF) return {};
    return {3, static_cast<char>(code)};
  }
  // What is escaped may be encoded itself; the backslash of a letter is left, see decoded_text.
  if (is_alnum(text[1]) || (text[1] != '\\' && encoded_at(text.substr(1)).size != 0)) return {};
  return {2, text[1]};
}

/// Whether these characters may stand between the lead of an encoded byte and where it was cut off.
constexpr bool may_follow(char lead, std::string_view rest) noexcept {
  if (lead == '\\' && !rest.empty() && lower(rest[0]) != 'u' && lower(rest[0]) != 'x') return false;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const char c = rest[i];
    const bool may = lead == '&' ? is_alnum(c) || c == '#'
                                 : hex_digit(c) >= 0 || (i == 0 && (lower(c) == 'u' || lower(c) == 'x')) || c == '{';
    if (!may) return false;
  }
  return true;
}

/// Where a decoded text ends that was cut: before what may be the beginning of an encoded byte, or at the end.
constexpr std::size_t end_of_cut(std::string_view text) noexcept {
  constexpr std::size_t longest = 10;
  for (;;) {
    const std::size_t at = text.find_last_of("%\\&");
    if (at == std::string_view::npos || text.size() - at > longest || !may_follow(text[at], text.substr(at + 1)))
      return text.size();
    text = text.substr(0, at);
  }
}

/// Purpose: a text, decoded layer by layer until nothing in it is encoded any more: %2553 is S, and so is \\u0053. More
/// layers than there can be reason for are not looked at. A backslash that is left escapes what follows it, and is left
/// out.
/// Lifetime: refers to the text. A text in which nothing is encoded is not copied.
class decoded_text {
 public:
  static constexpr int most_layers = 16;

  /// `most`: no more layers than that.
  explicit decoded_text(std::string_view raw, int most = most_layers) : raw_(raw) {
    if (most == 0 || raw.find_first_of("%\\&") == std::string_view::npos) return;
    text_ = raw;
    from_.resize(raw.size());
    for (std::size_t i = 0; i < raw.size(); ++i) from_[i] = i;
    for (layers_ = 1; layers_ <= most && decode();) ++layers_;
    drop_backslashes();
  }
  /// How many there were, and one for backslashes that are left; 0: the text is as it was given.
  [[nodiscard]] int layers() const noexcept { return layers_; }

  [[nodiscard]] std::string_view text() const noexcept { return from_.empty() ? raw_ : std::string_view{text_}; }
  /// Where text() ends if the text was cut: before what may be the beginning of an encoded byte.
  [[nodiscard]] std::size_t end_of_cut() const noexcept { return layers_ == 0 ? detail::end_of_cut(raw_) : end_; }
  /// Where the byte at that place of text() begins in the text that was given; for its end, where that ends.
  [[nodiscard]] std::size_t place_of(std::size_t at) const noexcept {
    if (from_.empty()) return at;
    return at < from_.size() ? from_[at] : raw_.size();
  }

 private:
  /// One layer; whether there was one.
  bool decode() {
    std::size_t size = 0;
    for (std::size_t i = 0; i < text_.size(); ++size) {
      const encoded_byte found = encoded_at(std::string_view{text_}.substr(i));
      from_[size] = from_[i];
      text_[size] = found.size != 0 ? found.byte : text_[i];
      i += found.size != 0 ? found.size : 1;
    }
    const bool any = size != text_.size();
    text_.resize(size);
    from_.resize(size);
    return any;
  }
  void drop_backslashes() {
    end_ = detail::end_of_cut(text_);
    const std::size_t end = end_;
    std::size_t size = 0;
    bool escaped = false;
    for (std::size_t i = 0; i < text_.size(); ++i) {
      if (i == end) end_ = size;
      if (!escaped) from_[size] = from_[i];
      escaped = text_[i] == '\\';
      if (!escaped) text_[size++] = text_[i];
    }
    if (end == text_.size()) end_ = size;
    text_.resize(size);
    from_.resize(size);
    if (size == 0) raw_ = {};
  }

  std::string_view raw_;
  std::string text_{};
  std::vector<std::size_t> from_{};
  std::size_t end_ = 0;
  int layers_ = 0;
};

}}}  // namespace ghl::v0::detail
