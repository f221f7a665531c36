// The line before a budget: who goes when, what copies share, and what is forgotten.
#include <catch.hpp>
#include <ghl/throttle.hpp>
#include <throttle_simulation.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

using ghl::milliseconds;
using ghl::throttle;

milliseconds at(std::int64_t time) { return milliseconds{time}; }

std::int64_t acquire(const throttle& limit, throttle::ticket& p, std::int64_t now) {
  return limit.acquire(p, at(now)).count();
}

/// A call without a place of its own: goes, or does not wait.
std::int64_t ask(const throttle& limit, std::int64_t now) {
  throttle::ticket p;
  return acquire(limit, p, now);
}

throttle one_in_ten_ms() { return throttle{ghl::throttle_options{.max = 1, .interval = at(10), .slack = at(0)}}; }

}  // namespace

static_assert(ghl::admission_policy<throttle> && ghl::call_policy<throttle>);

TEST_CASE("a throttle lets 100 calls start, and tells the next to wait for 10.25 s") {
  const throttle limit;
  for (int i = 0; i < 100; ++i) REQUIRE(ask(limit, 0) == 0);
  CHECK(ask(limit, 0) == 10'250);
  CHECK(ask(limit, 250) == 10'000);
  CHECK(ask(limit, 10'249) == 1);
  CHECK(ask(limit, 10'250) == 0);
}

TEST_CASE("each in line is told its own time, and keeps its place when it asks again") {
  const throttle limit = one_in_ten_ms();
  CHECK(ask(limit, 0) == 0);
  std::vector<throttle::ticket> line(3);
  CHECK(acquire(limit, line[0], 0) == 10);
  CHECK(acquire(limit, line[1], 0) == 20);
  CHECK(acquire(limit, line[2], 0) == 30);
  CHECK(acquire(limit, line[1], 4) == 16);
  CHECK(acquire(limit, line[0], 4) == 6);
  CHECK(limit.waiting() == 3);
  CHECK(acquire(limit, line[0], 10) == 0);
  CHECK_FALSE(line[0].waiting());
  CHECK(acquire(limit, line[1], 20) == 0);
  CHECK(acquire(limit, line[2], 30) == 0);
  CHECK(limit.waiting() == 0);
}

TEST_CASE("a newcomer does not overtake those in line, even if they are late") {
  const throttle limit = one_in_ten_ms();
  throttle::ticket first, second, newcomer;
  CHECK(ask(limit, 0) == 0);
  CHECK(acquire(limit, first, 0) == 10);
  CHECK(acquire(limit, second, 0) == 20);
  CHECK(acquire(limit, newcomer, 15) == 20);  // first could go at once, second at 25, newcomer at 35
  CHECK(acquire(limit, second, 16) == 10);
  CHECK(acquire(limit, first, 17) == 0);
  CHECK(acquire(limit, second, 27) == 0);
  CHECK(acquire(limit, newcomer, 37) == 0);
}

TEST_CASE("one who is late delays nobody as long as there is room for both") {
  const throttle limit{ghl::throttle_options{.max = 2, .interval = at(10), .slack = at(0)}};
  CHECK(ask(limit, 0) == 0);
  CHECK(ask(limit, 0) == 0);
  throttle::ticket late, punctual, third;
  CHECK(acquire(limit, late, 1) == 9);
  CHECK(acquire(limit, punctual, 1) == 9);
  CHECK(acquire(limit, third, 1) == 19);
  CHECK(acquire(limit, punctual, 10) == 0);
  CHECK(acquire(limit, third, 10) == 10);  // the other slot is late's
  CHECK(acquire(limit, late, 15) == 0);
}

TEST_CASE("who leaves the middle of the line gives its slot to those behind, in their order") {
  const throttle limit = one_in_ten_ms();
  CHECK(ask(limit, 0) == 0);
  std::vector<throttle::ticket> line(4);
  for (auto& p : line) static_cast<void>(acquire(limit, p, 0));
  limit.release(line[1]);
  limit.release(line[1]);
  CHECK_FALSE(line[1].waiting());
  CHECK(acquire(limit, line[3], 1) == 29);
  CHECK(acquire(limit, line[2], 1) == 19);
  throttle::ticket newcomer;
  CHECK(acquire(limit, newcomer, 1) == 39);
  CHECK(acquire(limit, line[0], 10) == 0);
  CHECK(acquire(limit, line[3], 20) == 10);
  CHECK(acquire(limit, line[2], 20) == 0);
  CHECK(acquire(limit, line[3], 30) == 0);
  CHECK(acquire(limit, newcomer, 40) == 0);
}

TEST_CASE("who has left goes to the end of the line when it comes back") {
  const throttle limit = one_in_ten_ms();
  CHECK(ask(limit, 0) == 0);
  throttle::ticket impatient, other;
  CHECK(acquire(limit, impatient, 0) == 10);
  CHECK(acquire(limit, other, 0) == 20);
  limit.release(impatient);
  CHECK(acquire(limit, impatient, 1) == 19);
  CHECK(acquire(limit, other, 1) == 9);
}

TEST_CASE("a ticket that is destroyed is left, wherever it has been moved to") {
  const throttle limit = one_in_ten_ms();
  CHECK(ask(limit, 0) == 0);
  throttle::ticket behind;
  {
    throttle::ticket first;
    CHECK(acquire(limit, first, 0) == 10);
    throttle::ticket moved{std::move(first)};
    throttle::ticket moved_again;
    moved_again = std::move(moved);
    CHECK(acquire(limit, behind, 0) == 20);
    CHECK(limit.waiting() == 2);
    CHECK(acquire(limit, moved_again, 1) == 9);
  }
  CHECK(limit.waiting() == 1);
  CHECK(acquire(limit, behind, 1) == 9);
  behind = throttle::ticket{};
  CHECK(limit.waiting() == 0);
}

TEST_CASE("a ticket outlives the throttle that it waits at") {
  throttle::ticket p;
  {
    const throttle limit = one_in_ten_ms();
    CHECK(ask(limit, 0) == 0);
    CHECK(acquire(limit, p, 0) == 10);
  }
  CHECK(p.waiting());
}

TEST_CASE("a ticket that asks at another location leaves the line of the first") {
  const throttle limit = one_in_ten_ms();
  const throttle other = limit.for_location("b");
  CHECK(ask(limit, 0) == 0);
  CHECK(ask(other, 0) == 0);
  throttle::ticket p;
  CHECK(acquire(limit, p, 0) == 10);
  CHECK(acquire(other, p, 1) == 9);
  CHECK(limit.waiting() == 0);
  CHECK(other.waiting() == 1);
}

TEST_CASE("copies share one budget, and a throttle that was moved from still does") {
  throttle limit = one_in_ten_ms();
  const throttle copy = limit;
  const throttle moved = std::move(limit);
  CHECK(ask(copy, 0) == 0);
  CHECK(ask(moved, 0) == 10);
  CHECK(ask(limit, 0) == 10);
  CHECK(ask(one_in_ten_ms(), 0) == 0);
}

TEST_CASE("each location has a budget of its own, the same for all who name it") {
  const throttle limit = one_in_ten_ms();
  const throttle a = limit.for_location("ve9EPM428h8vShlRW1KT");
  const throttle b = a.for_location("C2QujeCh8ZnC7al2InWR");
  CHECK(ask(a, 0) == 0);
  CHECK(ask(b, 0) == 0);
  CHECK(ask(limit, 0) == 0);
  CHECK(ask(b.for_location("ve9EPM428h8vShlRW1KT"), 0) == 10);
  CHECK(ask(b.for_location(""), 0) == 10);
  a.on_response({}, 429, at(5000), at(1));
  CHECK(ask(a, 20) == 4981);
  CHECK(ask(b, 20) == 0);
}

TEST_CASE("answers correct the budget, with the ticket of their call or without") {
  const throttle limit{ghl::throttle_options{.max = 100, .interval = at(1000), .slack = at(0)}};
  ghl::rate_limit told;
  told.max = 100;
  told.remaining = 0;
  throttle::ticket p;
  CHECK(acquire(limit, p, 0) == 0);
  limit.on_response(p, told, 200, std::nullopt, at(100));
  CHECK(ask(limit, 100) == 900);  // 1 of ours until 1000, 99 of others until 1100

  const throttle without{ghl::throttle_options{.max = 100, .interval = at(1000), .slack = at(0)}};
  CHECK(ask(without, 0) == 0);
  without.on_response(told, 200, std::nullopt, at(100));
  CHECK(ask(without, 100) == 900);

  told.remaining = 98;
  throttle::ticket newer;
  CHECK(acquire(limit, newer, 1000) == 0);
  limit.on_response(newer, told, 200, std::nullopt, at(1050));  // 1 of others: the ticket tells that it is newer
  CHECK(ask(limit, 1050) == 0);
}

TEST_CASE("idle locations are forgotten: a million in turn leave a hundred") {
  const throttle limit{ghl::throttle_options{.max = 1, .interval = at(10), .slack = at(0)}};
  std::size_t most = 0;
  for (int i = 0; i < 1'000'000; ++i) {
    const throttle here = limit.for_location(std::to_string(i));
    static_cast<void>(ask(here, i));
    most = (std::max)(most, limit.locations());
  }
  CHECK(most <= 100);
}

TEST_CASE("a location is kept while somebody refers to it, waits there or has just called") {
  const throttle limit{ghl::throttle_options{.max = 1, .interval = at(1'000), .slack = at(0)}};
  const throttle referred = limit.for_location("referred");
  const auto forget_the_idle = [&](std::int64_t now, const std::string& name) {
    static_cast<void>(ask(limit, now));
    for (int i = 0; i < 300; ++i) static_cast<void>(limit.for_location(name + std::to_string(i)));
  };
  throttle::ticket p;
  CHECK(ask(limit.for_location("called"), 0) == 0);
  CHECK(ask(limit.for_location("waited at"), 0) == 0);
  CHECK(acquire(limit.for_location("waited at"), p, 0) == 1'000);
  CHECK(ask(referred, 0) == 0);
  forget_the_idle(500, "first ");
  CHECK(ask(limit.for_location("called"), 600) == 400);
  forget_the_idle(5'000, "second ");
  CHECK(acquire(limit.for_location("waited at"), p, 5'000) == 0);
  CHECK(ask(referred, 5'000) == 0);
  CHECK(ask(limit.for_location("referred"), 5'001) == 999);
}

namespace {

/// A clock that stands still but for those who wait.
class shared_clock {
 public:
  [[nodiscard]] milliseconds now() const { return at(now_.load()); }
  void wait_until(milliseconds time) {
    for (std::int64_t now = now_; now < time.count() && !now_.compare_exchange_weak(now, time.count());) {
    }
  }

 private:
  std::atomic<std::int64_t> now_{0};
};

}  // namespace

TEST_CASE("8 threads that hammer one throttle start no more calls than it allows, and all of them") {
  struct span_of_time {
    std::int64_t before, after;  // the call was counted somewhere in between
  };
  const throttle limit{ghl::throttle_options{.max = 20, .interval = at(5), .slack = at(0)}};
  constexpr std::size_t calls_each = 500;
  shared_clock clock;
  std::vector<std::vector<span_of_time>> spans(8);
  std::vector<std::thread> threads;
  for (auto& mine : spans)
    threads.emplace_back([&mine, &clock, limit] {
      for (std::size_t i = 0; i < calls_each; ++i) {
        throttle::ticket p;
        for (;;) {
          const milliseconds now = clock.now();
          const milliseconds wait = limit.acquire(p, now);
          if (wait.count() == 0) {
            mine.push_back({.before = now.count(), .after = clock.now().count()});
            break;
          }
          clock.wait_until(at(now.count() + wait.count()));
        }
        if (i % 50 == 7) {  // gives up now and then
          throttle::ticket abandoned;
          static_cast<void>(limit.for_location("x").acquire(abandoned, at(0)));
        }
        limit.on_response(p, {}, 200, std::nullopt, clock.now());
        static_cast<void>(limit.for_location(std::to_string(i)));
      }
    });
  for (auto& t : threads) t.join();
  std::vector<span_of_time> all;
  for (const auto& mine : spans) all.insert(all.end(), mine.begin(), mine.end());
  REQUIRE(all.size() == 8 * calls_each);
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.before < b.before; });
  std::ptrdiff_t most = 0;
  for (const auto& first : all) {
    const std::int64_t end = first.before + 5;
    most = (std::max)(most, std::count_if(all.begin(), all.end(), [&](const auto& call) {
                        return call.before >= first.before && call.after < end;
                      }));
  }
  CHECK(most <= 20);
  CHECK(all.back().after - all.front().before >= (8 * static_cast<std::int64_t>(calls_each) / 20 - 1) * 5);
  CHECK(limit.waiting() == 0);
}

TEST_CASE("8 threads that come one after the other go in that order") {
  const throttle limit = one_in_ten_ms();
  CHECK(ask(limit, 0) == 0);
  std::vector<throttle::ticket> line(8);
  for (auto& p : line) static_cast<void>(acquire(limit, p, 0));
  std::atomic<std::int64_t> now{0};
  std::vector<std::int64_t> went(8);
  std::vector<std::thread> threads;
  for (std::size_t i = 8; i-- > 0;)
    threads.emplace_back([&, i] {
      for (;;) {
        const std::int64_t time = now.load();
        if (acquire(limit, line[i], time) == 0) {
          went[i] = time;
          return;
        }
        std::this_thread::yield();
      }
    });
  for (std::int64_t time = 1; limit.waiting() > 0; ++time) {
    now = time;
    std::this_thread::yield();
  }
  for (auto& t : threads) t.join();
  for (std::size_t i = 1; i < 8; ++i) CHECK(went[i] >= went[i - 1] + 10);
}

// ---- the simulation: an hour and a half here, a day in tests/bench/parts/7-throttle ----

using namespace throttle_simulation;

TEST_CASE("in front of either kind of server, a fleet with one throttle is never refused") {
  const auto wanted = bursty(12'500, 5'400'000, 1);
  for (const window kind : {window::fixed, window::sliding}) {
    const scenario s{.judge = kind};
    const outcome o = run(s, wanted, 7);
    CHECK(o.calls == 12'500);
    CHECK(o.waits.size() == 12'500);
    CHECK(o.refused == 0);
    CHECK(o.wait_of(0.5) == 0);
  }
}

TEST_CASE("without the throttle the same traffic runs into 429") {
  const outcome o = run(scenario{.throttled = false}, bursty(12'500, 5'400'000, 1), 7);
  CHECK(o.refused > 2'500);
}

TEST_CASE("under full load at least 95 % of the limit is used, and nothing is refused") {
  for (const window kind : {window::fixed, window::sliding}) {
    const scenario s{.judge = kind};
    const outcome o = run(s, full_load(5'000), 7);
    CHECK(o.refused == 0);
    CHECK(share_used(s, o) >= 0.95);
    CHECK(share_used(s, o) <= 1.02);  // the last interval is not used to its end
  }
}

TEST_CASE("two processes that know of each other by the headers alone are refused at most 3 % of their calls") {
  const auto wanted = bursty(12'500, 5'400'000, 1);
  for (const window kind : {window::fixed, window::sliding})
    for (const bool tickets_told : {true, false}) {
      const outcome o = run(scenario{.judge = kind, .processes = 2, .tickets_told = tickets_told}, wanted, 7);
      INFO(o.refused);
      CHECK(o.refused <= 375);
    }
}
