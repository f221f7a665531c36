/// Keeps secrets out of errors that quote a form or JSON: however a server may have spelled them.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/value/error.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

constexpr int hex_digit(char c) noexcept {
  if (is_digit(c)) return c - '0';
  const char small_letter = lower(c);
  return small_letter >= 'a' && small_letter <= 'f' ? small_letter - 'a' + 10 : -1;
}
/// The byte that these digits say; -1: they do not.
constexpr int hex_byte(std::string_view digits) noexcept {
  int value = 0;
  for (const char c : digits) {
    if (hex_digit(c) < 0 || value > 255) return -1;
    value = value * 16 + hex_digit(c);
  }
  return value;
}

/// How many bytes at the start of `text` spell `c`: as it is, percent-encoded, '+' for a blank as in a form, or escaped
/// as in JSON. 0: they spell something else.
constexpr std::size_t spelled(std::string_view text, char c) noexcept {
  const int byte = static_cast<unsigned char>(c);
  if (text.empty()) return 0;
  if (text[0] == '%' && text.size() >= 3 && hex_byte(text.substr(1, 2)) == byte) return 3;
  if (text[0] == '\\' && text.size() >= 6 && text[1] == 'u' && hex_byte(text.substr(2, 4)) == byte) return 6;
  if (text[0] == '\\' && text.size() >= 2 && text[1] == c && (c == '/' || c == '"' || c == '\\')) return 2;
  if (text[0] == '+' && c == ' ') return 1;
  return text[0] == c ? 1 : 0;
}

/// Where a text ends that was cut: at an escape that may have lost its end, or at the end.
constexpr std::size_t end_of_cut(std::string_view text) noexcept {
  constexpr std::size_t longest_part = 5;  // of \u0026
  const std::size_t at = text.find_last_of("%\\");
  return at != std::string_view::npos && text.size() - at <= longest_part ? at : text.size();
}

struct spelling {
  std::size_t bytes = 0;
  std::size_t characters = 0;
};
/// How much of `secret` the start of `text` spells.
constexpr spelling spelling_at(std::string_view text, std::string_view secret) noexcept {
  spelling found;
  for (const char c : secret) {
    const std::size_t bytes = spelled(text.substr(found.bytes), c);
    if (bytes == 0) break;
    found.bytes += bytes;
    ++found.characters;
  }
  return found;
}

/// Takes a secret out of a text, and, where the text was cut, the beginning of one off its end. The limits are those of
/// redact().
inline void redact_spelled(std::string& text, std::string_view secret, bool cut) {
  constexpr std::size_t shortest = 8;
  constexpr std::size_t shortest_end = 4;
  constexpr std::string_view instead = "[secret]";
  if (secret.size() < shortest) return;
  for (std::size_t at = 0; at < text.size();) {
    const spelling found = spelling_at(std::string_view{text}.substr(at), secret);
    if (found.characters == secret.size()) {
      text.replace(at, found.bytes, instead);
      at += instead.size();
    } else if (cut && found.characters >= shortest_end && at + found.bytes >= end_of_cut(text)) {
      text.resize(at);
    } else {
      ++at;
    }
  }
}

inline void redact_spelled(error& e, std::string_view secret) {
  for (std::string* text : {&e.detail, &e.where, &e.trace_id, &e.content_type}) redact_spelled(*text, secret, false);
  for (std::string& text : e.messages) redact_spelled(text, secret, false);
  redact_spelled(e.excerpt, secret, true);  // it may have been cut, and is shorter where another secret was taken out
}

}}}  // namespace ghl::v0::detail
