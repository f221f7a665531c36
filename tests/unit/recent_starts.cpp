// The starts that a budget remembers, against a list of all of them and a count by hand.
#include <catch.hpp>
#include <ghl/options/recent_starts.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace {

/// The most of `times` in any span that ends at `since` or later, each looked at.
std::int64_t most_by_hand(const std::vector<std::int64_t>& times, std::int64_t since, std::int64_t span) {
  const auto in_span_before = [&](std::int64_t end) {
    return std::count_if(times.begin(), times.end(), [&](std::int64_t t) { return t > end - span && t <= end; });
  };
  std::int64_t most = in_span_before(since);
  for (const std::int64_t t : times)
    if (t > since) most = (std::max)(most, std::int64_t{in_span_before(t)});
  return most;
}

}  // namespace

TEST_CASE("the busiest interval since a time is the one that is found by looking at each") {
  std::mt19937 random{20261127};
  const auto below = [&](int n) { return static_cast<std::int64_t>(random() % static_cast<unsigned>(n)); };
  for (int round = 0; round < 40; ++round) {
    ghl::detail::recent_starts starts;
    std::vector<std::int64_t> all;
    const std::size_t capacity = 1 + random() % 70;
    const std::int64_t beginning = below(2) == 0 ? 0 : -(std::int64_t{1} << 60);
    std::int64_t now = beginning;
    std::int64_t span = 1 + below(300);
    for (int step = 0; step < 400; ++step) {
      if (below(90) == 0) span = 1 + below(300);  // an answer has told of another interval
      if (below(3) == 0) now += below(40);
      const std::int64_t time = now - below(3);  // a clock that was read before a lock was had may be behind
      starts.add(time, capacity);
      all.push_back(all.empty() ? time : (std::max)(all.back(), time));
      // Only where all that the windows need is still known.
      if (below(4) != 0) continue;
      const std::vector<std::int64_t> known{all.end() - static_cast<std::ptrdiff_t>(starts.size()), all.end()};
      REQUIRE(known.back() == starts.newest());
      const std::int64_t since = now - below(500);
      INFO("round " << round << ", step " << step << ", " << starts.size() << " starts, span " << span);
      if (known.front() <= since - span || starts.size() == all.size())
        REQUIRE(starts.most_together(since, span) == most_by_hand(known, since, span));
    }
  }
}

TEST_CASE("as many starts are remembered as were asked for, rounded up to a power of two, and the oldest go first") {
  ghl::detail::recent_starts starts;
  for (std::int64_t t = 0; t < 1000; ++t) starts.add(t, 200);
  CHECK(starts.size() == 256);
  CHECK(starts.at(0) == 744);
  CHECK(starts.newest() == 999);
  CHECK(starts.used_since(743, 256));
  CHECK_FALSE(starts.used_since(744, 256));
  CHECK_FALSE(starts.used_since(0, 257));
  CHECK(starts.used_since(999, 0));
}
