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

// The names of the headers, as they stand in a line with the colon and the blank behind them.
struct limit_prefix { static constexpr std::string_view text = "x-ratelimit-"; };
struct limit_max { static constexpr std::string_view text = "x-ratelimit-max: "; };
struct limit_remaining { static constexpr std::string_view text = "x-ratelimit-remaining: "; };
struct limit_interval { static constexpr std::string_view text = "x-ratelimit-interval-milliseconds: "; };
struct limit_daily { static constexpr std::string_view text = "x-ratelimit-limit-daily: "; };
struct limit_daily_remaining { static constexpr std::string_view text = "x-ratelimit-daily-remaining: "; };
struct limit_daily_reset { static constexpr std::string_view text = "x-ratelimit-daily-reset: "; };

/// Whether the bytes at `line` are the name, from its byte `From` on and in any case: in words of eight, the last of which
/// may overlap the one before. There are as many bytes as the name has.
template <class Name, std::size_t From = 0>
constexpr bool is_name_at(const char* line) noexcept {
  constexpr eight_bytes small_letters = 0x20U * each_byte;
  constexpr std::string_view name = Name::text;
  constexpr std::size_t last = name.size() - 8;
  if constexpr (From < last) {
    constexpr eight_bytes word = eight_at(name.data() + From);
    return (eight_at(line + From) | small_letters) == word && is_name_at<Name, From + 8>(line);
  } else {
    constexpr eight_bytes word = eight_at(name.data() + last);
    return (eight_at(line + last) | small_letters) == word;
  }
}

/// Reads the number behind a name, unless an earlier line had one. Returns how many bytes of the line were read.
template <class Name>
std::size_t read_limit(std::string_view rest, std::optional<std::int64_t>& to) noexcept {
  constexpr std::size_t most_digits = 18;  // more are no number of calls, and might not fit
  constexpr std::size_t size = Name::text.size();
  if (rest.size() <= size || !is_name_at<Name, limit_prefix::text.size()>(rest.data())) return 0;
  const char* const first = rest.data() + size;
  const char* at = first;
  std::uint64_t n = 0;
  unsigned digit = 0;
  for (; (digit = static_cast<unsigned char>(*at) - unsigned{'0'}) <= 9; ++at) n = n * 10 + digit;  // the feed ends it
  const auto digits = static_cast<std::size_t>(at - first);
  if (*at == '\r' && digits != 0 && digits <= most_digits && !to) to = static_cast<std::int64_t>(n);
  return size + digits;
}

/// Reads an X-RateLimit line. `rest` begins with a line and ends with a line feed.
inline std::size_t read_limit_line(std::string_view rest, rate_limit& out) noexcept {
  constexpr std::size_t shortest = 20;  // "X-RateLimit-Max: 1", with the end of the line
  if (rest.size() < shortest || !is_name_at<limit_prefix>(rest.data())) return 0;
  switch (as_small(rest[limit_prefix::text.size()])) {
    case 'm': return read_limit<limit_max>(rest, out.max);
    case 'r': return read_limit<limit_remaining>(rest, out.remaining);
    case 'i': return read_limit<limit_interval>(rest, out.interval_ms);
    case 'l': return read_limit<limit_daily>(rest, out.daily_limit);
    case 'd':
      if (rest.size() > shortest && as_small(rest[shortest]) == 'm')
        return read_limit<limit_daily_remaining>(rest, out.daily_remaining);
      return read_limit<limit_daily_reset>(rest, out.daily_reset_in_ms);
    default: return 0;
  }
}

/// The lines of http::headers::block(), one after the other: `other(line...)` is called with the rest of the block at each
/// line that states no limit.
template <class Other>
rate_limit read_lines(std::string_view block, Other&& other) noexcept {
  rate_limit limits;
  while (!block.empty() && block.back() != '\n') block.remove_suffix(1);
  while (!block.empty()) {
    std::size_t seen = 0;
    if (as_small(block.front()) == 'x') seen = read_limit_line(block, limits);
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
