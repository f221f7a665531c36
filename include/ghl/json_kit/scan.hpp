/// Validates a JSON text; json_fault() is the public function.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/json_kit/reader.hpp>
#include <ghl/value/fault.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

/// Whether a byte stands for itself in a JSON string and is the whole of a UTF-8 sequence.
constexpr bool is_plain(char c) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
}
/// How many such bytes a text begins with; eight at a time, since most of a text is plain.
constexpr std::size_t plain_length(std::string_view text) noexcept {
  const auto special = [](eight_bytes b) {
    return any_below(b, 0x20) | any_below(b ^ ('"' * each_byte), 1) | any_below(b ^ ('\\' * each_byte), 1) |
           (b & high_bits);
  };
  std::size_t n = 0;
  while (text.size() - n >= 8 && special(eight_at(text.data() + n)) == 0) n += 8;
  while (n < text.size() && is_plain(text[n])) ++n;
  return n;
}

/// Validates a text by RFC 8259, without recursion.
class json_scan {
 public:
  explicit json_scan(std::string_view text) noexcept : rest_(text) {}

  fault run() noexcept {
    for (;;) {
      if (const fault f = value(); f != fault::none) return f;
      if (open_) continue;  // the first value of an array or the value of a key comes next
      for (;;) {            // what follows a value
        blanks();
        if (depth_ == 0) return rest_.empty() ? fault::none : fault::malformed;
        if (rest_.empty()) return fault::truncated;
        const char c = take();
        if (c == ',') {
          if (!in_object()) break;
          if (const fault f = key(); f != fault::none) return f;
          break;
        }
        if (c != (in_object() ? '}' : ']')) return fault::malformed;
        --depth_;
      }
    }
  }

 private:
  [[nodiscard]] bool in_object() const noexcept { return (objects_ >> (depth_ - 1) & 1U) != 0; }
  char take() noexcept {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  void blanks() noexcept {
    while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\n' || rest_.front() == '\r' ||
                              rest_.front() == '\t'))
      take();
  }

  /// A string, a number, a literal name, or the beginning of an array or an object.
  fault value() noexcept {
    open_ = false;
    blanks();
    if (rest_.empty()) return fault::truncated;
    switch (rest_.front()) {
      case '{':
      case '[': return begin();
      case '"': return string();
      case 't': return literal("true");
      case 'f': return literal("false");
      case 'n': return literal("null");
      default: return number();
    }
  }

  fault begin() noexcept {
    if (depth_ == json_depth_limit) return fault::nested_too_deeply;
    const std::uint64_t bit = std::uint64_t{1} << depth_++;
    objects_ = take() == '{' ? objects_ | bit : objects_ & ~bit;
    blanks();
    if (rest_.empty()) return fault::truncated;
    if (rest_.front() == (in_object() ? '}' : ']')) return fault::none;  // empty: run() takes the end of it
    open_ = true;
    return in_object() ? key() : fault::none;
  }

  fault key() noexcept {
    blanks();
    if (rest_.empty()) return fault::truncated;
    if (rest_.front() != '"') return fault::malformed;
    if (const fault f = string(); f != fault::none) return f;
    blanks();
    if (rest_.empty()) return fault::truncated;
    return take() == ':' ? fault::none : fault::malformed;
  }

  fault literal(std::string_view expected) noexcept {
    for (const char c : expected) {
      if (rest_.empty()) return fault::truncated;
      if (take() != c) return fault::malformed;
    }
    return fault::none;
  }

  fault string() noexcept {
    take();
    for (;;) {
      rest_.remove_prefix(plain_length(rest_));
      if (rest_.empty()) return fault::truncated;
      const char c = rest_.front();
      if (c == '"') break;
      if (static_cast<unsigned char>(c) < 0x20) return fault::malformed;
      if (c == '\\') {
        if (const fault f = escape(); f != fault::none) return f;
        continue;
      }
      const std::size_t length = utf8_sequence(rest_);
      if (length == 0) return fault::invalid_utf8;
      rest_.remove_prefix(length);
    }
    take();
    return fault::none;
  }

  fault escape() noexcept {
    take();
    if (rest_.empty()) return fault::truncated;
    const char c = take();
    if (c != 'u')
      return std::string_view{"\"\\/bfnrt"}.find(c) == std::string_view::npos ? fault::malformed : fault::none;
    unsigned unit = 0;
    if (const fault f = four_digits(unit); f != fault::none) return f;
    if (unit < 0xD800 || unit > 0xDFFF) return fault::none;
    if (unit > 0xDBFF) return fault::malformed;  // a low surrogate without a high one
    for (const char next : {'\\', 'u'}) {
      if (rest_.empty()) return fault::truncated;
      if (take() != next) return fault::malformed;
    }
    if (const fault f = four_digits(unit); f != fault::none) return f;
    return unit >= 0xDC00 && unit <= 0xDFFF ? fault::none : fault::malformed;
  }

  fault four_digits(unsigned& unit) noexcept {
    unit = 0;
    for (int i = 0; i < 4; ++i) {
      if (rest_.empty()) return fault::truncated;
      const char c = lower(take());
      if (!is_digit(c) && (c < 'a' || c > 'f')) return fault::malformed;
      unit = unit * 16 + static_cast<unsigned>(is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return fault::none;
  }

  fault number() noexcept {
    if (rest_.front() == '-') take();
    if (!rest_.empty() && rest_.front() == '0') take();
    else if (const fault f = digits(); f != fault::none) return f;
    if (!rest_.empty() && rest_.front() == '.') {
      take();
      if (const fault f = digits(); f != fault::none) return f;
    }
    if (!rest_.empty() && lower(rest_.front()) == 'e') {
      take();
      if (!rest_.empty() && (rest_.front() == '+' || rest_.front() == '-')) take();
      if (const fault f = digits(); f != fault::none) return f;
    }
    return fault::none;
  }

  fault digits() noexcept {
    if (rest_.empty()) return fault::truncated;
    if (!is_digit(rest_.front())) return fault::malformed;
    while (!rest_.empty() && is_digit(rest_.front())) take();
    return fault::none;
  }

  std::string_view rest_;
  std::size_t depth_ = 0;
  std::uint64_t objects_ = 0;  // bit i: level i is an object
  bool open_ = false;          // an array or object has begun and is not empty
};

static_assert(json_depth_limit <= 64, "json_scan keeps a bit for each level");

}}}  // namespace ghl::v0::detail
