// The arithmetic of a throttle: exact times, all of them inputs.
#include <catch.hpp>
#include <ghl/options/budget.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace {

using ghl::milliseconds;

/// Three calls in a second, and 50 ms of slack: the spans are 1050 ms.
constexpr ghl::throttle_options three_a_second{.max = 3, .interval = milliseconds{1000}, .slack = milliseconds{50}};

milliseconds at(std::int64_t time) { return milliseconds{time}; }

std::int64_t when(const ghl::budget& b, std::int64_t now, std::size_t ahead = 0) {
  return b.when(ahead, at(now)).count();
}

void start(ghl::budget& b, std::int64_t now, int calls = 1) {
  for (int i = 0; i < calls; ++i) b.start(at(now));
}

/// What an answer says; the call `started` then and was answered at `now`.
void on_response(ghl::budget& b, const ghl::rate_limit& limit, std::int64_t started, std::int64_t now, int status = 200,
           std::optional<milliseconds> retry_after = {}) {
  b.on_response(limit, status, retry_after, at(started), at(now));
}

ghl::rate_limit remaining(std::int64_t n) { return {.remaining = n}; }
ghl::rate_limit of(std::int64_t max, std::int64_t interval) { return {.max = max, .interval_ms = interval}; }
ghl::rate_limit daily(std::int64_t left, std::optional<std::int64_t> reset = {}) {
  return {.daily_remaining = left, .daily_reset_in_ms = reset};
}

/// Starts as many calls as it lets, looking every ms; when they started.
std::vector<std::int64_t> starts(ghl::budget b, std::int64_t from, std::int64_t to) {
  std::vector<std::int64_t> times;
  for (std::int64_t t = from; t < to; ++t)
    while (when(b, t) == t) {
      b.start(at(t));
      times.push_back(t);
    }
  return times;
}

}  // namespace

TEST_CASE("the published limit is the default: 100 calls in 10 s, and 250 ms of slack") {
  ghl::budget b;
  CHECK(b.calls() == 100);
  CHECK(b.interval() == at(10'000));
  start(b, 5'000, 99);
  CHECK(when(b, 5'000) == 5'000);
  start(b, 5'000);
  CHECK(when(b, 5'000) == 15'250);
}

TEST_CASE("a call starts an interval and the slack after the one that is max calls before it") {
  ghl::budget b{three_a_second};
  CHECK(when(b, 0) == 0);
  start(b, 0);
  start(b, 400);
  start(b, 900);
  CHECK(when(b, 900) == 1050);
  CHECK(when(b, 1049) == 1050);
  CHECK(when(b, 1050) == 1050);
  start(b, 1050);
  CHECK(when(b, 1050) == 1450);
}

TEST_CASE("over the edge of an interval no more calls start than inside it") {
  ghl::budget b{three_a_second};
  start(b, 1040, 3);  // a bucket that is full again, or a count from second to second, would let three more go at 1060
  CHECK(when(b, 1060) == 2090);
}

TEST_CASE("those behind others in line are told the time of their own slot, however far away") {
  ghl::budget b{three_a_second};
  start(b, 0);
  start(b, 100);
  CHECK(when(b, 200, 0) == 200);
  CHECK(when(b, 200, 1) == 1050);
  CHECK(when(b, 200, 2) == 1150);
  CHECK(when(b, 200, 3) == 1250);  // after the one that goes at 200
  CHECK(when(b, 200, 4) == 2100);
  CHECK(when(b, 200, 30) == 200 + 10 * 1050);
}

TEST_CASE("what the line is told comes true when all go as told") {
  ghl::budget b{three_a_second};
  start(b, 0);
  start(b, 700);
  std::vector<std::int64_t> told;
  for (std::size_t ahead = 0; ahead < 20; ++ahead) told.push_back(when(b, 800, ahead));
  auto went = starts(b, 800, told.back() + 1);
  CHECK(went == told);
}

TEST_CASE("in no interval do more than max calls start, whatever the traffic") {
  std::uint64_t seed = 42;
  const auto random = [&seed](std::uint64_t end) {
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    return (seed >> 33U) % end;
  };
  ghl::budget b{three_a_second};
  std::deque<std::int64_t> last;
  std::int64_t now = 0;
  int started = 0;
  for (int i = 0; i < 20'000; ++i) {
    now += static_cast<std::int64_t>(random(i % 1000 < 500 ? 10 : 600));
    if (random(10) == 0) on_response(b, remaining(static_cast<std::int64_t>(random(4))), now - 200, now);
    if (when(b, now) != now) continue;
    b.start(at(now));
    ++started;
    last.push_back(now);
    if (last.size() <= 3) continue;
    REQUIRE(now - last.front() >= 1050);
    last.pop_front();
  }
  CHECK(started > 4'000);
}

TEST_CASE("Remaining is no news where it counts this process's own calls") {
  ghl::budget b{three_a_second};
  start(b, 0, 2);
  on_response(b, remaining(1), 0, 100);
  CHECK(b.others(at(100)) == 0);
  CHECK(when(b, 100) == 100);
}

TEST_CASE("calls of another process are taken off until an interval has passed") {
  ghl::budget b{three_a_second};
  start(b, 0);
  on_response(b, remaining(0), 0, 100);  // 3 are used, 2 of them by others
  CHECK(b.others(at(100)) == 2);
  CHECK(when(b, 100) == 1050);
  CHECK(b.others(at(1149)) == 2);
  CHECK(b.others(at(1150)) == 0);
}

TEST_CASE("while others use the allowance too, the rest of it is spaced out, so that answers can tell in time") {
  ghl::budget b{ghl::throttle_options{.max = 10, .interval = at(1000), .slack = at(0)}};
  start(b, 0);
  on_response(b, remaining(4), 0, 100);  // 5 of others
  CHECK(when(b, 100, 0) == 200);   // 1000 ms for the 5 that are left
  CHECK(when(b, 100, 1) == 400);
  CHECK(when(b, 100, 2) == 600);
}

TEST_CASE("a newer answer that tells of fewer calls of others gives them back") {
  ghl::budget b{three_a_second};
  start(b, 0);
  on_response(b, remaining(1), 0, 100);
  CHECK(b.others(at(100)) == 1);
  start(b, 400);
  on_response(b, remaining(1), 400, 450);
  CHECK(b.others(at(450)) == 0);
}

TEST_CASE("an answer that was overtaken by a newer one gives nothing back") {
  ghl::budget b{three_a_second};
  start(b, 0, 2);
  on_response(b, remaining(0), 0, 100);
  CHECK(b.others(at(100)) == 1);
  on_response(b, remaining(2), 0, 900);  // its call had started before
  CHECK(b.others(at(900)) == 1);
  CHECK(when(b, 900) == 1050);
}

TEST_CASE("a stale Remaining of all lets no more through than the window does") {
  ghl::budget b{three_a_second};
  start(b, 0, 3);
  on_response(b, remaining(3), -5000, 10);
  on_response(b, remaining(3), 5, 20);
  CHECK(when(b, 20) == 1050);
}

TEST_CASE("a late answer counts calls that were in the window then, and are in it no longer") {
  ghl::budget b{three_a_second};
  start(b, 0, 3);
  on_response(b, remaining(0), 0, 1500);  // 1.5 s for an answer
  CHECK(b.others(at(1500)) == 0);
  CHECK(when(b, 1500) == 1500);
}

TEST_CASE("another Max and another Interval are adopted") {
  ghl::budget b{three_a_second};
  start(b, 0, 2);
  on_response(b, of(2, 4000), 0, 10);
  CHECK(b.calls() == 2);
  CHECK(b.interval() == at(4000));
  CHECK(when(b, 10) == 4050);
  start(b, 4050);
  on_response(b, of(5, 1000), 4050, 4060);
  start(b, 4060, 4);
  CHECK(when(b, 4060) == 5100);
}

TEST_CASE("after a change a looser limit needs a newer answer, a stricter one does not") {
  ghl::budget b{three_a_second};
  on_response(b, of(2, 1000), 0, 100);
  on_response(b, of(3, 1000), 50, 120);
  CHECK(b.calls() == 2);
  on_response(b, of(1, 1000), 50, 130);
  CHECK(b.calls() == 1);
  on_response(b, of(3, 1000), 131, 140);
  CHECK(b.calls() == 3);
}

TEST_CASE("a lower Max counts what has started already") {
  ghl::budget b{ghl::throttle_options{.max = 100, .interval = at(1000), .slack = at(0)}};
  for (int i = 0; i < 80; ++i) b.start(at(i));
  on_response(b, of(50, 1000), 79, 100);
  CHECK(when(b, 100) == 1030);  // the 50th from the end started at 30
}

TEST_CASE("a higher Max forgets none of the calls that have started") {
  ghl::budget b{ghl::throttle_options{.max = 8, .interval = at(1000), .slack = at(0)}};
  for (int i = 0; i < 20; ++i) b.start(at(i));
  on_response(b, of(100, 1000), 19, 20);
  for (int i = 20; i < 40; ++i) b.start(at(i));
  on_response(b, of(30, 1000), 39, 40);
  CHECK(when(b, 40) == 1010);  // the 30th from the end started at 10
}

TEST_CASE("a Remaining that is more than Max is no news") {
  ghl::budget b{three_a_second};
  start(b, 0);
  on_response(b, remaining(1), 0, 100);
  start(b, 400);
  on_response(b, remaining(4), 400, 450);
  CHECK(b.others(at(450)) == 1);
}

TEST_CASE("values that cannot be meant neither stop the calls nor set them free") {
  constexpr auto huge = (std::numeric_limits<std::int64_t>::max)();
  constexpr auto lowest = (std::numeric_limits<std::int64_t>::min)();
  for (const std::int64_t absurd : {std::int64_t{0}, std::int64_t{-1}, lowest, huge, std::int64_t{1'000'000'000'000}}) {
    INFO(absurd);
    ghl::budget b{three_a_second};
    start(b, 0, 3);
    ghl::rate_limit limit = of(absurd, 1000);
    on_response(b, limit, 1, 2);
    CHECK(b.calls() == 3);
    on_response(b, of(3, absurd), 3, 4);
    CHECK(b.interval() == at(1000));
    on_response(b, of(absurd, absurd), 5, 6);
    limit = remaining(absurd == 0 ? -1 : absurd);
    limit.daily_limit = absurd;
    limit.daily_reset_in_ms = absurd;
    on_response(b, limit, 7, 8);
    CHECK(b.others(at(8)) == 0);
    CHECK(when(b, 8) == 1050);
  }
}

TEST_CASE("a call that started before any clock began is one that started long ago") {
  ghl::budget b{three_a_second};
  start(b, 1'000);
  on_response(b, remaining(0), (std::numeric_limits<std::int64_t>::min)(), 1'000);
  CHECK(b.others(at(1'000)) == 2);
}

TEST_CASE("a Max and an Interval that are each possible are refused together where the rate is not") {
  ghl::budget b{three_a_second};
  on_response(b, of(300, 10), 0, 1);
  CHECK(b.calls() == 3);
  on_response(b, of(1, 100'000), 2, 3);
  CHECK(b.calls() == 3);
  on_response(b, of(3'000, 1'000'000), 4, 5);  // the rate is the same, but all could start at once
  CHECK(b.calls() == 3);
  on_response(b, of(300, 1000), 6, 7);
  CHECK(b.calls() == 300);
}

TEST_CASE("options that cannot be meant are moved to the nearest that can") {
  ghl::budget none{ghl::throttle_options{.max = 0, .interval = at(-5), .slack = at(-1)}};
  CHECK(none.calls() == 1);
  CHECK(none.interval() == at(1));
  start(none, 0);
  CHECK(when(none, 0) == 1);
  constexpr auto huge = (std::numeric_limits<std::int64_t>::max)();
  ghl::budget much{ghl::throttle_options{.max = huge, .interval = at(huge), .slack = at(huge)}};
  CHECK(much.calls() == 1'000'000);
  CHECK(much.interval() == at(86'400'000));
  start(much, 0);
  on_response(much, of(1, 86'400'000), 0, 1);
  CHECK(when(much, 1, 1'000'000) > 0);
}

TEST_CASE("429 holds everybody for as long as Retry-After says, and then calls start evenly spaced") {
  ghl::budget b{ghl::throttle_options{.max = 10, .interval = at(1000), .slack = at(0)}};
  start(b, 0);
  on_response(b, {}, 0, 100, 429, at(2000));
  CHECK(when(b, 100, 0) == 2100);
  CHECK(when(b, 100, 1) == 2200);
  CHECK(when(b, 100, 2) == 2300);
  CHECK(starts(b, 100, 3300) ==
        std::vector<std::int64_t>{2100, 2200, 2300, 2400, 2500, 2600, 2700, 2800, 2900, 3000, 3100, 3200});
}

TEST_CASE("429 without Retry-After, or with one of nothing, holds everybody for an interval") {
  for (const auto told : {std::optional<milliseconds>{}, std::optional{at(0)}, std::optional{at(-7)}}) {
    ghl::budget b{three_a_second};
    start(b, 0);
    on_response(b, {}, 0, 100, 429, told);
    CHECK(when(b, 100) == 1100);
  }
}

TEST_CASE("of several 429 the longest wait holds") {
  ghl::budget b{three_a_second};
  on_response(b, {}, 0, 100, 429, at(5000));
  on_response(b, {}, 0, 200, 429, at(1000));
  on_response(b, {}, 0, 300, 200);
  CHECK(when(b, 300) == 5100);
}

TEST_CASE("a Retry-After of days holds for an hour") {
  ghl::budget b{three_a_second};
  on_response(b, {}, 0, 100, 429, at((std::numeric_limits<std::int64_t>::max)()));
  CHECK(when(b, 100) == 3'600'100);
}

TEST_CASE("on a spent day nobody starts until it is reset, where the answer tells when") {
  ghl::budget b{three_a_second};
  on_response(b, daily(0, 7'200'000), 0, 100, 429);
  CHECK(when(b, 100) == 7'200'100);
  CHECK(when(b, 7'200'100) == 7'200'100);
  CHECK(when(b, 7'200'100, 1) == 7'200'450);  // and spaced
}

TEST_CASE("without a reset, the Retry-After of a spent day is taken for it") {
  ghl::budget b{three_a_second};
  on_response(b, daily(0), 0, 100, 429, at(40'000'000));
  CHECK(when(b, 100) == 40'000'100);
}

TEST_CASE("on a spent day without a reset, or with an absurd one, one call an interval may try") {
  for (const auto reset : {std::optional<std::int64_t>{}, std::optional<std::int64_t>{0},
                           std::optional<std::int64_t>{-1}, std::optional<std::int64_t>{1'790'000'000'000}}) {
    ghl::budget b{three_a_second};
    start(b, 0);
    on_response(b, daily(0, reset), 0, 100, 429);
    CHECK(when(b, 100, 0) == 1150);
    CHECK(when(b, 100, 1) == 2200);
    CHECK(starts(b, 100, 5000) == std::vector<std::int64_t>{1150, 2200, 3250, 4300});

    start(b, 1150);
    on_response(b, daily(0, reset), 1150, 1200, 429);
    CHECK(when(b, 1200) == 2250);
    start(b, 2250);
    on_response(b, daily(150'000), 2250, 2300);
    CHECK(when(b, 2300) == 2300);
  }
}

TEST_CASE("a call that comes through ends a spent day, told or not, unless it had started before") {
  ghl::budget b{three_a_second};
  start(b, 0);
  on_response(b, daily(0, 60'000), 0, 100);
  on_response(b, daily(1), 50, 200);
  CHECK(when(b, 200) == 60'100);

  ghl::budget probing{three_a_second};
  on_response(probing, daily(0), 0, 100);
  on_response(probing, {}, 50, 200);
  CHECK(when(probing, 200) == 1150);
  start(probing, 1150);
  on_response(probing, {}, 1150, 1200);
  CHECK(when(probing, 1200) == 1200);
}

TEST_CASE("a clock that is read before a lock is had may be behind, and costs nothing") {
  ghl::budget b{three_a_second};
  start(b, 100, 2);
  start(b, 98);  // counts as 100
  CHECK(when(b, 99, 0) == 1150);
  CHECK(when(b, 99, 2) == 1150);
}

TEST_CASE("a budget is idle when a new one would say the same") {
  ghl::budget b{three_a_second};
  CHECK(b.idle(at(0)));
  start(b, 0);
  CHECK_FALSE(b.idle(at(1049)));
  CHECK(b.idle(at(1050)));
  on_response(b, {}, 0, 1100, 429, at(100));
  CHECK_FALSE(b.idle(at(1300)));
  CHECK(b.idle(at(1100 + 100 + 1050)));
  on_response(b, daily(0), 0, 3000);
  CHECK_FALSE(b.idle(at(900'000)));
}

TEST_CASE("a budget counts the same from any beginning of the clock") {
  for (const std::int64_t begin : {std::int64_t{-10'000'000}, std::int64_t{0}, std::int64_t{1} << 52}) {
    ghl::budget b{three_a_second};
    start(b, begin, 3);
    CHECK(when(b, begin + 1) == begin + 1050);
    start(b, begin + 1050);
    CHECK(when(b, begin + 1051) == begin + 1051);
  }
}
