/// What a script reports when a request differs from what it expects. Internal.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/value/redact.hpp>
#include <ghl/detail/text.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/method.hpp>
#include <ghl/value/milliseconds.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace detail {

/// What a request must be like to get an answer of a script. What is not set may be anything.
struct script_expectation {
  ghl::method method;
  std::string target;
  std::optional<std::string> origin{};
  std::optional<std::string> body{};
  std::optional<milliseconds> timeout{};
  http::headers headers{};               ///< each must occur with this value, exactly as often as here
  std::vector<std::string> no_headers{};  ///< none of these may occur
};

/// Appends a text in single quotes, on one line, with control characters escaped.
inline void append_quoted(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  out.push_back('\'');
  while (!text.empty()) {
    const char c = text.front();
    const auto byte = static_cast<unsigned char>(c);
    std::size_t length = utf8_sequence(text);
    if (byte == 0xC2 && length == 2 && static_cast<unsigned char>(text[1]) < 0xA0) length = 0;  // C1 controls
    if (c == '\r' || c == '\n' || c == '\t') {
      out.append(c == '\r' ? "\\r" : c == '\n' ? "\\n" : "\\t");
      length = 1;
    } else if (length == 0 || is_control(c)) {
      out.append("\\x").push_back(digits[byte >> 4U]);
      out.push_back(digits[byte & 0xFU]);
      length = 1;
    } else {
      out.append(text.substr(0, length));
    }
    text.remove_prefix(length);
  }
  out.push_back('\'');
}

/// "GET '/links/?locationId=x'"
inline void append_request_line(std::string& out, ghl::method method, std::string_view target) {
  out.append(to_string(method)).append(" ");
  append_quoted(out, target);
}

/// The first difference of two texts: "the body, at byte 12: '...' came, '...' was expected". Long ones are shortened.
inline std::string text_difference(std::string_view part, std::string_view came, std::string_view expected) {
  constexpr std::size_t before = 24;
  constexpr std::size_t shown = 72;
  std::size_t at = 0;
  while (at < came.size() && at < expected.size() && came[at] == expected[at]) ++at;
  const auto excerpt = [&](std::string& out, std::string_view text) {
    const std::size_t from = at > before ? at - before : 0;
    if (text.empty()) return static_cast<void>(out.append("nothing"));
    if (from > 0) out.append("...");
    append_quoted(out, text.substr(from, shown));
    if (text.size() > from + shown) out.append("...");
  };
  std::string out{part};
  out.append(", at byte ").append(std::to_string(at)).append(": ");
  excerpt(out, came);
  out.append(" came, ");
  excerpt(out, expected);
  return out.append(" was expected");
}

/// Headers that hold secrets: their values are never shown.
inline bool is_secret_header(std::string_view name) noexcept {
  for (const std::string_view secret : {"Authorization", "Proxy-Authorization", "Cookie"})
    if (equal_ignoring_case(name, secret)) return true;
  return false;
}

/// The nth value, from 0, of the headers of that name.
inline std::optional<std::string_view> nth_header(const http::headers& in, std::string_view name, std::size_t n) {
  for (const http::header line : in)
    if (equal_ignoring_case(line.name, name) && n-- == 0) return line.value;
  return std::nullopt;
}

inline std::string header_difference(const http::headers& came, const http::headers& expected) {
  for (const http::header line : expected) {
    const std::string part = std::string{"the header "}.append(line.name);
    const std::size_t times = came.count(line.name);
    const std::size_t wanted = expected.count(line.name);
    if (times != wanted)
      return part + ": it came " + std::to_string(times) + " times, and was expected " + std::to_string(wanted) +
             (wanted == 1 ? " time" : " times");
    for (std::size_t n = 0; n < times; ++n) {
      const std::string_view is = *nth_header(came, line.name, n);
      const std::string_view should_be = *nth_header(expected, line.name, n);
      if (is == should_be) continue;
      if (is_secret_header(line.name)) return part + ": another value was expected (neither is shown)";
      return text_difference(part, is, should_be);
    }
  }
  return {};
}

/// The first difference, as a part of a sentence; empty if the request matches.
inline std::string difference(const http::request& came, const script_expectation& expected) {
  if (came.method != expected.method)
    return std::string{"the method: "}.append(to_string(came.method)) + " came, " +
           std::string{to_string(expected.method)} + " was expected";
  if (came.target() != expected.target) return text_difference("the target", came.target(), expected.target);
  if (expected.origin && came.origin() != *expected.origin)
    return text_difference("the origin", came.origin(), *expected.origin);
  if (std::string headers = header_difference(came.headers, expected.headers); !headers.empty()) return headers;
  for (const std::string& name : expected.no_headers)
    if (came.headers.contains(name)) return "the header " + name + ": it came, and was expected not to";
  if (expected.body && came.body != *expected.body) return text_difference("the body", came.body, *expected.body);
  if (expected.timeout && came.timeout != *expected.timeout)
    return "the timeout: " + std::to_string(came.timeout.count()) + " ms came, " +
           std::to_string(expected.timeout->count()) + " ms were expected";
  return {};
}

/// A request and an expectation as they may be shown: without the tokens of their Authorization headers, wherever these
/// occur. They are removed before a text is shortened, since the cut could be in the middle of a token.
struct without_tokens {
  without_tokens(http::request request, script_expectation expectation)
      : came(std::move(request)), expected(std::move(expectation)) {
    const std::string tokens[] = {token_of(came.headers), token_of(expected.headers)};
    for (const std::string& token : tokens) {
      for (std::string* text : {&came.url, &came.body, &expected.target}) redact(*text, token);
      for (std::optional<std::string>* text : {&expected.origin, &expected.body})
        if (*text) redact(**text, token);
      for (http::headers* headers : {&came.headers, &expected.headers}) *headers = redacted(*headers, token);
    }
  }

  http::request came;
  script_expectation expected;

 private:
  static std::string token_of(const http::headers& headers) {
    const std::string_view value = headers.get("Authorization").value_or("");
    return std::string{value.substr(value.find(' ') + 1)};  // npos + 1 is 0: the whole value
  }
  /// Secret headers are left as they are: they are compared, but never shown.
  static http::headers redacted(const http::headers& headers, std::string_view token) {
    http::headers out;
    for (const http::header line : headers) {
      std::string value{line.value};
      if (!is_secret_header(line.name)) redact(value, token);
      out.add(line.name, value);
    }
    return out;
  }
};

}}}  // namespace ghl::v0::detail
