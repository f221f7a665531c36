/// The report of a suite as Catch2 sees it: a section for each check.
#pragma once

#include "../catch.hpp"

#include <ghl/testing/check.hpp>

inline void expect_passed(const ghl::testing::report& report) {
  for (const ghl::testing::check_result& check : report) {
    DYNAMIC_SECTION(check.name) {
      INFO(check.reason);
      CHECK(check.passed);
    }
  }
}
