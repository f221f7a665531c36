/// What is read from the headers of an answer, all in one pass over their lines.
#pragma once

#include <ghl/value/retry_after.hpp>
#include <ghl/detail/text.hpp>
#include <ghl/value/rate_limit.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

/// What only a failure has use for. The views point into the headers.
struct failure_headers {
  std::string_view content_type{};
  std::string_view date{};         ///< the first good one
  std::string_view retry_after{};  ///< the first good one
};

/// What stands behind `start` in a line that begins so; no text where it does not.
constexpr std::string_view value_behind(std::string_view line, std::string_view start) noexcept {
  if (!equal_ignoring_case(line.substr(0, start.size()), start)) return {};
  line.remove_prefix(start.size());
  return line.substr(0, line.find('\r'));
}

/// With the bit set that small letters have and capitals do not. No other byte of a header's name becomes another's by
/// it.
constexpr char as_small(char c) noexcept { return static_cast<char>(c | 0x20); }

/// Whether `text` begins with `name`, which has small letters and eight bytes at least. In words of eight bytes, the
/// last of which may lie over the one before: this is done for most lines of each answer.
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

/// Reads the number of an X-RateLimit line into its place, where it is one and none is there yet. `lines` begins with
/// that line and ends with a line feed. Gives how many bytes of it were understood.
inline std::size_t read_limit(std::string_view lines, packed_rate_limit& out) noexcept {
  constexpr std::size_t shortest = 20;     // "X-RateLimit-Max: 1", with the end of the line
  constexpr std::size_t most_digits = 18;  // more are no number of calls, and might not fit
  if (lines.size() < shortest) return 0;
  std::string_view name;  // with the colon and the blank behind it
  std::int64_t* to = nullptr;
  switch (as_small(lines[12])) {
    case 'm': name = "x-ratelimit-max: ", to = &out.max; break;
    case 'r': name = "x-ratelimit-remaining: ", to = &out.remaining; break;
    case 'i': name = "x-ratelimit-interval-milliseconds: ", to = &out.interval_ms; break;
    case 'l': name = "x-ratelimit-limit-daily: ", to = &out.daily_limit; break;
    case 'd':
      name = "x-ratelimit-daily-reset: ", to = &out.daily_reset_in_ms;
      if (lines.size() > 20 && as_small(lines[20]) == 'm')
        name = "x-ratelimit-daily-remaining: ", to = &out.daily_remaining;
      break;
    default: return 0;
  }
  if (!begins_with_name(lines, name)) return 0;
  const char* const first = lines.data() + name.size();
  const char* at = first;
  std::uint64_t n = 0;
  unsigned digit = 0;
  for (; (digit = static_cast<unsigned char>(*at) - unsigned{'0'}) <= 9; ++at) n = n * 10 + digit;  // the feed ends it
  const auto digits = static_cast<std::size_t>(at - first);
  if (*at == '\r' && digits != 0 && digits <= most_digits && *to < 0) *to = static_cast<std::int64_t>(n);
  return name.size() + digits;
}

/// A line that only a failure has use for.
inline void read_line(std::string_view line, failure_headers& out) noexcept {
  switch (as_small(line.front())) {
    case 'c':
      if (out.content_type.empty()) out.content_type = value_behind(line, "content-type: ");
      break;
    case 'd':
      if (!read_http_date(out.date)) out.date = value_behind(line, "date: ");
      break;
    case 'r':
      if (!read_retry_after(out.retry_after).good()) out.retry_after = value_behind(line, "retry-after: ");
      break;
    default: break;
  }
}

/// `block` is http::headers::block(); `more` may be null. Of a header that comes twice, the first good line counts.
inline void read_answer_headers(std::string_view block, packed_rate_limit& limits, failure_headers* more) noexcept {
  while (!block.empty() && block.back() != '\n') block.remove_suffix(1);
  while (!block.empty()) {
    std::size_t seen = 0;
    if (as_small(block.front()) == 'x') seen = read_limit(block, limits);
    else if (more != nullptr) read_line(block, *more);
    if (block[seen] == '\r') ++seen;
    if (block[seen] != '\n') seen = block.find('\n', seen);
    block.remove_prefix(seen + 1);
  }
}

}}}  // namespace ghl::v0::detail
