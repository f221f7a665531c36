/// Keeps tokens out of errors that nobody has seen before: those in an answer of the OAuth server.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/value/decoded.hpp>
#include <ghl/value/error.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

/// The endpoints whose answers hold new tokens: /oauth/token, /oauth/locationToken, /oauth/location-token.
constexpr bool issues_tokens(std::string_view path) noexcept {
  return path.starts_with("/oauth/") && (path.ends_with("token") || path.ends_with("Token"));
}

/// Whether it may be a token: long, and no word. The names and texts of OAuth, and addresses, have neither digits nor
/// capitals; a random text of that length has both.
constexpr bool may_be_token(std::string_view text) noexcept {
  constexpr std::size_t shortest = 16;
  constexpr std::size_t longest_name = 40;
  if (text.size() < shortest) return false;
  for (const char c : text)
    if (is_digit(c) || (c >= 'A' && c <= 'Z')) return true;
  return text.size() > longest_name;
}

inline void redact_issued(std::string& text, bool cut, int layers) {
  constexpr std::string_view instead = "[token]";
  for (std::size_t from = 0;;) {
    const decoded_text seen{text, layers};
    const std::string_view all = seen.text();
    const std::size_t end = cut ? seen.end_of_cut() : all.size();
    std::size_t at = from;
    std::size_t size = 0;
    for (; at < end; at += size + 1) {
      for (size = 0; at + size < end && bearer_bytes(all[at + size]);) ++size;
      if (may_be_token(all.substr(at, size)) || (cut && at + size == end)) break;
    }
    if (at + size >= end && cut) return text.resize(seen.place_of(at < end ? at : end));
    if (at >= end) return;
    const std::size_t begin = seen.place_of(at);
    text.replace(begin, seen.place_of(at + size) - begin, instead);
    from = at + instead.size();
  }
}

/// Takes out of a text what may be a token, and, where the text was `cut`, the end that may be the beginning of one.
inline void redact_issued(std::string& text, bool cut) {
  for (int layers = decoded_text{text}.layers(); layers >= 0; --layers) redact_issued(text, cut, layers);
}

/// Whether a text has a member, a parameter or an attribute whose name ends with "token": "refreshToken": ... A name
/// tells what a value is, however short it is.
inline bool names_a_token(std::string_view text) {
  constexpr std::string_view name = "token";
  const decoded_text seen{text};
  const std::string_view all = seen.text();
  for (std::size_t at = 0; at + name.size() < all.size(); ++at) {
    if (!equal_ignoring_case(all.substr(at, name.size()), name)) continue;
    std::size_t begin = at;
    while (begin > 0 && bearer_bytes(all[begin - 1])) --begin;
    if (all.substr(begin, at - begin).find_first_of("/+~.") != std::string_view::npos) continue;  // no name
    std::size_t behind = at + name.size();
    if (behind < all.size() && (all[behind] == 's' || all[behind] == 'S')) ++behind;
    const std::size_t next = all.find_first_not_of("\"' \t\r\n", behind);
    if (next != std::string_view::npos && (all[next] == ':' || all[next] == '=')) return true;
  }
  return false;
}

/// Digits and dashes of a UUID, or of a number in hex.
constexpr bool is_trace_id(std::string_view text) noexcept {
  constexpr std::size_t longest = 64;
  for (const char c : text)
    if (c != '-' && !is_digit(c) && !(lower(c) >= 'a' && lower(c) <= 'f')) return false;
  return text.size() <= longest;
}

/// Whether it is the name of a member, and no piece of a token: words in small letters but for the first of each.
constexpr bool is_member_name(std::string_view text) noexcept {
  constexpr std::size_t longest = 24;
  bool after_small = false;
  for (const char c : text) {
    const bool is_small = (c >= 'a' && c <= 'z') || c == '_';
    if (!is_small && !(after_small && c >= 'A' && c <= 'Z')) return false;
    after_small = is_small;
  }
  return text.size() <= longest;
}

/// For an error about an answer of such an endpoint, before known secrets are taken out of it (then a text that was cut
/// is as long as it may be). What tokens are called, and how they look, is the server's choice: of a success nothing is
/// quoted, nor of a body that names a token, and of all else nothing that may be one.
[[gnu::noinline]] inline void redact_issued_tokens(error& e) {
  const auto was_cut = [](const std::string& text) { return text.size() + 3 >= error::excerpt_limit; };
  if (e.kind == error_kind::decode || names_a_token(e.excerpt)) e.excerpt.clear();
  if (e.kind == error_kind::decode) {  // a JSON library may quote from anywhere to anywhere
    e.detail.clear();
    if (!is_member_name(e.where)) e.where.clear();
  }
  redact_issued(e.excerpt, was_cut(e.excerpt));
  for (std::string& text : e.messages) redact_issued(text, was_cut(text));
  if (!is_trace_id(e.trace_id)) redact_issued(e.trace_id, was_cut(e.trace_id));
  for (std::string* text : {&e.where, &e.detail, &e.content_type}) redact_issued(*text, false);
}

}}}  // namespace ghl::v0::detail
