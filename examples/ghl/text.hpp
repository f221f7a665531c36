/// JSON and texts from outside: how deep they may be, and what of them a terminal is shown.
#pragma once

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace ghl_program {

/// How deep JSON may nest: nlohmann/json writes it by recursion.
inline constexpr int deepest_json = 500;

inline bool nests_too_deep(std::string_view text) {
  int depth = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_text && c == '\\') ++i;
    else if (c == '"') in_text = !in_text;
    else if (!in_text && (c == '[' || c == '{') && ++depth > deepest_json) return true;
    else if (!in_text && (c == ']' || c == '}')) --depth;
  }
  return false;
}

inline nlohmann::ordered_json discarded() { return nlohmann::ordered_json(nlohmann::json::value_t::discarded); }

/// A discarded value where it is no JSON, or too deep.
template <class Json>
Json parsed(const std::string& text) {
  return nests_too_deep(text) ? Json(Json::value_t::discarded) : Json::parse(text, nullptr, false);
}

inline std::string dumped(const nlohmann::ordered_json& value, int indent) {
  return value.dump(indent, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// For a terminal: control characters, which it would obey, are told by their numbers, as JSON does. The ends of lines
/// and tabs stay.
inline std::string visible(std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  std::string out;
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto tell = [&](unsigned code) {
    out += "\\u";
    for (const unsigned shift : {12U, 8U, 4U, 0U}) out += hex[code >> shift & 15U];
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned c = byte(i);
    const unsigned two = (c & 31U) << 6U | (byte(i + 1) & 63U);
    const unsigned three = (c & 15U) << 12U | (byte(i + 1) & 63U) << 6U | (byte(i + 2) & 63U);
    const bool turns = three == 0x200E || three == 0x200F || (three >= 0x2028 && three <= 0x202E) ||
                       (three >= 0x2066 && three <= 0x2069);
    if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F) tell(c);
    else if (c == 0xC2 && two >= 0x80 && two <= 0x9F) tell(two), ++i;
    else if (c == 0xD8 && two == 0x61C) tell(two), ++i;
    else if (c == 0xE2 && turns) tell(three), i += 2;
    else out += text[i];
  }
  return out;
}

}  // namespace ghl_program
