// A day of traffic in virtual time, and what one acquire() costs. Prints fields with tabs between them; the script beside
// makes rows of them.
//   program day|full fixed|sliding PROCESSES throttled|bare STRAGGLERS
//     calls, refused, share of the allowance, median and 99 % wait in ms
//   program acquire free|line CALLS
//     nanoseconds and allocations of an acquire(); callgrind counts measured_acquire
//   program learn MAX CALLS
//     nanoseconds and allocations of what a throttle does with an answer under its lock, while others use half of MAX
#include <ghl/runner/clock.hpp>
#include <ghl/throttle.hpp>
#include <throttle_simulation.hpp>

#include "../1-calls/counting.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

int simulate(char** arguments) {
  using namespace throttle_simulation;
  const std::string_view load = arguments[1];
  scenario s;
  s.judge = std::string_view{arguments[2]} == "fixed" ? window::fixed : window::sliding;
  s.processes = static_cast<std::size_t>(std::atoi(arguments[3]));
  s.throttled = std::string_view{arguments[4]} == "throttled";
  s.stragglers = std::atoi(arguments[5]);
  const outcome o = run(s, load == "day" ? bursty(200'000, 86'400'000, 1) : full_load(50'000), 7);
  std::printf("%zu\t%zu\t%.3f\t%lld\t%lld\n", o.calls, o.refused, share_used(s, o),
              static_cast<long long>(o.wait_of(0.5)), static_cast<long long>(o.wait_of(0.99)));
  return 0;
}

}  // namespace

// Not inlined, so that callgrind finds it by its name.
[[gnu::noinline]] std::int64_t measured_acquire(const ghl::throttle& limit, ghl::throttle::ticket& p, std::int64_t now) {
  return limit.acquire(p, ghl::milliseconds{now}).count();
}

namespace {

int acquire(std::string_view what, int calls) {
  const ghl::throttle limit;
  std::int64_t now = 0;
  std::vector<ghl::throttle::ticket> line(1000);
  for (int i = 0; i < 1000; ++i) {  // so that the budget has all the memory that it will ever want
    ghl::throttle::ticket p;
    static_cast<void>(limit.acquire(p, ghl::milliseconds{now += 103}));
  }
  if (what == "line") {
    for (int i = 0; i < 100; ++i) static_cast<void>(limit.acquire(line[0], ghl::milliseconds{now}));
    for (auto& p : line) static_cast<void>(limit.acquire(p, ghl::milliseconds{now}));
  }
  const unsigned long allocated = allocations;
  const std::int64_t begin = ghl::detail::monotonic_ns();
  std::int64_t sum = 0;
  for (int i = 0; i < calls; ++i) {
    if (what == "line") {
      sum += measured_acquire(limit, line[static_cast<std::size_t>(i) % 1000], now);
    } else {
      ghl::throttle::ticket p;
      sum += measured_acquire(limit, p, now += 103);
    }
  }
  const std::int64_t spent = ghl::detail::monotonic_ns() - begin;
  if ((what == "free") != (sum == 0)) {
    std::fputs("the calls did not go as they should\n", stderr);
    return 1;
  }
  std::printf("%.1f\t%lu\n", static_cast<double>(spent) / calls, allocations - allocated);
  return 0;
}

/// Half of the allowance is started here, and each answer tells that all of it is used: none is taken on trust.
int learn(std::int64_t max, int calls) {
  const ghl::throttle_options options{.max = max};
  const ghl::rate_limit spent{.max = max, .remaining = 0, .interval_ms = options.interval.count()};
  ghl::budget budget{options};
  std::int64_t spent_ns = 0;
  unsigned long allocated = 0;
  for (std::int64_t i = 0; i < 2 * max + calls; ++i) {
    const std::int64_t now = i * 2 * options.interval.count() / max;
    budget.start(ghl::milliseconds{now});
    if (i < 2 * max) continue;  // until it has all the memory that it will ever want
    const unsigned long before = allocations;
    const std::int64_t begin = ghl::detail::monotonic_ns();
    budget.on_response(spent, 200, {}, ghl::milliseconds{now - 9'000}, ghl::milliseconds{now});
    spent_ns += ghl::detail::monotonic_ns() - begin;
    allocated += allocations - before;
  }
  std::printf("%.1f\t%lu\n", static_cast<double>(spent_ns) / calls, allocated);
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  if (count == 6) return simulate(arguments);
  if (count == 4 && std::string_view{arguments[1]} == "learn")
    return learn(std::atoi(arguments[2]), std::atoi(arguments[3]));
  if (count == 4) return acquire(arguments[2], std::atoi(arguments[3]));
  return 2;
}
