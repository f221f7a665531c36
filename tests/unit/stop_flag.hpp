/// Stop tokens of the user's own.
#pragma once

#include <memory>

/// Stopped as soon as the variable says so.
struct flag {
  const bool* stopped;
  bool stop_requested() const noexcept { return *stopped; }
};

/// Stopped from the n-th time on that it is asked.
struct stops_later {
  std::shared_ptr<int> asked = std::make_shared<int>(0);
  int from;
  bool stop_requested() const { return ++*asked >= from; }
};
