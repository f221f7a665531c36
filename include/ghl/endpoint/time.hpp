/// Times: std::chrono::sys_time as a member of requests, responses and bodies, and in queries, as RFC 3339 has it.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/detail/rfc3339.hpp>
#include <ghl/endpoint/json_as.hpp>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ghl { inline namespace v0 {

namespace detail {

/// How many digits the fraction of a second has: 0 for seconds, 3 for milliseconds; -1 if it is no power of ten.
template <class Duration>
constexpr int digits_of_fraction() noexcept {
  using period = typename Duration::period;
  if (period::num != 1) return -1;
  std::intmax_t rest = period::den;
  int digits = 0;
  for (; rest % 10 == 0; rest /= 10) ++digits;
  return rest == 1 ? digits : -1;
}

template <class Duration>
concept wire_duration = std::integral<typename Duration::rep> && digits_of_fraction<Duration>() >= 0 &&
                        digits_of_fraction<Duration>() <= 18;  // a second in 64 bits

}  // namespace detail

/// Purpose: makes a std::chrono::sys_time with seconds, milliseconds, microseconds or nanoseconds a member, read and
/// written as the API has its times: "2021-07-28T10:00:00.123Z" (RFC 3339, section 5.6).
/// Example:
///     #include <ghl/endpoint/time.hpp>
///     struct contact {
///       std::optional<std::chrono::sys_time<std::chrono::milliseconds>> date_added;
///       ...
/// Read: offsets ("+05:30"), "t" and "z", and a fraction of any length, of which the digits that the type has no room
/// for are dropped. A leap second ("23:59:60") is the second after it, since std::chrono::sys_time has none. What is
/// not of that form is refused: a date alone, a blank in the middle, a time without offset, a day that is not.
/// Written: in UTC, with the digits that the type has.
/// Errors: fault::wrong_value for such a text, for a time that the type has no room for (nanoseconds end in 2262), and
/// for one to be written that is not within the years 0000 to 9999.
/// The program's locale and the time zone database have no part in it.
/// A time of another form (a date alone, seconds since 1970) is a std::string, an std::int64_t, or a type of yours with
/// a ghl::json_as. Thread safety: pure functions.
template <detail::wire_duration Duration>
struct json_as<std::chrono::time_point<std::chrono::system_clock, Duration>> {
  using type = std::string;
  using time = std::chrono::time_point<std::chrono::system_clock, Duration>;
  using rep = typename Duration::rep;

  static std::optional<time> from(std::string_view text) noexcept {
    std::int64_t ticks = 0;
    if (!detail::read_rfc3339(text, digits, ticks) || !std::in_range<rep>(ticks)) return std::nullopt;
    return time{Duration{static_cast<rep>(ticks)}};
  }
  static std::optional<std::string> to(const time& value) {
    const rep ticks = value.time_since_epoch().count();
    std::string text;
    if (!std::in_range<std::int64_t>(ticks) ||
        !detail::append_rfc3339(text, static_cast<std::int64_t>(ticks), digits))
      return std::nullopt;
    return text;
  }

 private:
  static constexpr int digits = detail::digits_of_fraction<Duration>();
};

}}  // namespace ghl::v0
