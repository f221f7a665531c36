/// Where result::value() ends on an error: an exception, or, in a program without exceptions, the end.
#pragma once

#include <ghl/value/error.hpp>

#if defined(__cpp_exceptions)
#include <exception>
#include <string>
#include <utility>
#else
#include <cstdlib>
#endif

namespace ghl { inline namespace v0 {

#if defined(__cpp_exceptions)
/// Thrown by result::value() on an error; carries a copy of it. Nothing else in ghl throws of its own accord.
class bad_result_access : public std::exception {
 public:
  explicit bad_result_access(ghl::error e) : error_(std::move(e)), text_(error_.message()) {}
  [[nodiscard]] const char* what() const noexcept override { return text_.c_str(); }
  [[nodiscard]] const ghl::error& error() const noexcept { return error_; }

 private:
  ghl::error error_;
  std::string text_;
};
#endif

namespace detail {

// Where result::value() ends on an error. The two have different names, and value() is a template over them, so that
// units with and without exceptions can be linked into one program.
#if defined(__cpp_exceptions)
struct throws_on_error {
  [[noreturn]] static void refuse(const error& e) { throw bad_result_access{e}; }
};
using value_on_error = throws_on_error;
#else
struct aborts_on_error {
  [[noreturn]] static void refuse(const error&) { std::abort(); }
};
using value_on_error = aborts_on_error;
#endif

}  // namespace detail
}}  // namespace ghl::v0
