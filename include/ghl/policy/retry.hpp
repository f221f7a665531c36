/// What decides whether a failed attempt is repeated. The concept is the manual of whoever writes a retry policy.
#pragma once

#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/method.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/remedy.hpp>
#include <ghl/value/repeating.hpp>

#include <concepts>
#include <cstdint>
#include <optional>

namespace ghl { inline namespace v0 {

/// Purpose: what a retry policy is told about an attempt that failed. All that it cannot know by itself is in here, so
/// that a policy needs no clock and no random source.
/// Lifetime: lasts as long as the call of the policy. Thread safety: a value.
struct failed_attempt {
  const ghl::error& error;     ///< what went wrong; `error.called` has the facts of the endpoint
  ghl::method method{};        ///< of the request: whether a repeat is harmless depends on it
  int attempts = 1;            ///< made so far, this one included; not counting the one after a refreshed token
  milliseconds elapsed{};      ///< since the call began, pauses included
  std::uint64_t random = 0;    ///< any number, another one each time, for jitter
  std::int64_t unix_time = 0;  ///< now, in seconds since 1970, for a Retry-After that is a date
};

/// Purpose: decides, for each attempt that failed, whether it is made again, and after how long. ghl::retry is the one
/// in the box; a policy of yours is an option of the client in its place, and may ask ghl::retry first.
/// Example: examples/14_your_own_policies.cpp. The smallest one: tests/unit/archetypes.hpp.
/// The deadline of the call is not the policy's business: a pause that would outlast it ends the call.
template <class P>
concept retry_policy = std::copy_constructible<P> && requires(const P& policy, const failed_attempt& failed) {
  // The pause before the next attempt, which may be zero; std::nullopt: this error is the outcome of the call. Pure:
  // the same question has the same answer, nothing waits in here, and several threads may ask at the same time.
  { policy.pause_after(failed) } -> std::convertible_to<std::optional<milliseconds>>;
  // A policy may have a member `attempt_limit`, of milliseconds: what one attempt may take; 0 or less: all that is left
  // of the deadline.
};

namespace detail {

/// Whether a part of an answer came: the server has acted, and its answer may come to nothing more than an answer that
/// the transport cannot read. Sent again, a DELETE that was done would be done twice, and a GET would fail twice.
inline bool answer_had_begun(const error& e) noexcept {
  return e.kind == error_kind::transport &&
         (e.fault == fault::cut_short || (e.fault == fault::timeout && e.was_sent == sent::yes));
}

/// Whether a request that failed like this is sent again, and has a chance then: by what the client advised, else by
/// the figures, else by a text that is known to pass.
inline bool may_be_sent_again(const error& e, method m) noexcept {
  if (e.advised == remedy::wait) return e.kind == error_kind::status || is_harmless_again(e, m);
  if (e.advised) return e.advised == remedy::retry && is_harmless_again(e, m);
  if (answer_had_begun(e)) return false;
  return may_be_sent_again(e.kind, e.fault, e.was_sent, e.status, m) ||
         (e.kind == error_kind::status && is_repeatable(m) && remedy_of_texts(e) == remedy::retry);
}

/// The policy of a client that was given none.
struct no_retry {
  static std::optional<milliseconds> pause_after(const failed_attempt&) noexcept { return std::nullopt; }
};

template <retry_policy P>
constexpr milliseconds attempt_limit_of([[maybe_unused]] const P& policy) noexcept {
  if constexpr (requires { { policy.attempt_limit } -> std::convertible_to<milliseconds>; })
    return policy.attempt_limit;
  else return {};
}

}  // namespace detail
}}  // namespace ghl::v0
