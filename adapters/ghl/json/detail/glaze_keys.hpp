/// For the glaze adapter: finds texts that glaze misreads.
#pragma once

#include <ghl/detail/text.hpp>

#include <glaze/json/read.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

/// Whether there is a control byte; compact JSON, which servers send, has none. Compilers vectorize the minimum of 256
/// bytes.
inline bool has_control_byte(std::string_view text) noexcept {
  constexpr std::size_t block = 256;
  unsigned char least = 0xFF;
  for (; text.size() >= block; text.remove_prefix(block))
    for (std::size_t i = 0; i < block; ++i) least = (std::min)(least, static_cast<unsigned char>(text[i]));
  return least < 0x20 || any_eight(text, [](eight_bytes b) { return any_below(b, 0x20); });
}

/// Moves `at` from inside a string to what follows the string; whether that is the colon behind a key.
inline bool goes_on_to_colon(std::string_view text, std::size_t& at) noexcept {
  const std::size_t first = at;
  const auto is_escaped = [&] {
    std::size_t backslashes = 0;
    while (at - backslashes > first && text[at - backslashes - 1] == '\\') ++backslashes;
    return backslashes % 2 != 0;
  };
  at = text.find('"', at);
  while (at != std::string_view::npos && is_escaped()) at = text.find('"', at + 1);
  if (at == std::string_view::npos) return true;
  do ++at;
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n'));
  return at < text.size() && text[at] == ':';
}

/// Whether a key of a text that glaze has read holds an escape or a control byte. glaze compares keys as they are
/// written, and validates only the UTF-8 of those that it ignores.
inline bool has_odd_key(std::string_view text) noexcept {
  constexpr auto none = std::string_view::npos;
  if (!has_control_byte(text)) {
    for (std::size_t at = text.find('\\'); at != none; at = text.find('\\', at))
      if (goes_on_to_colon(text, at)) return true;
    return false;
  }
  std::size_t at = 0;
  for (std::size_t first = text.find('"'); first != none; first = text.find('"', at)) {
    at = first + 1;
    if (!goes_on_to_colon(text, at)) continue;
    const std::string_view key = text.substr(first + 1, at - first - 1);  // with its quote and what follows it
    if (has_control_byte(key) || key.find('\\') != none) return true;
  }
  return false;
}

inline bool glaze_unescape(std::string_view literal, std::string& to) {
  constexpr glz::opts rules{.null_terminated = false};
  glz::context context{};
  const char* at = literal.data();
  glz::parse<glz::JSON>::op<rules>(to, context, at, at + literal.size());
  return context.error == glz::error_code::none || context.error == glz::error_code::end_reached;
}

}}}  // namespace ghl::v0::detail
