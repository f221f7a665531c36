/// Times as RFC 3339 has them, without a locale and without <chrono>.
#pragma once

#include <ghl/detail/text.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

struct civil_date {
  std::int64_t year;
  int month;  // 1 to 12
  int day;
};

/// Days since 1970-01-01 in the calendar of ISO 8601. Years begin in March here, so that a leap day ends one.
constexpr std::int64_t days_of(const civil_date& d) noexcept {
  const std::int64_t year = d.month <= 2 ? d.year - 1 : d.year;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t of_era = year - era * 400;
  const std::int64_t of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}
constexpr civil_date date_of(std::int64_t days) noexcept {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const std::int64_t of_era = days - era * 146097;
  const std::int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const std::int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
  const auto month = static_cast<int>((5 * of_year + 2) / 153);
  const auto day = static_cast<int>(of_year - (153 * month + 2) / 5 + 1);
  return {year + era * 400 + (month >= 10 ? 1 : 0), month < 10 ? month + 3 : month - 9, day};
}
constexpr int days_in(std::int64_t year, int month) noexcept {
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 ? (leap ? 29 : 28) : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}
constexpr std::int64_t power_of_ten(int digits) noexcept {
  std::int64_t out = 1;
  while (digits-- > 0) out *= 10;
  return out;
}

/// Takes a text apart from its beginning.
class rfc3339_reader {
 public:
  constexpr explicit rfc3339_reader(std::string_view text) noexcept : rest_(text) {}

  /// `count` digits of a number from `least` to `most`.
  constexpr int number(std::size_t count, int least, int most) noexcept {
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (rest_.empty() || !is_digit(rest_.front())) good_ = false;
      if (!good_) return least;
      value = value * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    if (value < least || value > most) good_ = false;
    return good_ ? value : least;
  }
  /// One of these characters; 0: none.
  constexpr char one_of(std::string_view these) noexcept {
    if (rest_.empty() || these.find(rest_.front()) == std::string_view::npos) return '\0';
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  constexpr char demand(std::string_view these) noexcept {
    const char c = one_of(these);
    if (c == '\0') good_ = false;
    return c;
  }
  /// The digits of a fraction; those after the first `count` are dropped.
  constexpr std::int64_t fraction(int count) noexcept {
    std::int64_t value = 0;
    int taken = 0;
    if (rest_.empty() || !is_digit(rest_.front())) good_ = false;
    for (; !rest_.empty() && is_digit(rest_.front()); rest_.remove_prefix(1)) {
      if (taken == count) continue;
      value = value * 10 + (rest_.front() - '0');
      ++taken;
    }
    return value * power_of_ten(count - taken);
  }
  [[nodiscard]] constexpr bool at_good_end() const noexcept { return good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

/// Seconds and a fraction in ticks, of which there are `per_second`; whether they fit.
constexpr bool ticks_of(std::int64_t seconds, std::int64_t fraction, std::int64_t per_second,
                        std::int64_t& ticks) noexcept {
  using limits = std::numeric_limits<std::int64_t>;
  if (seconds < 0 && fraction > 0) {  // towards zero, so that no step leaves the range
    ++seconds;
    fraction -= per_second;
  }
  if (seconds > (limits::max)() / per_second || seconds < (limits::min)() / per_second) return false;
  const std::int64_t whole = seconds * per_second;
  if (fraction > 0 ? whole > (limits::max)() - fraction : whole < (limits::min)() - fraction) return false;
  ticks = whole + fraction;
  return true;
}

/// Reads a time, as ticks since 1970-01-01T00:00:00Z, of which a second has ten to the `digits`; whether it is one.
constexpr bool read_rfc3339(std::string_view text, int digits, std::int64_t& ticks) noexcept {
  rfc3339_reader from{text};
  civil_date date{};
  date.year = from.number(4, 0, 9999);
  from.demand("-");
  date.month = from.number(2, 1, 12);
  from.demand("-");
  date.day = from.number(2, 1, days_in(date.year, date.month));
  from.demand("Tt");
  const int hour = from.number(2, 0, 23);
  from.demand(":");
  const int minute = from.number(2, 0, 59);
  from.demand(":");
  const int second = from.number(2, 0, 60);
  const std::int64_t fraction = from.one_of(".") != '\0' ? from.fraction(digits) : 0;
  int offset = 0;  // in minutes
  if (const char sign = from.demand("Zz+-"); sign == '+' || sign == '-') {
    offset = from.number(2, 0, 23) * 60;
    from.demand(":");
    offset += from.number(2, 0, 59);
    if (sign == '-') offset = -offset;
  }
  if (!from.at_good_end()) return false;
  const std::int64_t seconds = days_of(date) * 86400 + hour * 3600 + minute * 60 + second - offset * 60;
  // A leap second is the last one of a month, in UTC.
  if (second == 60 && (seconds % 86400 != 0 || date_of(seconds / 86400).day != 1)) return false;
  return ticks_of(seconds, fraction, power_of_ten(digits), ticks);
}

/// Appends a time in UTC; false if its year has not four digits.
inline bool append_rfc3339(std::string& to, std::int64_t ticks, int digits) {
  const std::int64_t per_second = power_of_ten(digits);
  std::int64_t seconds = ticks / per_second;
  std::int64_t fraction = ticks % per_second;
  if (fraction < 0) {
    --seconds;
    fraction += per_second;
  }
  std::int64_t days = seconds / 86400;
  std::int64_t of_day = seconds % 86400;
  if (of_day < 0) {
    --days;
    of_day += 86400;
  }
  const civil_date date = date_of(days);
  if (date.year < 0 || date.year > 9999) return false;
  const auto put = [&](std::int64_t value, int width, char after) {
    char text[20];
    for (int i = width; i-- > 0; value /= 10) text[i] = static_cast<char>('0' + value % 10);
    to.append(text, static_cast<std::size_t>(width)).push_back(after);
  };
  put(date.year, 4, '-');
  put(date.month, 2, '-');
  put(date.day, 2, 'T');
  put(of_day / 3600, 2, ':');
  put(of_day / 60 % 60, 2, ':');
  put(of_day % 60, 2, digits == 0 ? 'Z' : '.');
  if (digits != 0) put(fraction, digits, 'Z');
  return true;
}

}}}  // namespace ghl::v0::detail
