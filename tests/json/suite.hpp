/// The conformance suite in Catch2: each check is a section. The file that includes this defines `policy`, the JSON
/// policy under test, and `known_failures`, the names of the checks that it is known to fail.
#pragma once

#include "../catch.hpp"

#include <ghl/testing/json_suite.hpp>

#include <algorithm>
#include <string_view>

TEST_CASE("the conformance suite") {
  static const ghl::testing::report checks = ghl::testing::json_suite(policy{});
  for (const ghl::testing::check_result& c : checks) {
    const bool known = std::find(known_failures.begin(), known_failures.end(), c.name) != known_failures.end();
    DYNAMIC_SECTION(c.name) {
      INFO((known ? "known to fail, and does not: take it out of the list" : c.reason));
      CHECK(c.passed != known);
    }
  }
}

TEST_CASE("every known failure is that of a check") {
  static const ghl::testing::report checks = ghl::testing::json_suite(policy{});
  for (const std::string_view name : known_failures) {
    INFO(name);
    CHECK(find(checks, name) != nullptr);
  }
  CHECK(checks.size() == 68);
}
