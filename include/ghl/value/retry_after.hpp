/// The value of Retry-After: seconds, or a date in one of HTTP's three forms. Pure: uses no clock, time zone or locale.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/value/milliseconds.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

/// A date as in HTTP headers: always UTC.
struct http_date {
  std::int64_t seconds = 0;  ///< since 1970
  int year = 1970;

  friend constexpr bool operator==(const http_date&, const http_date&) noexcept = default;
};

/// Reads a text from its beginning; once a part is missing, every further read fails.
struct date_reader {
  std::string_view rest;
  bool good = true;

  constexpr void text(std::string_view expected) noexcept {
    good = good && rest.starts_with(expected);
    if (good) rest.remove_prefix(expected.size());
  }
  constexpr int digits(std::size_t count) noexcept {
    int n = 0;
    good = good && rest.size() >= count;
    for (std::size_t i = 0; good && i < count; ++i) {
      good = is_digit(rest[i]);
      n = n * 10 + (rest[i] - '0');
    }
    if (good) rest.remove_prefix(count);
    return n;
  }
  /// The position, from 1, of a name in a list in which each is padded to `step` letters.
  constexpr int name(std::string_view list, std::size_t step) noexcept {
    for (std::size_t i = 0; good && i < list.size(); i += step) {
      const std::string_view padded = list.substr(i, step);
      const std::string_view name = padded.substr(0, padded.find(' '));
      if (!rest.starts_with(name)) continue;
      rest.remove_prefix(name.size());
      return static_cast<int>(i / step) + 1;
    }
    good = false;
    return 0;
  }
  constexpr int month() noexcept { return name("JanFebMarAprMayJunJulAugSepOctNovDec", 3); }
};

/// Days since 1970-01-01 in the Gregorian calendar. Years are counted from March, so that a leap day is the last day.
constexpr std::int64_t days_before(int year, int month, int day) noexcept {
  // Not negative, since it is divided below; 400 years are 146097 days.
  const std::int64_t y = (month <= 2 ? year - 1 : year) + 400;
  const std::int64_t leap_days = y / 4 - y / 100 + y / 400;
  const std::int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return y * 365 + leap_days + day_of_year - 719'468 - 146'097;
}

constexpr int days_in_month(int year, int month) noexcept {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/// RFC 9110, section 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT", and the two obsolete forms, "Sunday, 06-Nov-94 08:49:37
/// GMT" and "Sun Nov  6 08:49:37 1994". The second form has a year of two digits: the last year with
/// these that is not more than 50 years after `year_now`; 20xx if that is unknown. The day of the week is not compared
/// with the date.
constexpr std::optional<http_date> read_http_date(std::string_view text, std::optional<int> year_now = {}) noexcept {
  date_reader in{text};
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  const auto time = [&] {
    hour = in.digits(2);
    in.text(":");
    minute = in.digits(2);
    in.text(":");
    second = in.digits(2);
  };
  const std::size_t comma = text.find(',');
  if (comma == 3) {
    in.name("MonTueWedThuFriSatSun", 3);
    in.text(", ");
    day = in.digits(2);
    in.text(" ");
    month = in.month();
    in.text(" ");
    year = in.digits(4);
    in.text(" ");
    time();
    in.text(" GMT");
  } else if (comma != std::string_view::npos) {
    in.name("Monday    Tuesday   Wednesday Thursday  Friday    Saturday  Sunday    ", 10);
    in.text(", ");
    day = in.digits(2);
    in.text("-");
    month = in.month();
    in.text("-");
    year = in.digits(2);
    const int latest = year_now.value_or(2049) + 50;
    year = latest - ((latest - year) % 100 + 100) % 100;
    in.text(" ");
    time();
    in.text(" GMT");
  } else {
    in.name("MonTueWedThuFriSatSun", 3);
    in.text(" ");
    month = in.month();
    in.text(" ");
    const bool one_digit = in.rest.starts_with(' ');
    if (one_digit) in.text(" ");
    day = in.digits(one_digit ? 1 : 2);
    in.text(" ");
    time();
    in.text(" ");
    year = in.digits(4);
  }
  if (!in.good || !in.rest.empty() || day < 1 || day > days_in_month(year, month)) return std::nullopt;
  if (hour > 23 || minute > 59 || second > 60) return std::nullopt;  // 60: a leap second
  const std::int64_t of_day = std::int64_t{hour} * 3600 + minute * 60 + second;
  return http_date{days_before(year, month, day) * 86'400 + of_day, year};
}

/// What a Retry-After says: how long to wait, if that is known, and until when, if it is a date.
struct retry_hint {
  std::optional<milliseconds> after;
  std::optional<std::int64_t> at;  ///< seconds since 1970

  [[nodiscard]] constexpr bool good() const noexcept { return after || at; }
};

/// The longest wait, some thirty years. A larger number means "not now", and must not be ignored.
inline constexpr std::int64_t longest_retry_after_s = 1'000'000'000;

/// RFC 9110, section 10.2.3. `date` is the value of the answer's Date header: only with the server's own clock does a
/// date give a span of time. Anything but digits or a date is ignored.
constexpr retry_hint read_retry_after(std::string_view value, std::string_view date = {}) noexcept {
  const auto span = [](std::int64_t s) {
    return milliseconds{(s > longest_retry_after_s ? longest_retry_after_s : s < 0 ? 0 : s) * 1000};
  };
  if (value.empty()) return {};
  if (is_digit(value.front())) {
    std::int64_t seconds = 0;
    for (const char c : value) {
      if (!is_digit(c)) return {};
      if (seconds <= longest_retry_after_s) seconds = seconds * 10 + (c - '0');
    }
    return {span(seconds), std::nullopt};
  }
  const std::optional<http_date> now = read_http_date(date);
  const std::optional<http_date> then = read_http_date(value, now ? std::optional{now->year} : std::nullopt);
  if (!then) return {};
  if (!now) return {std::nullopt, then->seconds};
  return {span(then->seconds - now->seconds), then->seconds};
}

}}}  // namespace ghl::v0::detail
