/// What a conformance suite reports: named checks, each passed, failed with a reason, or not run.
#pragma once

#include <ghl/detail/text.hpp>

#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace testing {

/// Purpose: the outcome of one check. `name` is a sentence about what a policy does, and stays the same from release
/// to release. `reason` says what was seen instead; for a check that was not run it begins with "not run: " and
/// `passed` is true.
/// Thread safety: a value.
struct check_result {
  std::string name;
  bool passed;
  std::string reason;

  [[nodiscard]] bool not_run() const noexcept { return passed && reason.starts_with("not run: "); }
  friend bool operator==(const check_result&, const check_result&) = default;
};

/// All outcomes of a suite, in the order in which the checks ran.
using report = std::vector<check_result>;

/// How many checks failed: what a main function may return. Checks that were not run do not count.
[[nodiscard]] inline std::size_t failed(const report& checks) noexcept {
  std::size_t n = 0;
  for (const check_result& c : checks) n += c.passed ? 0U : 1U;
  return n;
}

/// How many checks were not run.
[[nodiscard]] inline std::size_t not_run(const report& checks) noexcept {
  std::size_t n = 0;
  for (const check_result& c : checks) n += c.not_run() ? 1U : 0U;
  return n;
}

/// The outcome of the check with this name, or null.
[[nodiscard]] inline const check_result* find(const report& checks, std::string_view name) noexcept {
  for (const check_result& c : checks)
    if (c.name == name) return &c;
  return nullptr;
}

/// The report for people: a line for each check that failed or was not run, and the counts at the end. Control
/// characters in reasons become blanks.
[[nodiscard]] inline std::string to_text(const report& checks) {
  std::string out;
  for (const check_result& c : checks) {
    if (c.passed && !c.not_run()) continue;
    out.append(c.passed ? "-      " : "FAILED ").append(c.name).append(": ");
    detail::append_printable(out, c.reason);
    out.push_back('\n');
  }
  const std::size_t bad = failed(checks);
  const std::size_t left = not_run(checks);
  out.append(std::to_string(checks.size() - bad - left)).append(" passed, ");
  out.append(std::to_string(bad)).append(" failed, ");
  out.append(std::to_string(left)).append(" not run\n");
  return out;
}

/// For the authors of suites: one check while it runs. The first demand that is not met is the one reported.
/// Example: `c.demand(status == 201, "status " + std::to_string(status) + " instead of 201");`
class check {
 public:
  /// Returns `good`, so that a check can stop where continuing makes no sense.
  bool demand(bool good, std::string_view otherwise) {
    if (!good) fail(otherwise);
    return good;
  }
  /// As above; `otherwise` is a callable that makes the sentence only if it is needed.
  template <class Sentence>
    requires requires(Sentence& s) { std::string{s()}; }
  bool demand(bool good, Sentence otherwise) {
    if (!good && reason_.empty()) fail(otherwise());
    return good;
  }
  void fail(std::string_view reason) {
    if (reason_.empty()) reason_ = reason.empty() ? "no reason given" : reason;
  }
  /// The check does not apply to this policy. A failure before this call still counts.
  void skip(std::string_view why) { skipped_ = why; }

  [[nodiscard]] bool passed() const noexcept { return reason_.empty(); }
  [[nodiscard]] check_result result(std::string_view name) && {
    if (!reason_.empty()) return {std::string{name}, false, std::move(reason_)};
    if (!skipped_.empty()) return {std::string{name}, true, "not run: " + skipped_};
    return {std::string{name}, true, {}};
  }

 private:
  std::string reason_;
  std::string skipped_;
};

/// For the authors of suites: runs `body(check&)` and adds its outcome. An exception from the body is a failure.
template <class Body>
void run_check(report& to, std::string_view name, Body&& body) {
  check c;
#if defined(__cpp_exceptions)
  try {
    std::forward<Body>(body)(c);
  } catch (const std::exception& e) {
    c.fail(std::string{"an exception came out: "} + e.what());
  } catch (...) {
    c.fail("an exception came out");
  }
#else
  std::forward<Body>(body)(c);
#endif
  to.push_back(std::move(c).result(name));
}

}}}  // namespace ghl::v0::testing
