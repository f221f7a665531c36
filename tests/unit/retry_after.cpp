// Retry-After: seconds, and the three forms of a date (RFC 9110, sections 10.2.3 and 5.6.7).
#include "../catch.hpp"

#include <ghl/value/retry_after.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

using ghl::detail::read_http_date;
using ghl::detail::read_retry_after;

namespace {

constexpr std::int64_t none = -1;

std::int64_t after_of(std::string_view value, std::string_view date = {}) {
  const auto hint = read_retry_after(value, date);
  return hint.after ? hint.after->count() : none;
}

std::optional<std::int64_t> seconds_of(std::string_view text, std::optional<int> year_now = {}) {
  const auto date = read_http_date(text, year_now);
  return date ? std::optional{date->seconds} : std::nullopt;
}

constexpr std::string_view now = "Sun, 01 Jun 2025 10:00:00 GMT";
constexpr std::int64_t now_s = 1'748'772'000;

}  // namespace

static_assert(read_http_date("Sun, 06 Nov 1994 08:49:37 GMT")->seconds == 784'111'777);

TEST_CASE("seconds are seconds, and a number that fits nowhere is a very long time") {
  CHECK(after_of("0") == 0);
  CHECK(after_of("7") == 7'000);
  CHECK(after_of("007") == 7'000);
  CHECK(after_of("999999999") == 999'999'999'000);
  CHECK(after_of("1000000000") == 1'000'000'000'000);
  CHECK(after_of("1000000001") == 1'000'000'000'000);
  for (const std::string_view huge : {"9223372036854775807", "9223372036854775808", "18446744073709551616"})
    CHECK(after_of(huge) == 1'000'000'000'000);
  CHECK(after_of(std::string(4'000, '9')) == 1'000'000'000'000);
  CHECK_FALSE(read_retry_after("7").at);
}

TEST_CASE("what is neither digits nor a date says nothing") {
  for (const std::string_view bad : {"", " ", "-1", "+1", "1.5", "7s", "7 ", " 7", "0x7", "soon", "1e3", "\xD9\xA7"}) {
    INFO(bad);
    CHECK_FALSE(read_retry_after(bad, now).good());
  }
  CHECK_FALSE(read_retry_after(std::string_view{"7\0", 2}).good());
}

TEST_CASE("a date is read in all three forms") {
  CHECK(seconds_of("Sun, 06 Nov 1994 08:49:37 GMT") == 784'111'777);
  CHECK(seconds_of("Sunday, 06-Nov-94 08:49:37 GMT", 1994) == 784'111'777);
  CHECK(seconds_of("Sun Nov  6 08:49:37 1994") == 784'111'777);
  CHECK(seconds_of("Wed Nov 16 08:49:37 1994") == 784'975'777);
  CHECK(seconds_of("Thu, 01 Jan 1970 00:00:00 GMT") == 0);
  CHECK(seconds_of("Wed, 31 Dec 1969 23:59:59 GMT") == -1);
  CHECK(seconds_of("Sat, 01 Jan 0000 00:00:00 GMT") == -62'167'219'200);
  CHECK(seconds_of("Wed, 01 Mar 0000 00:00:00 GMT") == -62'162'035'200);
  CHECK(seconds_of("Tue, 29 Feb 2000 00:00:00 GMT") == 951'782'400);
  CHECK(seconds_of("Thu, 29 Feb 2024 23:59:59 GMT") == 1'709'251'199);
  CHECK(seconds_of("Tue, 19 Jan 2038 03:14:08 GMT") == 2'147'483'648);
  CHECK(seconds_of("Fri, 31 Dec 9999 23:59:59 GMT") == 253'402'300'799);
  CHECK(seconds_of("Sat, 31 Dec 2016 23:59:60 GMT") == 1'483'228'800);  // a leap second
  CHECK(seconds_of("Wednesday, 31-Dec-25 00:00:00 GMT") == 1'767'139'200);
}

TEST_CASE("every day of four hundred years comes one after the other") {
  constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto two = [](int n) { return std::to_string(n / 10) + std::to_string(n % 10); };
  std::int64_t expected = 0;
  std::int64_t days = 0;
  for (int year = 1970; year < 2370; ++year)
    for (int month = 0; month < 12; ++month)
      for (int day = 1; day <= 31; ++day) {
        const auto at = seconds_of("Mon, " + two(day) + " " + std::string{months[month]} + " " + std::to_string(year) +
                                   " 00:00:00 GMT");
        if (!at) continue;
        if (*at != expected) FAIL(year << " " << month << " " << day);
        expected += 86'400;
        ++days;
      }
  CHECK(days == 146'097);
}

TEST_CASE("what is not quite a date is none") {
  for (const std::string_view bad :
       {"Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 08:49:37 GMT ",
        "sun, 06 Nov 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 94 08:49:37 GMT", "Sun,06 Nov 1994 08:49:37 GMT", "Xyz, 06 Nov 1994 08:49:37 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 31 Nov 1994 08:49:37 GMT", "Sun, 29 Feb 2023 08:49:37 GMT",
        "Sun, 29 Feb 1900 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:37 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT", "Sun, 06 Nov 1994 8:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT",
        "Sun, 06-Nov-94 08:49:37 GMT", "Sunday, 06-Nov-1994 08:49:37 GMT", "Sunday, 06 Nov 94 08:49:37 GMT",
        "Sund, 06-Nov-94 08:49:37 GMT", "Sun Nov 6 08:49:37 1994", "Sun Nov  6 08:49:37 94", "Sun Nov  0 08:49:37 1994",
        "Sun Nov  6 08:49:37 1994 GMT", "1994-11-06T08:49:37Z", ",", "Sun", "Sun, "}) {
    INFO(bad);
    CHECK_FALSE(read_http_date(bad));
    CHECK_FALSE(read_retry_after(bad, now).good());
  }
}

TEST_CASE("a year of two digits is the last one that is not more than 50 years ahead") {
  const auto year_of = [](std::string_view digits, std::optional<int> year_now) {
    return read_http_date("Monday, 01-Jan-" + std::string{digits} + " 00:00:00 GMT", year_now)->year;
  };
  CHECK(year_of("25", 2025) == 2025);
  CHECK(year_of("75", 2025) == 2075);
  CHECK(year_of("76", 2025) == 1976);
  CHECK(year_of("99", 2025) == 1999);
  CHECK(year_of("01", 2099) == 2101);
  CHECK(year_of("94", 1994) == 1994);
  CHECK(year_of("00", std::nullopt) == 2000);
  CHECK(year_of("99", std::nullopt) == 2099);
  const auto hint = read_retry_after("Sunday, 01-Jun-25 10:00:30 GMT", now);
  CHECK(hint.at == now_s + 30);
  CHECK(read_retry_after("Saturday, 01-Jun-80 00:00:00 GMT", now).after->count() == 0);  // 1980
}

TEST_CASE("a date is a span of time beside the server's own clock, and never less than none") {
  const auto hint = read_retry_after("Sun, 01 Jun 2025 10:00:30 GMT", now);
  CHECK(hint.at == now_s + 30);
  REQUIRE(hint.after);
  CHECK(hint.after->count() == 30'000);
  CHECK(after_of("Sun, 01 Jun 2025 09:59:59 GMT", now) == 0);
  CHECK(read_retry_after("Sun, 01 Jun 2025 09:59:59 GMT", now).at == now_s - 1);
  CHECK(after_of("Fri, 31 Dec 9999 23:59:59 GMT", now) == 1'000'000'000'000);
  for (const std::string_view no_date : {"", "yesterday"}) {
    const auto alone = read_retry_after("Sun, 01 Jun 2025 10:00:30 GMT", no_date);
    CHECK_FALSE(alone.after);
    CHECK(alone.at == now_s + 30);
  }
}
