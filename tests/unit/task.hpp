/// A coroutine task of the kind that users have: it starts when it is awaited, and resumes whoever awaited it.
#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

template <class T>
class task;

namespace task_parts {

struct promise_base {
  std::exception_ptr thrown{};
  std::coroutine_handle<> awaiting = std::noop_coroutine();

  std::suspend_always initial_suspend() noexcept { return {}; }
  auto final_suspend() noexcept {
    struct resume_awaiting {
      std::coroutine_handle<> awaiting;
      bool await_ready() noexcept { return false; }
      std::coroutine_handle<> await_suspend(std::coroutine_handle<>) noexcept { return awaiting; }
      void await_resume() noexcept {}
    };
    return resume_awaiting{awaiting};
  }
  void unhandled_exception() { thrown = std::current_exception(); }
  void rethrow() const {
    if (thrown) std::rethrow_exception(thrown);
  }
};

template <class T>
struct promise : promise_base {
  std::optional<T> value{};

  task<T> get_return_object() { return task<T>{std::coroutine_handle<promise>::from_promise(*this)}; }
  void return_value(T v) { value.emplace(std::move(v)); }
  T taken() {
    rethrow();
    return *std::move(value);
  }
};
/// For a transport's wait().
template <>
struct promise<void> : promise_base {
  task<void> get_return_object();
  void return_void() noexcept {}
  void taken() const { rethrow(); }
};

}  // namespace task_parts

template <class T>
class task {
 public:
  using promise_type = task_parts::promise<T>;

  explicit task(std::coroutine_handle<promise_type> self) : self_(self) {}
  task(task&& other) noexcept : self_(std::exchange(other.self_, {})) {}
  task& operator=(task&&) = delete;
  ~task() {
    if (self_) self_.destroy();
  }

  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> awaiting) noexcept {
    self_.promise().awaiting = awaiting;
    return self_;
  }
  T await_resume() { return taken(); }

  /// Runs until the first real wait; whether the task is done then.
  bool start() {
    self_.resume();
    return self_.done();
  }
  [[nodiscard]] bool done() const { return self_.done(); }
  T taken() { return self_.promise().taken(); }

 private:
  std::coroutine_handle<promise_type> self_;
};

inline task<void> task_parts::promise<void>::get_return_object() {
  return task<void>{std::coroutine_handle<promise>::from_promise(*this)};
}
