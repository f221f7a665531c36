/// What becomes of an attempt whose transport throws.
#pragma once

#include <ghl/runner/clock.hpp>

#include <exception>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

// An observer must not throw while something else is thrown. The two have different names, so that units with and
// without exceptions can be linked into one program.
#if defined(__cpp_exceptions)
struct with_exceptions {
  template <class F>
  static void quietly(F&& f) noexcept {
    try {
      f();
    } catch (...) {
    }
  }
};
using exception_mode = with_exceptions;
#else
struct without_exceptions {
  template <class F>
  static void quietly(F&&) noexcept {}  // nothing is thrown
};
using exception_mode = without_exceptions;
#endif

/// An operation that wants to know when a transport has thrown: one with observers.
template <class Operation>
concept watches_throws = requires { requires Operation::is_observed; };

/// Whether an attempt is under way; of two copies the first one knows.
class open_attempt {
 public:
  open_attempt() = default;
  explicit open_attempt(std::in_place_t) noexcept : exceptions_(std::uncaught_exceptions()) {}
  open_attempt(const open_attempt&) noexcept {}
  open_attempt(open_attempt&& other) noexcept : exceptions_(std::exchange(other.exceptions_, none)) {}
  open_attempt& operator=(const open_attempt&) = delete;
  open_attempt& operator=(open_attempt&&) = delete;
  ~open_attempt() = default;

  void close() noexcept { exceptions_ = none; }
  /// Asked by a destructor: something is thrown.
  [[nodiscard]] bool ends_by_throw() const noexcept {
    return exceptions_ != none && std::uncaught_exceptions() > exceptions_;
  }

 private:
  static constexpr int none = -1;
  int exceptions_ = none;
};

/// The same where nobody wants to know.
struct no_attempt {
  explicit no_attempt(std::in_place_t) noexcept {}
  static void close() noexcept {}
};

/// For as long as a transport is asked: what it throws passes through, and the observers of the operation are told.
template <class Operation, class Mode = exception_mode>
class asked_transport {
 public:
  explicit asked_transport(Operation& operation) noexcept : operation_(operation) {}
  asked_transport(const asked_transport&) = delete;
  asked_transport& operator=(const asked_transport&) = delete;
  ~asked_transport() {
    if (open_.ends_by_throw())
      Mode::quietly([&] { operation_.thrown(sample<typename Operation::clock>()); });
  }
  void close() noexcept { open_.close(); }

 private:
  Operation& operation_;
  open_attempt open_{std::in_place};
};
/// Nobody wants to know.
template <class Operation, class Mode>
  requires(!watches_throws<Operation>)
class asked_transport<Operation, Mode> {
 public:
  explicit asked_transport(Operation&) noexcept {}
  static void close() noexcept {}
};

}}}  // namespace ghl::v0::detail
