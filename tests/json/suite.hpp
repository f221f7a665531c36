/// The conformance suite in Catch2: each check is a section. The file that includes this defines `policy`, the JSON
/// policy under test.
#pragma once

#include "../catch.hpp"

#include <ghl/testing/json_suite.hpp>

TEST_CASE("the conformance suite") {
  static const ghl::testing::report checks = ghl::testing::json_suite(policy{});
  for (const ghl::testing::check_result& c : checks) {
    DYNAMIC_SECTION(c.name) {
      INFO(c.reason);
      CHECK(c.passed);
      CHECK(!c.not_run());
    }
  }
  CHECK(checks.size() == 87);
}
