/// When a call of ghl::httplib_transport has to end: its timeout, and whoever asks to stop it.
#pragma once

#include <ghl/value/fault.hpp>
#include <ghl/value/milliseconds.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace ghl { inline namespace v0 { namespace detail {

/// Purpose: what every wait of a call asks. There is no thread that watches: the call never waits for longer than this
/// says, so it is itself the one that notices.
/// Lifetime: refers to the stop token that it was made of.
class httplib_bounds {
 public:
  using clock = std::chrono::steady_clock;

  /// `timeout` from now; zero or less, or more than a century: none.
  template <class Stop>
  httplib_bounds(milliseconds timeout, const Stop& stop, bool can_stop)
      : end_(after(timeout)),
        stop_(&stop),
        asks_(can_stop ? &ask<Stop> : nullptr) {}

  static clock::time_point after(milliseconds span) {
    constexpr std::int64_t century = 3'155'760'000'000;
    if (span.count() <= 0 || span.count() > century) return never();
    return clock::now() + std::chrono::milliseconds{span.count()};
  }
  static constexpr clock::time_point never() { return (clock::time_point::max)(); }

  [[nodiscard]] clock::time_point end() const { return end_; }
  /// cancelled, timeout, or none: the call may go on.
  [[nodiscard]] fault over() const { return over(end_); }
  [[nodiscard]] fault over(clock::time_point end) const {
    if (asks_ != nullptr && asks_(stop_)) return fault::cancelled;
    return end != never() && clock::now() >= end ? fault::timeout : fault::none;
  }
  /// How long the next wait may be, rounded up so that it does not end before its time. A token cannot wake anybody,
  /// so it is looked at each 10 ms.
  [[nodiscard]] int longest_wait(clock::time_point end) const {
    constexpr std::int64_t at_once = 60'000;
    std::int64_t left = at_once;
    if (end != never()) left = std::chrono::ceil<std::chrono::milliseconds>(end - clock::now()).count();
    return static_cast<int>(std::clamp<std::int64_t>(left, 1, asks_ != nullptr ? 10 : at_once));
  }

 private:
  template <class Stop>
  static bool ask(const void* stop) {
    return static_cast<bool>(static_cast<const Stop*>(stop)->stop_requested());
  }

  clock::time_point end_;
  const void* stop_;
  bool (*asks_)(const void*);
};

}}}  // namespace ghl::v0::detail
