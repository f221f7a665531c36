/// Keeps secrets out of errors: a server may send back what it was sent, in whatever encoding it likes.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/value/error.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

constexpr int hex_digit(char c) noexcept {
  if (is_digit(c)) return c - '0';
  const char letter = lower(c);
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}
/// The byte that these digits encode; -1: none.
constexpr int hex_byte(std::string_view digits) noexcept {
  int value = 0;
  for (const char c : digits) {
    if (hex_digit(c) < 0 || value > 255) return -1;
    value = value * 16 + hex_digit(c);
  }
  return value;
}

/// How many bytes at the start of `text` encode `c`: as it is, percent-encoded, '+' for a blank as in a form, or
/// escaped as in JSON. 0: they encode something else.
constexpr std::size_t encoded_size(std::string_view text, char c) noexcept {
  const int byte = static_cast<unsigned char>(c);
  if (text.empty()) return 0;
  if (text[0] == '%' && text.size() >= 3 && hex_byte(text.substr(1, 2)) == byte) return 3;
  if (text[0] == '\\' && text.size() >= 6 && text[1] == 'u' && hex_byte(text.substr(2, 4)) == byte) return 6;
  if (text[0] == '\\' && text.size() >= 2 && text[1] == c && (c == '/' || c == '"' || c == '\\')) return 2;
  if (text[0] == '+' && c == ' ') return 1;
  return text[0] == c ? 1 : 0;
}

/// How far the start of a text agrees with a secret.
struct agreement {
  std::size_t bytes = 0;       // of the text
  std::size_t characters = 0;  // of the secret
};
constexpr agreement agreement_of(std::string_view text, std::string_view secret) noexcept {
  agreement plain;  // a secret may itself look as if something in it were encoded
  while (plain.bytes < secret.size() && plain.bytes < text.size() && text[plain.bytes] == secret[plain.bytes])
    ++plain.bytes;
  plain.characters = plain.bytes;
  if (plain.characters == secret.size()) return plain;
  agreement found;
  for (const char c : secret) {
    const std::size_t bytes = encoded_size(text.substr(found.bytes), c);
    if (bytes == 0) break;
    found.bytes += bytes;
    ++found.characters;
  }
  return found.characters < plain.characters ? plain : found;
}

/// Where a text ends that was cut: before an escape that may have lost its end, or at the end.
constexpr std::size_t end_of_cut(std::string_view text) noexcept {
  constexpr std::size_t longest_part = 5;  // of \u0026
  const std::size_t at = text.find_last_of("%\\");
  return at != std::string_view::npos && text.size() - at <= longest_part ? at : text.size();
}

/// Puts `instead` in the place of a secret wherever it stands in a text, and, where the text was `cut`, takes the
/// beginning of the secret off its end. So it has to run after every cut. Real secrets are long: a shorter one is a
/// test's, and would be found in ordinary words.
inline void redact(std::string& text, std::string_view secret, std::string_view instead = "[token]", bool cut = false) {
  constexpr std::size_t shortest = 8;
  constexpr std::size_t shortest_end = 4;  // fewer characters tell nothing, and end many an ordinary text
  if (secret.size() < shortest || text.size() < shortest_end) return;
  // As a rule nothing in the text is encoded, and the search goes from one first character to the next.
  const bool as_it_is = text.find('%') == std::string::npos && text.find('\\') == std::string::npos;
  const auto start_from = [&](std::size_t at) {
    if (as_it_is && secret[0] != ' ') return text.find(secret[0], at);
    while (at < text.size() && encoded_size(std::string_view{text}.substr(at), secret[0]) == 0) ++at;
    return at;
  };
  for (std::size_t at = start_from(0); at < text.size(); at = start_from(at)) {
    const agreement found = agreement_of(std::string_view{text}.substr(at), secret);
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

/// The same for all texts of an error. What the server wrote may have been cut, and may be shorter by now, where
/// another secret was taken out.
inline void redact(error& e, std::string_view secret, std::string_view instead = "[token]") {
  for (std::string* text : {&e.detail, &e.where, &e.content_type}) redact(*text, secret, instead);
  for (std::string* text : {&e.trace_id, &e.excerpt}) redact(*text, secret, instead, true);
  for (std::string& text : e.messages) redact(text, secret, instead, true);
}

}}}  // namespace ghl::v0::detail
