/// The limits that the server states in its answers.
#pragma once

#include <ghl/detail/text.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
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

/// Whether the bytes at `line` are the name, from its byte `From` on and in any case: in words of eight, the last of
/// which may overlap the one before. There are as many bytes as the name has.
template <class Name, std::size_t From = 0>
constexpr bool is_name_at(const char* line) noexcept {
  constexpr eight_bytes small_letters = 0x20U * each_byte;
  constexpr std::string_view name = Name::text;
  constexpr std::size_t last = name.size() - 8;
  if constexpr (From < last) {
    constexpr eight_bytes eight = eight_at(name.data() + From);
    return (eight_at(line + From) | small_letters) == eight && is_name_at<Name, From + 8>(line);
  } else {
    constexpr eight_bytes eight = eight_at(name.data() + last);
    return (eight_at(line + last) | small_letters) == eight;
  }
}

/// Reads the number behind a name, unless an earlier line had one. Returns where it stopped; `line` ends with a line
/// feed.
template <class Name>
const char* read_limit(const char* line, const char* end, std::optional<std::int64_t>& to) noexcept {
  constexpr std::ptrdiff_t most_digits = 18;  // more are no number of calls, and might not fit
  constexpr auto size = static_cast<std::ptrdiff_t>(Name::text.size());
  if (end - line <= size || !is_name_at<Name, 8>(line)) return line;
  const char* at = line + size;
  std::uint64_t n = 0;
  unsigned digit = 0;
  for (; (digit = static_cast<unsigned char>(*at) - unsigned{'0'}) <= 9; ++at) n = n * 10 + digit;  // the feed ends it
  const std::ptrdiff_t digits = at - line - size;
  if (*at == '\r' && digits != 0 && digits <= most_digits && !to) to = static_cast<std::int64_t>(n);
  return at;
}

/// The same for whichever X-RateLimit line it is.
inline const char* read_limit_line(const char* line, const char* end, rate_limit& out) noexcept {
  constexpr std::ptrdiff_t shortest = 20;  // "X-RateLimit-Max: 1", with the end of the line
  if (end - line < shortest || !is_name_at<limit_prefix>(line)) return line;
  switch (as_small(line[limit_prefix::text.size()])) {
    case 'm': return read_limit<limit_max>(line, end, out.max);
    case 'r': return read_limit<limit_remaining>(line, end, out.remaining);
    case 'i': return read_limit<limit_interval>(line, end, out.interval_ms);
    case 'l': return read_limit<limit_daily>(line, end, out.daily_limit);
    case 'd':
      if (end - line > shortest && as_small(line[shortest]) == 'm')
        return read_limit<limit_daily_remaining>(line, end, out.daily_remaining);
      return read_limit<limit_daily_reset>(line, end, out.daily_reset_in_ms);
    default: return line;
  }
}

/// Reads the limits in the lines of http::headers::block(); `other(line)` is called with the rest of the block at each
/// line that states none.
template <class Other>
rate_limit read_lines(std::string_view block, Other&& other) noexcept {
  rate_limit limits;
  const char* at = block.data();
  const char* end = at + block.size();
  while (end != at && end[-1] != '\n') --end;
  while (at != end) {
    if (as_small(*at) == 'x') at = read_limit_line(at, end, limits);
    else other(std::string_view{at, static_cast<std::size_t>(end - at)});
    if (*at == '\r' && at[1] == '\n') at += 2;
    else at = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at))) + 1;
  }
  return limits;
}

/// The limits that a block of header lines states.
inline rate_limit rate_limit_in(std::string_view block) noexcept {
  return read_lines(block, [](std::string_view) {});
}

}  // namespace detail
}}  // namespace ghl::v0
