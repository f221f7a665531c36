/// What a failed call tells.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/fault.hpp>
#include <ghl/milliseconds.hpp>
#include <ghl/remedy.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl::inline v0 {

/// The limits that the server states in its X-RateLimit headers; a header that is absent or no number is absent here.
struct rate_limit {
  std::optional<std::int64_t> max;                ///< calls in one interval: X-RateLimit-Max
  std::optional<std::int64_t> remaining;          ///< of them left: X-RateLimit-Remaining
  std::optional<std::int64_t> interval_ms;        ///< X-RateLimit-Interval-Milliseconds
  std::optional<std::int64_t> daily_limit;        ///< X-RateLimit-Limit-Daily
  std::optional<std::int64_t> daily_remaining;    ///< X-RateLimit-Daily-Remaining
  std::optional<std::int64_t> daily_reset_in_ms;  ///< X-RateLimit-Daily-Reset

  friend bool operator==(const rate_limit&, const rate_limit&) = default;
};

/// Purpose: why a call failed, as a value that a program can decide on and a person can read. It never holds a token.
/// Example: `if (e.kind == ghl::error_kind::status && e.status == 404) …; else log(e.message());`
/// `messages`, `trace_id`, `content_type` and `excerpt` are the server's text: data, not to be trusted.
/// Thread safety: a value.
struct error {
  error_kind kind = error_kind::transport;
  ghl::fault fault = ghl::fault::none;
  sent was_sent = sent::no;
  int status = 0;                     ///< 0 where no answer came
  std::string_view endpoint;          ///< the endpoint's title; static text
  std::string where;                  ///< the parameter ("linkId") or the place in the answer ("links[3].id")
  std::string detail;                 ///< what a foreign library said about it
  std::vector<std::string> messages;  ///< the server's `message`, a string or an array on the wire
  std::string trace_id;               ///< the server's `traceId`: what HighLevel's support asks for
  std::string content_type;           ///< of the answer
  std::string excerpt;                ///< the first bytes of the answer's body, 1 kB at most
  ghl::rate_limit rate_limit;
  std::optional<milliseconds> retry_after;  ///< the server's Retry-After, where it is a number of seconds

  /// The largest `excerpt`, in bytes.
  static constexpr std::size_t excerpt_limit = 1024;

  /// What the program should do now.
  [[nodiscard]] ghl::remedy remedy() const noexcept {
    if (kind == error_kind::invalid_request) return ghl::remedy::fix_request;
    if (kind == error_kind::transport)
      return was_sent == sent::no && fault == ghl::fault::connect ? ghl::remedy::retry : ghl::remedy::unknown;
    if (kind == error_kind::decode) return ghl::remedy::unknown;
    for (const std::string& text : messages)
      if (const auto known = detail::remedy_of(status, text); known != ghl::remedy::unknown) return known;
    if (const auto known = detail::remedy_of(status, excerpt); known != ghl::remedy::unknown) return known;
    if (status == 400 || status == 422) return ghl::remedy::fix_request;
    if (status == 429)
      return rate_limit.daily_remaining == 0 ? ghl::remedy::wait_for_next_day : ghl::remedy::wait;
    return ghl::remedy::unknown;
  }

  /// One line for people: the endpoint, what happened, what the server said, what to do.
  [[nodiscard]] std::string message() const;

  friend bool operator==(const error&, const error&) = default;
};

inline std::string error::message() const {
  std::string out;
  const auto say = [&](std::string_view text) { detail::append_printable(out, text); };
  if (!endpoint.empty()) out.append(endpoint).append(": ");
  if (status != 0) out.append("HTTP ").append(std::to_string(status));
  if (fault != ghl::fault::none) {
    if (status != 0) out.append(", ");
    if (!where.empty() || kind == error_kind::decode) {
      say(where.empty() ? std::string_view{"the body"} : std::string_view{where});
      out.append(" ");
    }
    out.append(to_string(fault));
  }
  if (!detail.empty()) {
    out.append(" (");
    say(detail);
    out.append(")");
  }
  for (std::size_t i = 0; i < messages.size(); ++i) {
    out.append(i == 0 ? "; the server says \"" : ", \"");
    say(messages[i]);
    out.append("\"");
  }
  if (!trace_id.empty()) {
    out.append(" [trace ");
    say(trace_id);
    out.append("]");
  }
  if (kind == error_kind::invalid_request) out.append("; nothing was sent");
  else if (kind == error_kind::transport && was_sent == sent::maybe) out.append("; the server may have acted on it");
  const std::string_view advice = kind == error_kind::invalid_request ? "" : to_string(remedy());
  if (!advice.empty()) out.append("; ").append(advice);
  return out;
}

/// An error found before anything was sent. `where` names the parameter.
[[nodiscard]] inline error invalid_request(fault f, std::string_view where, std::string detail = {}) {
  error e;
  e.kind = error_kind::invalid_request;
  e.fault = f;
  e.where = where;
  e.detail = std::move(detail);
  return e;
}

/// What a transport returns when no answer came. Example: `return ghl::transport_error(ghl::fault::timeout);`
/// `was_sent` is `no` only when it is certain that the server has not seen the request.
[[nodiscard]] inline error transport_error(fault f, sent was_sent = sent::maybe, std::string detail = {}) {
  error e;
  e.kind = error_kind::transport;
  e.fault = f;
  e.was_sent = was_sent;
  e.detail = std::move(detail);
  return e;
}

/// What a JSON policy returns when it cannot read a text. `where` is the place, as in `links[3].id`.
[[nodiscard]] inline error decode_error(fault f, std::string where = {}, std::string detail = {}) {
  error e;
  e.kind = error_kind::decode;
  e.fault = f;
  e.was_sent = sent::yes;
  e.where = std::move(where);
  e.detail = std::move(detail);
  return e;
}

}  // namespace ghl::inline v0
