/// Looks into JSON texts that are known to be good: compact, of no more than json_depth_limit levels, and with escapes
/// as append_json_string() writes them.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/json_kit/compact.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

/// Where the string that begins at `at` is over.
inline std::size_t end_of_string(std::string_view text, std::size_t at) noexcept {
  for (++at; text[at] != '"'; ++at)
    if (text[at] == '\\') ++at;
  return at + 1;
}

/// The value that a text begins with.
inline std::string_view first_value(std::string_view text) noexcept {
  std::size_t depth = 0;
  std::size_t at = 0;
  do {
    const char c = text[at];
    if (c == '{' || c == '[') ++depth;
    else if (c == '}' || c == ']') --depth;
    if (c == '"') at = end_of_string(text, at);
    else if (std::string_view{"{}[],:"}.find(c) != std::string_view::npos) ++at;
    else at = text.find_first_of(",]}", at);
    if (at == std::string_view::npos) return text;
  } while (depth != 0);
  return text.substr(0, at);
}

inline void append_utf8(std::string& to, unsigned point) {
  const auto put = [&](unsigned byte) { to.push_back(static_cast<char>(byte)); };
  if (point < 0x80) return put(point);
  if (point < 0x800) {
    put(0xC0 | point >> 6U);
  } else {
    if (point < 0x10000) put(0xE0 | point >> 12U);
    else put(0xF0 | point >> 18U), put(0x80 | (point >> 12U & 0x3FU));
    put(0x80 | (point >> 6U & 0x3FU));
  }
  put(0x80 | (point & 0x3FU));
}

/// What the text of a string says, its quotes taken off and its escapes resolved. json_fault() has accepted it.
inline bool json_string_text(std::string_view literal, std::string& to) {
  const auto unit_at = [&](std::size_t at) {  // four hexadecimal digits
    unsigned unit = 0;
    for (std::size_t i = at; i < at + 4; ++i) {
      const char c = lower(literal[i]);
      unit = unit * 16 + static_cast<unsigned>(is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return unit;
  };
  constexpr std::string_view letters = "bfnrt";
  constexpr std::string_view meant = "\b\f\n\r\t";
  to.clear();
  for (std::size_t at = 1; at + 1 < literal.size(); ++at) {
    if (literal[at] != '\\') {
      to.push_back(literal[at]);
    } else if (literal[++at] == 'u') {
      unsigned point = unit_at(at + 1);
      at += 4;
      if (point >= 0xD800 && point <= 0xDBFF) {
        point = 0x10000 + ((point - 0xD800) << 10U) + (unit_at(at + 3) - 0xDC00);
        at += 6;
      }
      append_utf8(to, point);
    } else {
      const std::size_t n = letters.find(literal[at]);
      to.push_back(n == std::string_view::npos ? literal[at] : meant[n]);
    }
  }
  return true;
}

/// The member of that name, or the element of that number, in the spelling of a JSON pointer; empty if there is none.
inline std::string_view find_child(std::string_view text, std::string_view name) {
  const bool is_object = text.front() == '{';
  if (!is_object && text.front() != '[') return {};
  std::string key;
  if (is_object) append_json_string(key, name);
  else if (name.empty() || (name.size() > 1 && name.front() == '0')) return {};
  std::size_t left = 0;  // elements to be passed over
  if (!is_object) {
    for (const char c : name) {
      if (!is_digit(c) || left > text.size()) return {};
      left = left * 10 + static_cast<std::size_t>(c - '0');
    }
  }
  std::string_view rest = text.substr(1);
  while (rest.front() != '}' && rest.front() != ']') {
    bool found = left == 0;
    if (is_object) {
      const std::size_t end = end_of_string(rest, 0);
      found = rest.substr(0, end) == key;
      rest.remove_prefix(end + 1);
    }
    const std::string_view value = first_value(rest);
    if (found) return value;
    --left;
    rest.remove_prefix(value.size());
    if (rest.front() == ',') rest.remove_prefix(1);
  }
  return {};
}

/// The value that a JSON pointer (RFC 6901) points at; empty if there is none.
inline std::string_view find_by_pointer(std::string_view text, std::string_view pointer) {
  while (!pointer.empty() && !text.empty()) {
    if (pointer.front() != '/') return {};
    pointer.remove_prefix(1);
    const std::size_t slash = pointer.find('/');
    const std::size_t size = slash == std::string_view::npos ? pointer.size() : slash;
    std::string name;
    for (std::size_t at = 0; at < size; ++at) {
      const char c = pointer[at];
      if (c != '~') name.push_back(c);
      else if (++at == size || (pointer[at] != '0' && pointer[at] != '1')) return {};
      else name.push_back(pointer[at] == '0' ? '~' : '/');
    }
    pointer.remove_prefix(size);
    text = find_child(text, name);
  }
  return text;
}

}}}  // namespace ghl::v0::detail
