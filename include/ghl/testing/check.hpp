/// What a conformance suite reports: named checks, each passed, failed with a reason, or not run.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/detail/text.hpp>

#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace testing {

/// Purpose: the outcome of one check. `name` is a sentence about what a policy does, and stays the same from release
/// to release. `reason` says what should have been, what was seen instead, and what to do; for a check that was not run
/// it begins with "not run: " and `passed` is true.
/// Thread safety: a value.
struct check_result {
  std::string name;
  bool passed;
  std::string reason;
  std::string remedy{};  ///< the end of `reason`: what to do; empty where the suite knows nothing to do, or all is well

  [[nodiscard]] bool not_run() const noexcept { return passed && reason.starts_with("not run: "); }
  friend bool operator==(const check_result&, const check_result&) = default;
};

/// All outcomes of a suite, in the order in which the checks ran.
using report = std::vector<check_result>;

/// A check that a policy is known not to pass: it is reported as not run, with the reason.
struct known_limit {
  std::string check;   ///< its name, as the report has it
  std::string reason;  ///< why, for people: "cpp-httplib before 0.20 cannot bound the time in which headers come"
};

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

/// One outcome for people, as a line: "ok     NAME", "FAILED NAME: REASON" or "-      NAME: not run: WHY". Control
/// characters in reasons become blanks.
[[nodiscard]] inline std::string to_text(const check_result& c) {
  std::string out{!c.passed ? "FAILED " : c.not_run() ? "-      " : "ok     "};
  out.append(c.name);
  if (!c.reason.empty()) detail::append_printable(out.append(": "), c.reason);
  out.push_back('\n');
  return out;
}

/// The counts of a report, as a line.
[[nodiscard]] inline std::string counts(const report& checks) {
  std::string out;
  const std::size_t bad = failed(checks);
  const std::size_t left = not_run(checks);
  out.append(std::to_string(checks.size() - bad - left)).append(" passed, ");
  out.append(std::to_string(bad)).append(" failed, ");
  out.append(std::to_string(left)).append(" not run\n");
  return out;
}

/// The report for people: a line for each check that failed or was not run, and the counts at the end.
[[nodiscard]] inline std::string to_text(const report& checks) {
  std::string out;
  for (const check_result& c : checks)
    if (!c.passed || c.not_run()) out.append(to_text(c));
  return out.append(counts(checks));
}

/// For the authors of suites: one check while it runs. The first demand that is not met is the one reported.
/// Example: `c.demand(status == 201, "status " + std::to_string(status) + " instead of 201");`
class check {
 public:
  /// What to do when it fails, where the demand that is not met does not know it better.
  void when_it_fails(std::string_view remedy) { usual_remedy_ = remedy; }
  /// Returns `good`, so that a check can stop where continuing makes no sense.
  bool demand(bool good, std::string_view otherwise, std::string_view remedy = {}) {
    if (!good) fail(otherwise, remedy);
    return good;
  }
  /// As above; `otherwise` is a callable that makes the sentence only if it is needed.
  template <class Sentence>
    requires requires(Sentence& s) { std::string{s()}; }
  bool demand(bool good, Sentence otherwise, std::string_view remedy = {}) {
    if (!good && reason_.empty()) fail(otherwise(), remedy);
    return good;
  }
  void fail(std::string_view reason, std::string_view remedy = {}) {
    if (reason_.empty()) fail_instead(reason, remedy);
  }
  /// What was found before came of this, and is not reported.
  void fail_instead(std::string_view reason, std::string_view remedy = {}) {
    reason_ = reason.empty() ? "no reason given" : reason;
    remedy_ = remedy.empty() ? usual_remedy_ : remedy;
  }
  /// The check does not apply to this policy. A failure before this call still counts.
  void skip(std::string_view why) { skipped_ = why; }

  [[nodiscard]] bool passed() const noexcept { return reason_.empty(); }
  [[nodiscard]] check_result result(std::string_view name) && {
    if (!reason_.empty()) {
      if (!remedy_.empty()) reason_.append(": ").append(remedy_);
      return {std::string{name}, false, std::move(reason_), std::move(remedy_)};
    }
    if (!skipped_.empty()) return {std::string{name}, true, "not run: " + skipped_};
    return {std::string{name}, true, {}};
  }

 private:
  std::string usual_remedy_;
  std::string reason_;
  std::string remedy_;
  std::string skipped_;
};

/// For the authors of suites: runs `body(check&)` and adds its outcome. An exception from the body is a failure.
/// `remedy`: what to do when it fails.
template <class Body>
void run_check(report& to, std::string_view name, Body&& body, std::string_view remedy = {}) {
  check c;
  c.when_it_fails(remedy);
#if defined(__cpp_exceptions)
  try {
    std::forward<Body>(body)(c);
  } catch (const std::exception& e) {
    c.fail(std::string{"an exception came out: "} + e.what(), "catch it where it comes from, and return an error");
  } catch (...) {
    c.fail("an exception came out", "catch it where it comes from, and return an error");
  }
#else
  std::forward<Body>(body)(c);
#endif
  to.push_back(std::move(c).result(name));
}

}}}  // namespace ghl::v0::testing
