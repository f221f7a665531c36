// The rate limits and the Retry-After of an answer, as a result tells them.
#include "../catch.hpp"
#include "flat_json.hpp"

#include <ghl/api/links.hpp>
#include <ghl/operation/interpret.hpp>
#include <ghl/value/answer_headers.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/rate_limit.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

using ghl::rate_limit;
using ghl::http::headers;
using ghl::links::delete_link;

namespace {

ghl::result<delete_link::response> answered(int status, headers h) {
  return ghl::interpret<delete_link>(ghl::http::response{status, std::move(h), R"({"succeded":true})"}, flat_json{});
}
rate_limit limits_of(headers h) { return answered(200, std::move(h)).rate_limit(); }

const headers all = {{"Date", "Sun, 01 Jun 2025 10:00:00 GMT"},
                     {"X-RateLimit-Limit-Daily", "200000"},
                     {"Content-Type", "application/json"},
                     {"X-RateLimit-Daily-Remaining", "199926"},
                     {"X-RateLimit-Interval-Milliseconds", "10000"},
                     {"X-RateLimit-Daily-Reset", "86399999"},
                     {"X-RateLimit-Max", "100"},
                     {"X-RateLimit-Remaining", "7"}};
const rate_limit stated{.max = 100,
                        .remaining = 7,
                        .interval_ms = 10'000,
                        .daily_limit = 200'000,
                        .daily_remaining = 199'926,
                        .daily_reset_in_ms = 86'399'999};

struct nothing_back {
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Nothing Back", ghl::method::del, "/nothing", ghl::token::sub_account);
  }
};

}  // namespace

TEST_CASE("a success and a failure tell the same six figures") {
  const auto good = answered(201, all);
  REQUIRE(good);
  CHECK(good.rate_limit() == stated);
  const auto bad = answered(404, all);
  REQUIRE(!bad);
  CHECK(bad.rate_limit() == stated);
  CHECK(bad.error().rate_limit == stated);
  CHECK(answered(200, {}).rate_limit() == rate_limit{});
  const auto empty = ghl::interpret<nothing_back>(ghl::http::response{204, all, ""}, flat_json{});
  REQUIRE(empty);
  CHECK(empty.rate_limit() == stated);
  const auto unread = ghl::interpret<delete_link>(ghl::http::response{200, all, "{"}, flat_json{});
  REQUIRE(!unread);
  CHECK(unread.rate_limit() == stated);
}

TEST_CASE("each figure is optional, and stands in whatever case and place") {
  CHECK(limits_of({{"x-ratelimit-max", "1"}}) == rate_limit{.max = 1});
  CHECK(limits_of({{"X-RATELIMIT-REMAINING", "0"}}) == rate_limit{.remaining = 0});
  CHECK(limits_of({{"x-RateLimit-interval-Milliseconds", "2"}}) == rate_limit{.interval_ms = 2});
  CHECK(limits_of({{"X-Ratelimit-Limit-Daily", "3"}}) == rate_limit{.daily_limit = 3});
  CHECK(limits_of({{"x-ratelimit-daily-remaining", "4"}}) == rate_limit{.daily_remaining = 4});
  CHECK(limits_of({{"x-ratelimit-daily-reset", "5"}}) == rate_limit{.daily_reset_in_ms = 5});
  CHECK(limits_of({{"X-RateLimit-Max", "999999999999999999"}}) == rate_limit{.max = 999'999'999'999'999'999});
  for (const bool first : {true, false}) {
    headers h;
    if (first) h.add("X-RateLimit-Max", "9");
    h.add("X-Powered-By", "Express");
    h.add("A", "");
    if (!first) h.add("X-RateLimit-Max", "9");
    CHECK(limits_of(h) == rate_limit{.max = 9});
  }
}

TEST_CASE("a value that is no number is as good as absent, and of two lines the first good one counts") {
  for (const std::string_view bad : {"", "-1", "+1", "1.5", "1 2", "many", "0x10", "1,000", "1000000000000000000",
                                     "9223372036854775808", "99999999999999999999999999"}) {
    INFO(bad);
    CHECK(limits_of({{"X-RateLimit-Max", bad}}) == rate_limit{});
    CHECK(limits_of({{"X-RateLimit-Max", bad}, {"X-RateLimit-Max", "5"}, {"X-RateLimit-Max", "6"}}) ==
          rate_limit{.max = 5});
  }
}

TEST_CASE("no other header is taken for one of them") {
  for (const std::string_view name :
       {"X-RateLimit-Ma", "X-RateLimit-Maxx", "X-RateLimit-Max-Calls", "X-RateLimit-Daily", "X-RateLimit-Limit",
        "X-RateLimit-Daily-Remaining-Calls", "X-RateLimit-Daily-Resets", "X-RateLimit", "X-RateLimit-", "X",
        "Y-RateLimit-Max", "RateLimit-Max", "X-RateLimit_Max", "X-Rate-Limit-Max", "XX-RateLimit-Max",
        "X-RateLimit-Remainin", "X-RateLimit-Interval", "X-RateLimit-Reset", "X-RateLimit-May", "X-RateLimit-Remaininx",
        "X-RateLimit-Limit-Dailx", "X-RateLimit-Daily-Resex", "X-RateLimit-Daily-Remaininx",
        "X-RateLimit-Interval-Millisecondx"}) {
    INFO(name);
    CHECK(limits_of({{name, "7"}}) == rate_limit{});
  }
  CHECK(limits_of({{"Via", "X-RateLimit-Max: 7"}}) == rate_limit{});
}

TEST_CASE("a failure tells what Retry-After says, from the first good line") {
  const auto e = answered(503, {{"Retry-After", "soon"},
                                {"retry-after", "12"},
                                {"Retry-After", "13"},
                                {"Retry-After-Reset", "14"},
                                {"X-Retry-After", "15"}})
                     .error();
  REQUIRE(e.retry_after);
  CHECK(e.retry_after->count() == 12'000);
  CHECK_FALSE(e.retry_at);
  CHECK_FALSE(answered(503, {{"Retry-After", "soon"}}).error().retry_after);
}

TEST_CASE("a Retry-After that is a date is told as a date, and as a span beside the Date header") {
  for (const bool date_first : {true, false}) {
    headers h;
    h.add("Date", "now");
    if (date_first) h.add("Date", "Sun, 01 Jun 2025 10:00:00 GMT");
    h.add("Retry-After", "Sun, 01 Jun 2025 10:01:30 GMT");
    if (!date_first) h.add("date", "Sun, 01 Jun 2025 10:00:00 GMT");
    h.add("Date", "Sun, 01 Jun 2025 10:00:50 GMT");
    const auto e = answered(429, h).error();
    CHECK(e.retry_at == 1'748'772'090);
    REQUIRE(e.retry_after);
    CHECK(e.retry_after->count() == 90'000);
    CHECK(e.wait_time()->count() == 90'000);
  }
  const auto alone = answered(429, {{"Retry-After", "Sun, 01 Jun 2025 10:01:30 GMT"}}).error();
  CHECK(alone.retry_at == 1'748'772'090);
  CHECK_FALSE(alone.retry_after);
}

TEST_CASE("the content type of a failure is that of its first line") {
  const auto e = answered(500, {{"Content-Typ", "a"}, {"content-type", "text/html"}, {"Content-Type", "b"}}).error();
  CHECK(e.content_type == "text/html");
  CHECK(answered(500, {}).error().content_type.empty());
}

TEST_CASE("a block of headers that ends anywhere is read without harm") {
  const std::string_view block = all.block();
  for (std::size_t length = 0; length <= block.size(); ++length) {
    const std::string cut{block.substr(0, length)};  // with its own end, for a sanitizer to see
    const rate_limit limits = ghl::detail::rate_limit_in(cut);
    CHECK(ghl::detail::read_failure_headers(cut).limits == limits);
    if (length == block.size()) CHECK(limits == stated);
  }
}
