/// Predicates and small functions on bytes and texts: control bytes, RFC 9110 tokens, UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

constexpr bool is_control(char c) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

/// Eight bytes in one integer, the first in the lowest place, so that all of them are tested at once.
using eight_bytes = std::uint64_t;
inline constexpr eight_bytes each_byte = 0x0101010101010101U;
inline constexpr eight_bytes high_bits = 0x80U * each_byte;

constexpr eight_bytes eight_at(const char* text) noexcept {  // compilers make one load of it
  const auto byte = [&](unsigned i) { return eight_bytes{static_cast<unsigned char>(text[i])} << (8U * i); };
  return byte(0) | byte(1) | byte(2) | byte(3) | byte(4) | byte(5) | byte(6) | byte(7);
}
/// Nonzero if one of the bytes is below `limit`, which is 0x80 at most.
constexpr eight_bytes any_below(eight_bytes bytes, unsigned limit) noexcept {
  return (bytes - limit * each_byte) & ~bytes & high_bits;
}

/// Whether `found` returns nonzero for some eight bytes of `text`; a shorter text is padded with letters.
template <class Found>
constexpr bool any_eight(std::string_view text, Found found) noexcept {
  const std::size_t size = text.size();
  if (size < 8) {
    eight_bytes all = 'a' * each_byte;
    for (const char c : text) all = all << 8U | static_cast<unsigned char>(c);
    return found(all) != 0;
  }
  for (std::size_t i = 0; i + 8 < size; i += 8)
    if (found(eight_at(text.data() + i)) != 0) return true;
  return found(eight_at(text.data() + size - 8)) != 0;
}

constexpr bool has_control(std::string_view text) noexcept {
  return any_eight(text, [](eight_bytes b) { return any_below(b, 0x20) | any_below(b ^ (0x7FU * each_byte), 1); });
}

/// Whether all bytes are visible ASCII characters: no blank, no control byte, nothing above 0x7E.
constexpr bool is_visible_ascii(std::string_view text) noexcept {
  return !any_eight(text, [](eight_bytes b) { return any_below(b, 0x21) | ((b | (b + each_byte)) & high_bits); });
}

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_alpha(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_alnum(char c) noexcept { return is_digit(c) || is_alpha(c); }

/// Whether all eight are ASCII's letters and digits.
constexpr bool are_alnum(eight_bytes b) noexcept {
  const auto within = [](eight_bytes bytes, unsigned first, unsigned last) {  // the high bit of each byte that is
    return (bytes + (0x80U - first) * each_byte) & ~(bytes + (0x7FU - last) * each_byte);
  };
  const eight_bytes found = within(b | (0x20U * each_byte), 'a', 'z') | within(b, '0', '9');
  return (b & high_bits) == 0 && (found & high_bits) == high_bits;
}

/// A set of bytes: letters, digits and `others`.
struct byte_set {
  bool has[256]{};
  consteval explicit byte_set(std::string_view others) noexcept {
    for (unsigned i = 0; i < 128; ++i) has[i] = is_alnum(static_cast<char>(i));
    for (const char c : others) has[static_cast<unsigned char>(c)] = true;
  }
  constexpr bool operator()(char c) const noexcept { return has[static_cast<unsigned char>(c)]; }
};
inline constexpr byte_set unreserved{"-._~"};
inline constexpr byte_set token_bytes{"!#$%&'*+-.^_`|~"};
/// What a bearer token may consist of, but for '=' at its end (b64token in RFC 6750, section 2.1).
inline constexpr byte_set bearer_bytes{"-._~+/"};

/// Unreserved characters (RFC 3986, section 2.3); all others are percent-encoded in a URL.
constexpr bool is_unreserved(char c) noexcept { return unreserved(c); }

/// A token (RFC 9110, section 5.6.2), such as the name of a header.
constexpr bool is_token(std::string_view text) noexcept {
  for (const char c : text)
    if (!token_bytes(c)) return false;
  return !text.empty();
}

/// `text` without leading and trailing blanks (RFC 9110, section 5.6.3).
constexpr std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (lower(a[i]) != lower(b[i])) return false;
  return true;
}

constexpr bool contains_ignoring_case(std::string_view text, std::string_view part) noexcept {
  for (std::size_t i = 0; i + part.size() <= text.size(); ++i)
    if (equal_ignoring_case(text.substr(i, part.size()), part)) return true;
  return false;
}

/// The length of the UTF-8 sequence that `text` begins with; 0 if there is none (RFC 3629: no overlong form, no
/// surrogate, nothing above U+10FFFF).
constexpr std::size_t utf8_sequence(std::string_view text) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto follows = [&](std::size_t i, unsigned low, unsigned high) {
    return i < text.size() && byte(i) >= low && byte(i) <= high;
  };
  if (text.empty()) return 0;
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return follows(1, 0x80, 0xBF) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const bool second = follows(1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF);
    return second && follows(2, 0x80, 0xBF) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const bool second = follows(1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF);
    return second && follows(2, 0x80, 0xBF) && follows(3, 0x80, 0xBF) ? 4 : 0;
  }
  return 0;
}

constexpr bool is_utf8(std::string_view text) noexcept {
  while (!text.empty()) {
    if (text.size() >= 8 && (eight_at(text.data()) & high_bits) == 0) {
      text.remove_prefix(8);
      continue;
    }
    const std::size_t length = utf8_sequence(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

/// At most the first `limit` bytes of `text`, cut at the beginning of a UTF-8 sequence.
constexpr std::string_view truncated(std::string_view text, std::size_t limit) noexcept {
  if (text.size() <= limit) return text;
  const auto continues = [&](std::size_t i) { return (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U; };
  std::size_t end = limit;
  while (end > 0 && limit - end < 3 && continues(end)) --end;
  return text.substr(0, end);
}

/// How many bytes at the beginning of a text, in UTF-8, are a control character beyond ASCII: U+0080 to U+009F, which a
/// terminal obeys as it does ESC, the ends of a line U+2028 and U+2029, and those that turn the direction of what follows.
constexpr std::size_t wide_control_at(std::string_view text) noexcept {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto within = [](unsigned c, unsigned first, unsigned last) { return c >= first && c <= last; };
  if (byte(0) == 0xC2) return within(byte(1), 0x80, 0x9F) ? 2 : 0;
  if (byte(0) == 0xD8) return byte(1) == 0x9C ? 2 : 0;  // U+061C
  if (byte(0) != 0xE2) return 0;
  if (byte(1) == 0x80) return within(byte(2), 0x8E, 0x8F) || within(byte(2), 0xA8, 0xAE) ? 3 : 0;
  return byte(1) == 0x81 && within(byte(2), 0xA6, 0xA9) ? 3 : 0;
}

/// Appends text from outside on one line: control characters become spaces.
inline void append_printable(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const std::size_t wide = wide_control_at(text);
    out.push_back(wide != 0 || is_control(text.front()) ? ' ' : text.front());
    text.remove_prefix(wide != 0 ? wide : 1);
  }
}

}}}  // namespace ghl::v0::detail
