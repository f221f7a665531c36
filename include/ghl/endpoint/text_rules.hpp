/// The forms of the texts in a descriptor: scopes, versions and the names of headers.
#pragma once

#include <ghl/detail/literal.hpp>
#include <ghl/detail/text.hpp>

#include <cstddef>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

constexpr bool is_leap(int year) noexcept { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

inline constexpr std::string_view usual_versions[] = {"2021-07-28", "2021-04-15", "v3"};

/// A day of the calendar as in "2021-07-28", or "v3".
constexpr bool is_published_version(std::string_view text) noexcept {
  for (const std::string_view& known : usual_versions)
    if (same_text(text, known)) return true;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (const std::size_t i : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U})
    if (!is_digit(text[i])) return false;
  const auto number = [&](std::size_t from, std::size_t length) {
    int n = 0;
    for (const char c : text.substr(from, length)) n = n * 10 + (c - '0');
    return n;
  };
  const int year = number(0, 4);
  const int month = number(5, 2);
  const int day = number(8, 2);
  if (year < 2000 || month < 1 || month > 12) return false;
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return day >= 1 && day <= days[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
}

inline constexpr character_set scope_characters{"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"};

/// "links.readonly", "conversations/message.write": words of letters, digits, - and _, joined by '/' and '.', the last
/// two by '.'. A NUL follows the text, as with any literal.
constexpr bool is_scope(std::string_view text) noexcept {
  bool after_dot = false;
  for (const char* at = text.data();; ++at) {
    const std::size_t length = span_of(at, scope_characters);
    if (length == 0) return false;
    at += length;
    if (*at == '\0') return after_dot && at == text.data() + text.size();
    if (*at != '.' && *at != '/') return false;
    after_dot = *at == '.';
  }
}

/// The headers that the library or the transport writes.
inline constexpr std::string_view own_headers[] = {
    "authorization",   "version",    "accept",        "user-agent", "content-type", "host",
    "content-length",  "connection", "keep-alive",    "te",         "trailer",      "transfer-encoding",
    "accept-encoding", "upgrade",    "content-encoding", "expect",  "proxy-authorization"};

constexpr bool is_own_header(std::string_view name) noexcept {
  for (const std::string_view own : own_headers)
    if (equal_ignoring_case(own, name)) return true;
  return false;
}

}}}  // namespace ghl::v0::detail
