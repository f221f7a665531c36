// Times as RFC 3339 has them: what is read, what is refused, and what is written.
#include "../catch.hpp"

#include <ghl/endpoint/time.hpp>

#include <chrono>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace {

using namespace std::chrono;

/// What is written of what was read.
template <class Duration>
std::string through(std::string_view text) {
  using time = ghl::json_as<sys_time<Duration>>;
  const auto read = time::from(text);
  return read ? time::to(*read).value_or("cannot be written") : "refused";
}

template <class Duration>
std::string written(std::int64_t ticks) {
  return ghl::json_as<sys_time<Duration>>::to(sys_time<Duration>{Duration{ticks}}).value_or("cannot be written");
}

}  // namespace

TEST_CASE("a time is read to the precision of its type, and written in UTC") {
  struct row {
    std::string_view text;
    std::string_view milli;
  };
  constexpr row rows[] = {{"2021-07-28T10:00:00.123Z", "2021-07-28T10:00:00.123Z"},
                          {"2021-07-28t10:00:00z", "2021-07-28T10:00:00.000Z"},
                          {"2021-07-28T10:00:00.1+05:30", "2021-07-28T04:30:00.100Z"},
                          {"2021-07-28T23:30:00-01:00", "2021-07-29T00:30:00.000Z"},
                          {"2021-07-28T10:00:00.12399999999999999999999-00:00", "2021-07-28T10:00:00.123Z"},
                          {"1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"},
                          {"1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500Z"},
                          {"2000-02-29T23:59:59.999Z", "2000-02-29T23:59:59.999Z"},
                          {"0000-01-01T00:00:00Z", "0000-01-01T00:00:00.000Z"},
                          {"9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"},
                          {"0000-01-01T00:00:00+00:01", "cannot be written"},
                          {"9999-12-31T23:59:59-00:01", "cannot be written"}};
  for (const row& r : rows) {
    INFO(r.text);
    CHECK(through<milliseconds>(r.text) == r.milli);
  }
  CHECK(through<seconds>("1969-12-31T23:59:59.5Z") == "1969-12-31T23:59:59Z");
  CHECK(through<microseconds>("2021-07-28T10:00:00.1234567Z") == "2021-07-28T10:00:00.123456Z");
  CHECK(through<nanoseconds>("2021-07-28T10:00:00.1234567Z") == "2021-07-28T10:00:00.123456700Z");
}

TEST_CASE("a leap second is the second after it") {
  CHECK(through<milliseconds>("2016-12-31T23:59:60Z") == "2017-01-01T00:00:00.000Z");
  CHECK(through<milliseconds>("2016-12-31T18:59:60.5-05:00") == "2017-01-01T00:00:00.500Z");
  CHECK(through<seconds>("1990-06-30T23:59:60Z") == "1990-07-01T00:00:00Z");
  for (const std::string_view text : {"2016-12-30T23:59:60Z", "2016-12-31T23:58:60Z", "2016-12-31T23:59:60+01:00",
                                      "2016-12-31T23:59:61Z"})
    CHECK(through<seconds>(text) == "refused");
}

TEST_CASE("what is no time by RFC 3339 is refused") {
  for (const std::string_view text :
       {"", "Z", "2021-07-28", "2021-07-28T10:00Z", "2021-07-28T10:00:00", "2021-07-28 10:00:00Z",
        "2021-07-28_10:00:00Z", "2021-07-28T10:00:00.Z", "2021-07-28T10:00:00,5Z", "2021-07-28T10:00:00Z ",
        " 2021-07-28T10:00:00Z", "2021-07-28T10:00:00ZZ", "2021-7-28T10:00:00Z", "+021-07-28T10:00:00Z",
        "-021-07-28T10:00:00Z", "12021-07-28T10:00:00Z", "20210728T100000Z", "2021-00-28T10:00:00Z",
        "2021-13-28T10:00:00Z", "2021-07-00T10:00:00Z", "2021-07-32T10:00:00Z", "2021-04-31T10:00:00Z",
        "2021-02-29T10:00:00Z", "1900-02-29T10:00:00Z", "2021-07-28T24:00:00Z", "2021-07-28T10:60:00Z",
        "2021-07-28T10:00:00+24:00", "2021-07-28T10:00:00+05:60", "2021-07-28T10:00:00+0530",
        "2021-07-28T10:00:00+05", "2021-07-28T10:00:00 Z", "2021-07-28T10:00:00\xC2\xA0Z", "1627466400"}) {
    INFO(text);
    CHECK(through<milliseconds>(text) == "refused");
  }
  CHECK(through<seconds>(std::string_view{"2021-07-28T10:00:00Z\0", 21}) == "refused");
}

TEST_CASE("a time that the type has no room for is refused") {
  CHECK(through<nanoseconds>("2262-04-11T23:47:16.854775807Z") == "2262-04-11T23:47:16.854775807Z");
  CHECK(through<nanoseconds>("2262-04-11T23:47:16.854775808Z") == "refused");
  CHECK(through<nanoseconds>("1677-09-21T00:12:43.145224192Z") == "1677-09-21T00:12:43.145224192Z");
  CHECK(through<nanoseconds>("1677-09-21T00:12:43.145224191Z") == "refused");
  using small_seconds = duration<std::int32_t>;
  CHECK(through<small_seconds>("2038-01-19T03:14:07Z") == "2038-01-19T03:14:07Z");
  CHECK(through<small_seconds>("2038-01-19T03:14:08Z") == "refused");
  CHECK(through<duration<std::uint32_t>>("1969-12-31T23:59:59Z") == "refused");
}

TEST_CASE("only the years 0000 to 9999 are written") {
  CHECK(written<seconds>(253'402'300'799) == "9999-12-31T23:59:59Z");
  CHECK(written<seconds>(253'402'300'800) == "cannot be written");
  CHECK(written<seconds>(-62'167'219'200) == "0000-01-01T00:00:00Z");
  CHECK(written<seconds>(-62'167'219'201) == "cannot be written");
  CHECK(written<seconds>((std::numeric_limits<std::int64_t>::max)()) == "cannot be written");
  CHECK(written<seconds>((std::numeric_limits<std::int64_t>::min)()) == "cannot be written");
}

TEST_CASE("each day of ten thousand years is read as what it was written") {
  std::int64_t wrong = 0;
  for (std::int64_t day = -719'528; day < 2'932'897; ++day) {
    const ghl::detail::civil_date date = ghl::detail::date_of(day);
    const bool is_date = date.day >= 1 && date.day <= ghl::detail::days_in(date.year, date.month);
    wrong += is_date && ghl::detail::days_of(date) == day ? 0 : 1;
  }
  CHECK(wrong == 0);
}
