/// What a script throws, and what becomes of its failures.
#pragma once

#include <ghl/detail/language.hpp>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

namespace ghl { inline namespace v0 {

namespace testing {

/// Thrown when the requests differ from the script and no on_failure() is set; what() says how. A std::logic_error,
/// since the test or the code under test is wrong.
class script_failure : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// A request came that the script did not expect at this point, or not like this.
class unexpected_request : public script_failure {
 public:
  using script_failure::script_failure;
};

}  // namespace testing

namespace detail {

/// What a failure becomes where no on_failure() is set: an exception, or in a unit without exceptions the end. A script
/// gets the way of the unit that makes it, whatever the other units of the program are.
struct script_failing {
  void (*unexpected)(const std::string&);
  void (*other)(const std::string&);
};
[[noreturn]] inline void die_of_script(const std::string& text) noexcept {
  static_cast<void>(std::fputs((text + "\n").c_str(), stderr));
  std::abort();
}
#if defined(__cpp_exceptions)
struct script_throws {
  template <class Exception>
  [[noreturn]] static void raise(const std::string& text) { throw Exception{text}; }
  static script_failing ways() noexcept {
    return {&raise<testing::unexpected_request>, &raise<testing::script_failure>};
  }
};
using script_fails = script_throws;
#else
struct script_aborts {
  static script_failing ways() noexcept { return {&die_of_script, &die_of_script}; }
};
using script_fails = script_aborts;
#endif

}  // namespace detail
}}  // namespace ghl::v0
