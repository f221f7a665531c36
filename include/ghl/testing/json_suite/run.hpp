/// Which checks of the JSON suite are run, and what becomes of those that are named as limits.
#pragma once

#include <ghl/testing/check.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace testing {

struct json_suite_options {
  /// Checks that the policy is known not to pass, because its library can't: they are not run, and reported as such.
  std::vector<known_limit> known_limits{};
  std::string only{};  ///< the name of one check to run; empty: all of them
};

namespace json {

/// Runs checks into a report, as the options have it.
class checks {
 public:
  explicit checks(report& to, json_suite_options options = {}) : to_(to), options_(std::move(options)) {}

  template <class Body>
  void run(std::string_view name, Body&& body) {
    names_.emplace_back(name);
    if (!options_.only.empty() && options_.only != name) return;
    const auto known = std::ranges::find(options_.known_limits, name, &known_limit::check);
    testing::run_check(to_, name, [&](check& c) {
      if (known != options_.known_limits.end()) c.skip("a known limit: " + known->reason);
      else std::forward<Body>(body)(c);
    });
  }

  /// Tells of names in the options that no check has.
  void end() {
    std::vector<std::string> named;
    if (!options_.only.empty()) named.push_back(options_.only);
    for (const known_limit& limit : options_.known_limits) named.push_back(limit.check);
    for (const std::string& name : named)
      if (std::ranges::find(names_, name) == names_.end())
        to_.push_back({name, false, "no check has this name; see json_suite_options"});
  }

 private:
  report& to_;
  json_suite_options options_;
  std::vector<std::string> names_{};
};

template <class Body>
void run_check(checks& to, std::string_view name, Body&& body) {
  to.run(name, std::forward<Body>(body));
}

}  // namespace json
}}}  // namespace ghl::v0::testing
