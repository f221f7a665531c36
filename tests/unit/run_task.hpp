/// A task from its beginning to its end.
#pragma once

#include "../catch.hpp"

/// What a task gives that never really waits.
template <class Task>
auto run(Task t) {
  REQUIRE(t.start());
  return t.taken();
}
