/// The limits that the server states in its answers.
#pragma once

#include <cstdint>
#include <optional>

namespace ghl { inline namespace v0 {

/// Purpose: the figures of the X-RateLimit headers, of a success and of a failure. A header that is absent or no number
/// is absent here. There are two limits: a burst, `max` calls in `interval_ms`, and a day's, `daily_limit`.
/// Example: `if (r.rate_limit().daily_remaining.value_or(1) == 0) stop_until_tomorrow();`
/// Units: calls, and milliseconds where the name ends in `_ms`.
/// Thread safety: a value.
struct rate_limit {
  std::optional<std::int64_t> max{};                ///< calls in one interval: X-RateLimit-Max
  std::optional<std::int64_t> remaining{};          ///< of them left: X-RateLimit-Remaining
  std::optional<std::int64_t> interval_ms{};        ///< X-RateLimit-Interval-Milliseconds
  std::optional<std::int64_t> daily_limit{};        ///< X-RateLimit-Limit-Daily
  std::optional<std::int64_t> daily_remaining{};    ///< X-RateLimit-Daily-Remaining
  std::optional<std::int64_t> daily_reset_in_ms{};  ///< X-RateLimit-Daily-Reset

  friend bool operator==(const rate_limit&, const rate_limit&) = default;
};

namespace detail {

/// The same in half the space, as it lies beside a value: absent is -1, which no header can say.
struct packed_rate_limit {
  std::int64_t max = -1;
  std::int64_t remaining = -1;
  std::int64_t interval_ms = -1;
  std::int64_t daily_limit = -1;
  std::int64_t daily_remaining = -1;
  std::int64_t daily_reset_in_ms = -1;

  friend constexpr bool operator==(const packed_rate_limit&, const packed_rate_limit&) noexcept = default;
};

constexpr packed_rate_limit packed(const rate_limit& l) noexcept {
  const auto number = [](const std::optional<std::int64_t>& n) { return n && *n >= 0 ? *n : -1; };
  return {number(l.max),         number(l.remaining),       number(l.interval_ms),
          number(l.daily_limit), number(l.daily_remaining), number(l.daily_reset_in_ms)};
}

constexpr rate_limit unpacked(const packed_rate_limit& l) noexcept {
  const auto number = [](std::int64_t n) { return n >= 0 ? std::optional{n} : std::nullopt; };
  return {number(l.max),         number(l.remaining),       number(l.interval_ms),
          number(l.daily_limit), number(l.daily_remaining), number(l.daily_reset_in_ms)};
}

}  // namespace detail
}}  // namespace ghl::v0
