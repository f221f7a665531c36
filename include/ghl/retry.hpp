/// Sending again what failed in passing: ghl::retry, and all that a client needs to follow a retry policy.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/client/retrying.hpp>
#include <ghl/policy/retry.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/method.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/rate_limit.hpp>
#include <ghl/value/remedy.hpp>

#include <cstdint>
#include <optional>

namespace ghl { inline namespace v0 {

/// Purpose: the retry policy in the box, an option of a client. It sends again what is safe to send again and has a
/// chance: the table is in examples/rules.md. A policy of your own may ask it first: `usual.pause_after(failed)`.
/// Example: `ghl::client api{transport, json, token, ghl::retry{.attempts = 3}};`
/// Units: milliseconds; any std::chrono duration converts. Thread safety: a value.
struct retry {
  int attempts = 3;                   ///< of a call, with the first one; not counting the one after a refreshed token
  milliseconds base{500};             ///< the longest pause after the first attempt; it doubles from one to the next
  milliseconds longest_wait{30'000};  ///< where a longer pause is called for, the call ends instead
  milliseconds spread{1'000};         ///< up to so much, at random, is added to a pause that the server named
  milliseconds attempt_limit{0};      ///< of one attempt; 0: it may take all that is left of the deadline

  /// What the server named, else its burst interval, else exponential back-off with full jitter.
  [[nodiscard]] std::optional<milliseconds> pause_after(const failed_attempt& failed) const noexcept {
    const error& e = failed.error;
    if (failed.attempts >= attempts ||
        !detail::may_be_sent_again(e, failed.method) ||
        e.remedy() == remedy::wait_for_next_day)
      return std::nullopt;
    constexpr std::int64_t a_year = std::int64_t{365} * 86'400'000;  // of milliseconds; sums of such do not overflow
    const std::int64_t longest = smaller(longest_wait.count(), a_year);
    const std::int64_t named = named_pause(failed);
    if (named >= 0) {
      if (named > longest) return std::nullopt;
      return milliseconds{smaller(longest, named + up_to(smaller(spread.count(), a_year), failed.random))};
    }
    std::int64_t bound = base.count() > 0 ? base.count() : 0;
    for (int i = 1; i < failed.attempts && bound < longest; ++i) bound *= 2;
    return milliseconds{up_to(smaller(bound, longest), failed.random)};
  }

 private:
  /// In milliseconds; less than 0: nobody named one.
  static std::int64_t named_pause(const failed_attempt& failed) noexcept {
    const error& e = failed.error;
    if (e.kind == error_kind::transport) return -1;
    if (e.retry_after) return e.retry_after->count();
    if (e.retry_at) return *e.retry_at > failed.unix_time ? (*e.retry_at - failed.unix_time) * 1000 : 0;
    if (e.status == 429 && e.rate_limit.interval_ms) return *e.rate_limit.interval_ms;
    return -1;
  }
  // <algorithm> would cost every user more than all that is here.
  static constexpr std::int64_t smaller(std::int64_t a, std::int64_t b) noexcept { return b < a ? b : a; }
  static std::int64_t up_to(std::int64_t bound, std::uint64_t random) noexcept {
    return bound <= 0 ? 0 : static_cast<std::int64_t>(random % (static_cast<std::uint64_t>(bound) + 1));
  }
};

}}  // namespace ghl::v0
