/// The limits that the server states in its answers.
#pragma once

#include <ghl/detail/text.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

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

/// With the bit set that small letters have and capitals do not. No other byte of a header's name becomes another's by
/// it.
constexpr char as_small(char c) noexcept { return static_cast<char>(c | 0x20); }

/// Whether `text` begins with `name`, which has small letters and eight bytes at least. In words of eight bytes, the
/// last of which may overlap the one before, since this is done for most lines of an answer.
constexpr bool begins_with_name(std::string_view text, std::string_view name) noexcept {
  constexpr eight_bytes small_letters = 0x20U * each_byte;
  const auto differ = [&](std::size_t i) {
    return (eight_at(text.data() + i) | small_letters) != eight_at(name.data() + i);
  };
  if (text.size() < name.size()) return false;
  for (std::size_t i = 0; i + 8 < name.size(); i += 8)
    if (differ(i)) return false;
  return !differ(name.size() - 8);
}

/// Reads the number of an X-RateLimit line into its member, unless it is no number or an earlier line had one. `rest`
/// begins with that line and ends with a line feed. Returns how many of its bytes were read.
inline std::size_t read_limit(std::string_view rest, rate_limit& out) noexcept {
  constexpr std::size_t shortest = 20;     // "X-RateLimit-Max: 1", with the end of the line
  constexpr std::size_t most_digits = 18;  // more are no number of calls, and might not fit
  if (rest.size() < shortest) return 0;
  std::string_view name;  // with the colon and the blank behind it
  std::optional<std::int64_t>* to = nullptr;
  switch (as_small(rest[12])) {
    case 'm': name = "x-ratelimit-max: ", to = &out.max; break;
    case 'r': name = "x-ratelimit-remaining: ", to = &out.remaining; break;
    case 'i': name = "x-ratelimit-interval-milliseconds: ", to = &out.interval_ms; break;
    case 'l': name = "x-ratelimit-limit-daily: ", to = &out.daily_limit; break;
    case 'd':
      name = "x-ratelimit-daily-reset: ", to = &out.daily_reset_in_ms;
      if (rest.size() > 20 && as_small(rest[20]) == 'm')
        name = "x-ratelimit-daily-remaining: ", to = &out.daily_remaining;
      break;
    default: return 0;
  }
  if (!begins_with_name(rest, name)) return 0;
  const char* const first = rest.data() + name.size();
  const char* at = first;
  std::uint64_t n = 0;
  unsigned digit = 0;
  for (; (digit = static_cast<unsigned char>(*at) - unsigned{'0'}) <= 9; ++at) n = n * 10 + digit;  // the feed ends it
  const auto digits = static_cast<std::size_t>(at - first);
  if (*at == '\r' && digits != 0 && digits <= most_digits && !*to) *to = static_cast<std::int64_t>(n);
  return name.size() + digits;
}

/// The lines of http::headers::block(), one after the other: `other(line...)` is called with the rest of the block at each
/// line that states no limit.
template <class Other>
rate_limit read_lines(std::string_view block, Other&& other) noexcept {
  rate_limit limits;
  while (!block.empty() && block.back() != '\n') block.remove_suffix(1);
  while (!block.empty()) {
    std::size_t seen = 0;
    if (as_small(block.front()) == 'x') seen = read_limit(block, limits);
    else other(block);
    if (block[seen] == '\r') ++seen;
    if (block[seen] != '\n') seen = block.find('\n', seen);
    block.remove_prefix(seen + 1);
  }
  return limits;
}

/// The limits that a block of header lines states.
inline rate_limit rate_limit_in(std::string_view block) noexcept {
  return read_lines(block, [](std::string_view) {});
}

}  // namespace detail
}}  // namespace ghl::v0
