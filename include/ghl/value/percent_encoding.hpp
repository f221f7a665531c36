/// Writes parameter values into a URL, percent-encoded.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/value/fault.hpp>

#include <charconv>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

/// How many bytes at the start of `text` need no encoding: usually all of them, so four in one step.
constexpr std::size_t unreserved_length(std::string_view text) noexcept {
  std::size_t n = 0;
  const auto stands = [&](std::size_t i) { return static_cast<unsigned>(is_unreserved(text[n + i])); };
  while (text.size() - n >= 4 && (stands(0) & stands(1) & stands(2) & stands(3)) != 0) n += 4;
  while (n < text.size() && is_unreserved(text[n])) ++n;
  return n;
}

/// Percent-encodes everything outside the unreserved set of RFC 3986, section 2.3.
inline void append_encoded(std::string& out, std::string_view value) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  while (!value.empty()) {
    const std::size_t plain = unreserved_length(value);
    out.append(value.substr(0, plain));
    if (plain == value.size()) return;
    const auto byte = static_cast<unsigned char>(value[plain]);
    out.push_back('%');
    out.push_back(hex[byte >> 4U]);
    out.push_back(hex[byte & 0x0FU]);
    value.remove_prefix(plain + 1);
  }
}

/// Refuses a value that would make the URL mean another resource than the caller named, or another request.
inline fault append_value(std::string& out, std::string_view value) {
  if (value.empty()) return fault::empty_value;
  if (value == "." || value == "..") return fault::dot_segment;
  const std::size_t plain = unreserved_length(value);
  if (plain < value.size() && has_control(value.substr(plain))) return fault::control_byte;
  out.append(value.substr(0, plain));
  if (plain < value.size()) append_encoded(out, value.substr(plain));
  return fault::none;
}
inline fault append_value(std::string& out, bool value) {
  out.append(value ? "true" : "false");
  return fault::none;
}
template <class Number>
  requires(std::integral<Number> || std::floating_point<Number>)
fault append_value(std::string& out, Number value) {
  if constexpr (std::floating_point<Number>)
    if (!(value - value == Number{})) return fault::not_finite;
  char digits[64];  // enough for the shortest form of any double
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  append_encoded(out, {digits, static_cast<std::size_t>(end - digits)});
  return fault::none;
}

/// The likely size of a value in a URL, in bytes.
constexpr std::size_t room_for(std::string_view value) noexcept { return value.size(); }
template <class Number>
  requires(std::integral<Number> || std::floating_point<Number>)
constexpr std::size_t room_for(Number) noexcept {
  return 24;
}

}}}  // namespace ghl::v0::detail
