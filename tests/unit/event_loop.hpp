/// An event loop with one thread and a clock of its own, which nobody has to wait for.
#pragma once

#include <ghl/value/milliseconds.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

class event_loop {
 public:
  [[nodiscard]] ghl::milliseconds now() const { return ghl::milliseconds{now_}; }
  /// How often somebody waited for a time to pass.
  [[nodiscard]] std::size_t waits() const { return waits_; }

  void post(std::function<void()> what) { jobs_.push_back({now_, std::move(what)}); }
  void post_after(ghl::milliseconds span, std::function<void()> what) {
    ++waits_;
    jobs_.push_back({now_ + span.count(), std::move(what)});
  }
  /// A wait within a job, or without one.
  void pass(ghl::milliseconds span) {
    ++waits_;
    now_ += span.count();
  }
  /// Up to the last job, those that come up meanwhile included. The clock goes on to the time of each.
  void run() {
    while (!jobs_.empty()) {
      const auto next = std::min_element(jobs_.begin(), jobs_.end(),
                                         [](const job& a, const job& b) { return a.time < b.time; });
      const job run_now = std::move(*next);
      jobs_.erase(next);
      now_ = (std::max)(now_, run_now.time);
      run_now.what();
    }
  }

 private:
  struct job {
    std::int64_t time;
    std::function<void()> what;
  };
  std::vector<job> jobs_;
  std::int64_t now_ = 0;
  std::size_t waits_ = 0;
};
