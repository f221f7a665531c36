/// Keeps the token out of errors.
#pragma once

#include <ghl/value/error.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

/// Takes a token out of a text: a server may send back what it was sent. Real tokens are long; a shorter text is a
/// test's, and would be found in ordinary words.
inline void redact(std::string& text, std::string_view token) {
  constexpr std::size_t shortest = 8;
  constexpr std::string_view instead = "[token]";
  if (token.size() < shortest) return;
  for (std::size_t at = text.find(token); at != std::string::npos; at = text.find(token, at + instead.size()))
    text.replace(at, token.size(), instead);
}

/// Takes the beginning of a token off the end of a text that was cut there.
inline void redact_end(std::string& text, std::string_view token) {
  constexpr std::size_t shortest = 4;  // fewer characters tell nothing, and end many an ordinary text
  for (std::size_t n = token.size() < text.size() ? token.size() : text.size(); n >= shortest; --n) {
    if (!std::string_view{text}.ends_with(token.substr(0, n))) continue;
    text.resize(text.size() - n);
    return;
  }
}

inline void redact(error& e, std::string_view token) {
  const auto clean = [token](std::string& text) {
    const bool cut = text.size() + 3 >= error::excerpt_limit;  // or up to three bytes less, not to split a character
    redact(text, token);
    if (cut) redact_end(text, token);
  };
  for (std::string* text : {&e.detail, &e.where, &e.trace_id, &e.content_type, &e.excerpt}) clean(*text);
  for (std::string& text : e.messages) clean(text);
}

}}}  // namespace ghl::v0::detail
