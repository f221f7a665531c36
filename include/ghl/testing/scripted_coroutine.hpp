/// A scripted transport for coroutines of any task type.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/value/http.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/stop.hpp>
#include <ghl/testing/script.hpp>
#include <ghl/testing/scripted_delivery.hpp>
#include <ghl/testing/scripted_state.hpp>

#include <coroutine>
#include <cstdint>
#include <memory>
#include <utility>

namespace ghl { inline namespace v0 {

namespace detail {

/// The awaiter in which a coroutine is suspended until script::deliver().
class script_gate {
 public:
  explicit script_gate(std::shared_ptr<script_state> of) : of_(std::move(of)) {}
  script_gate(const script_gate&) = delete;
  script_gate& operator=(const script_gate&) = delete;
  ~script_gate() {
    if (id_ != 0) of_->take_back(id_);  // the task was destroyed while it waited
  }

  [[nodiscard]] bool await_ready() const { return !of_->holds(); }
  void await_suspend(std::coroutine_handle<> waiting) {
    id_ = of_->next_id();  // before it can be resumed, possibly from another thread
    of_->enqueue(id_, [waiting] { waiting.resume(); });
  }
  void await_resume() noexcept { id_ = 0; }

 private:
  std::shared_ptr<script_state> of_;
  std::uint64_t id_ = 0;
};

/// Whether a promise has any await_transform: as a member of both bases its name would be ambiguous.
struct has_await_transform {
  int await_transform;
};
template <class Promise>
struct with_await_transform : Promise, has_await_transform {};
template <class Promise>
concept awaits_as_it_is = requires { &with_await_transform<Promise>::await_transform; };

/// Whether coroutines of this task may await any awaiter; those of Asio may not.
template <class Task>
concept awaits_gates = awaits_as_it_is<typename std::coroutine_traits<Task>::promise_type> ||
                       requires(typename std::coroutine_traits<Task>::promise_type& promise, script_gate& gate) {
                         promise.await_transform(gate);
                       };

}  // namespace detail

namespace testing {

/// Purpose: the coroutine shape, for a task type of your own or of a library.
/// Example: `ghl::client api{ghl::testing::scripted_coroutine_transport<my::task>{server}, json, token};`
///          `ghl::testing::scripted_coroutine_transport<boost::asio::awaitable>{server}`
/// `Task` is a class template over its value, or an alias template to one: `template <class T> using of = task<T, 4>;`.
/// After script::hold() a coroutine stays suspended until script::deliver() resumes it, if the task may await any
/// awaiter. A task that may not (Boost.Asio's) gets its answers at once, and a call after hold() is a failure.
/// Cancelling: a stop token that was stopped before the answer arrives makes it fault::cancelled.
/// Lifetime and thread safety: as scripted_transport. A task may be destroyed while it waits.
template <template <class...> class Task>
class scripted_coroutine_transport {
 public:
  template <class T>
  using task = Task<T>;

  explicit scripted_coroutine_transport(const script& from) : state_(from.state()) {}

  Task<result<http::response>> operator()(http::request request) const {
    return answer<Task<result<http::response>>>(state_, std::move(request), detail::never_stops{});
  }
  template <stop_token_like Stop>
  Task<result<http::response>> operator()(http::request request, Stop stop) const {
    return answer<Task<result<http::response>>>(state_, std::move(request), std::move(stop));
  }
  Task<void> wait(milliseconds time) const { return pass<Task<void>>(state_, time); }

 private:
  using shared = std::shared_ptr<detail::script_state>;

  // Static, so that the frame owns all that it needs.
  template <class T, class Stop>
  static T answer(shared state, http::request request, Stop stop) {
    auto found = state->answer_to(std::move(request));
    if constexpr (detail::awaits_gates<T>) {
      detail::script_gate gate{state};
      co_await gate;
    } else if (state->holds()) {
      refuse_to_hold(*state);
    }
    co_return detail::unless_stopped(std::move(found), stop);
  }
  template <class T>
  static T pass(shared state, milliseconds time) {
    state->record_wait(time);
    if constexpr (detail::awaits_gates<T>) {
      detail::script_gate gate{state};
      co_await gate;
    } else if (state->holds()) {
      refuse_to_hold(*state);
    }
    co_return;
  }
  static void refuse_to_hold(detail::script_state& state) {
    state.fail<script_failure>(
        "ghl::testing::script: hold() is for tasks that may wait for any awaiter; this one has an await_transform that "
        "refuses it");
  }

  shared state_;
};

}  // namespace testing
}}  // namespace ghl::v0
