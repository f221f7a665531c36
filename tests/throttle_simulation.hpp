/// A day of traffic in front of a server that counts, in virtual time: what tests/unit/throttle.cpp checks in short and
/// tests/bench/parts/7-throttle prints in full. Pure: no clock, no thread, and random numbers from a seed.
#pragma once

#include <ghl/throttle.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <queue>
#include <utility>
#include <vector>

namespace throttle_simulation {

/// SplitMix64.
class random_numbers {
 public:
  explicit random_numbers(std::uint64_t seed) : state_(seed) {}
  /// From 0 to `end` - 1.
  std::int64_t below(std::int64_t end) {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t x = state_;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
    return static_cast<std::int64_t>((x ^ (x >> 31U)) % static_cast<std::uint64_t>(end));
  }

 private:
  std::uint64_t state_;
};

/// How the server counts: from one fixed edge to the next, or over the interval before each call.
enum class window { fixed, sliding };

struct scenario {
  window judge = window::fixed;
  std::size_t processes = 1;  ///< that share the allowance, each with a throttle of its own
  bool throttled = true;
  bool tickets_told = true;     ///< on_response() is told the ticket of the call
  bool retry_after = true;      ///< the server sends Retry-After with 429
  bool headers = true;          ///< and its X-RateLimit headers with each answer
  std::int64_t stragglers = 0;  ///< one call in so many takes up to 2 s longer on its way to the server
  std::int64_t max = 100;
  std::int64_t interval = 10'000;
};

struct outcome {
  std::size_t calls = 0;
  std::size_t refused = 0;
  std::int64_t last_arrival = 0;
  std::vector<std::int64_t> waits;  ///< of each call, sorted, in ms

  [[nodiscard]] std::int64_t wait_of(double part) const {
    return waits[static_cast<std::size_t>(part * static_cast<double>(waits.size() - 1))];
  }
};

/// When calls are wanted, in ms: half of them one by one over the span, the others in bursts of 20 to 400 within 2 s,
/// as batches and webhooks bring them.
inline std::vector<std::int64_t> bursty(std::size_t calls, std::int64_t span, std::uint64_t seed) {
  random_numbers random{seed};
  std::vector<std::int64_t> times;
  times.reserve(calls);
  while (times.size() < calls / 2) times.push_back(random.below(span));
  while (times.size() < calls) {
    const std::int64_t begin = random.below(span);
    const std::int64_t size = 20 + random.below(381);
    for (std::int64_t i = 0; i < size && times.size() < calls; ++i) times.push_back(begin + random.below(2000));
  }
  std::sort(times.begin(), times.end());
  return times;
}

/// More than can go, from the first moment on.
inline std::vector<std::int64_t> full_load(std::size_t calls) { return std::vector<std::int64_t>(calls, 0); }

/// The server: admits, refuses, and tells.
class judge {
 public:
  explicit judge(const scenario& s) : s_(s) {}

  struct answer {
    int status = 200;
    ghl::rate_limit limit;
    std::optional<ghl::milliseconds> retry_after;
  };

  answer call(std::int64_t now) {
    const std::int64_t edge = (now + 3'333) / s_.interval;  // not where the traffic begins
    if (s_.judge == window::fixed && edge != edge_) {
      admitted_.clear();
      edge_ = edge;
    }
    while (s_.judge == window::sliding && !admitted_.empty() && admitted_.front() <= now - s_.interval)
      admitted_.pop_front();
    answer a;
    if (static_cast<std::int64_t>(admitted_.size()) < s_.max) {
      admitted_.push_back(now);
    } else {
      a.status = 429;
      const std::int64_t until =
          s_.judge == window::fixed ? (edge + 1) * s_.interval - 3'333 : admitted_.front() + s_.interval;
      if (s_.retry_after) a.retry_after = ghl::milliseconds{(until - now + 999) / 1000 * 1000};
    }
    if (s_.headers) {
      a.limit.max = s_.max;
      a.limit.interval_ms = s_.interval;
      a.limit.remaining = s_.max - static_cast<std::int64_t>(admitted_.size());
    }
    return a;
  }

 private:
  const scenario& s_;
  std::deque<std::int64_t> admitted_;
  std::int64_t edge_ = -1;
};

/// Lets the calls that are `wanted` run, in turn by the processes. A call that is refused is counted and is over.
/// The way to the server takes 20 to 219 ms, the way back as much.
inline outcome run(const scenario& s, const std::vector<std::int64_t>& wanted, std::uint64_t seed) {
  enum kind { wants, arrives, answered };
  struct event {
    std::int64_t time;
    std::uint64_t order;
    kind what;
    std::size_t call;
    bool operator<(const event& other) const { return time != other.time ? time > other.time : order > other.order; }
  };
  random_numbers random{seed};
  judge server{s};
  std::vector<ghl::throttle> throttles;
  for (std::size_t i = 0; i < s.processes; ++i)
    throttles.emplace_back(ghl::throttle_options{.max = s.max, .interval = ghl::milliseconds{s.interval}});
  std::vector<ghl::throttle::ticket> tickets(wanted.size());
  std::vector<judge::answer> answers(wanted.size());
  outcome o;
  o.calls = wanted.size();
  std::priority_queue<event> events;
  std::uint64_t order = 0;
  const auto after = [&](std::int64_t time, kind what, std::size_t call) { events.push({time, order++, what, call}); };
  std::size_t next = 0;

  while (next < wanted.size() || !events.empty()) {
    if (next < wanted.size() && (events.empty() || wanted[next] <= events.top().time)) {
      after(wanted[next], wants, next);
      ++next;
      continue;
    }
    const event e = events.top();
    events.pop();
    const ghl::throttle& limit = throttles[e.call % s.processes];
    const ghl::milliseconds now{e.time};
    switch (e.what) {
      case wants: {
        const std::int64_t wait = s.throttled ? limit.acquire(tickets[e.call], now).count() : 0;
        if (wait > 0) {
          after(e.time + wait, wants, e.call);
          break;
        }
        o.waits.push_back(e.time - wanted[e.call]);
        const bool straggles = s.stragglers > 0 && random.below(s.stragglers) == 0;
        after(e.time + 20 + random.below(200) + (straggles ? random.below(2000) : 0), arrives, e.call);
        break;
      }
      case arrives:
        answers[e.call] = server.call(e.time);
        o.last_arrival = e.time;
        if (answers[e.call].status == 429) ++o.refused;
        after(e.time + 20 + random.below(200), answered, e.call);
        break;
      case answered: {
        const judge::answer& a = answers[e.call];
        if (s.tickets_told) limit.on_response(tickets[e.call], a.limit, a.status, a.retry_after, now);
        else limit.on_response(a.limit, a.status, a.retry_after, now);
        break;
      }
    }
  }
  std::sort(o.waits.begin(), o.waits.end());
  return o;
}

/// How much of what the server would have admitted was used, from the first call to the last: 1 is all.
inline double share_used(const scenario& s, const outcome& o) {
  return static_cast<double>(o.calls - o.refused) /
         (static_cast<double>(o.last_arrival) / static_cast<double>(s.interval) * static_cast<double>(s.max));
}

}  // namespace throttle_simulation
