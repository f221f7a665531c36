/// Runs an operation over a transport that calls back.
#pragma once

#include <ghl/detail/named.hpp>
#include <ghl/operation/step.hpp>
#include <ghl/policy/awaited.hpp>
#include <ghl/policy/credential.hpp>
#include <ghl/runner/clock.hpp>
#include <ghl/runner/send.hpp>
#include <ghl/runner/thrown.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/token_pair.hpp>

#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// The transport of an operation that may send again; one that sends once does without it.
template <class Transport, bool Kept>
struct kept_transport {
  Transport transport;
};
template <class Transport>
struct kept_transport<Transport, false> {};

/// The loop travels in the completions, so nothing is shared and nothing lies on the heap. Each step moves it on.
/// Completions are const to call, since a lambda that is not mutable may hold one; each is called once, and what calls
/// one again is not heard.
template <class Transport, class Operation, class Handler, class Stop>
struct callback_loop {
  using clock = typename Operation::clock;

  [[no_unique_address]] kept_transport<Transport, Operation::sends_again> kept;
  Operation operation;
  Handler handler;
  [[no_unique_address]] Stop stop;
  wait_left left{};
  bool waiting = false;

  struct on_answer {
    mutable callback_loop loop;
    mutable bool called = false;
    [[no_unique_address]] mutable std::conditional_t<watches_throws<Operation>, open_attempt, no_attempt> asked{
        std::in_place};

    explicit on_answer(callback_loop&& from) : loop(std::move(from)) {}
    on_answer(const on_answer& other) : loop(copy_of(other.loop)), called(other.called), asked(other.asked) {}
    on_answer(on_answer&&) = default;
    on_answer& operator=(const on_answer&) = delete;
    on_answer& operator=(on_answer&&) = delete;
    ~on_answer() {
      if constexpr (watches_throws<Operation>)
        if (asked.ends_by_throw()) exception_mode::quietly([&] { loop.operation.thrown(sample<clock>()); });
    }
    void operator()(result<http::response> answer) const {
      if (std::exchange(called, true)) return;
      asked.close();
      loop.operation.answered(std::move(answer), sample<clock>());
      go_on(std::move(loop));
    }
  };
  struct on_wait {
    mutable callback_loop loop;
    mutable bool called = false;

    explicit on_wait(callback_loop&& from) : loop(std::move(from)) {}
    on_wait(const on_wait& other) : loop(copy_of(other.loop)), called(other.called) {}
    on_wait(on_wait&&) = default;
    on_wait& operator=(const on_wait&) = delete;
    on_wait& operator=(on_wait&&) = delete;
    ~on_wait() = default;
    template <class... Ignored>
    void operator()(const Ignored&...) const {  // an event loop's error code, say
      if (!std::exchange(called, true)) go_on(std::move(loop));
    }
  };
  struct on_refresh {
    mutable callback_loop loop;
    mutable bool called = false;
    void operator()(result<token_pair> pair) const {
      if (std::exchange(called, true)) return;
      loop.operation.stop_by(loop.stop);
      loop.operation.refreshed(std::move(pair), sample<clock>());
      go_on(std::move(loop));
    }
  };

  /// A copy of what cannot be copied is asked for by the std::function of a transport. (That a completion claims to be
  /// copyable is heard by nobody else.)
  static callback_loop copy_of(const callback_loop& from) {
    constexpr bool copies = std::is_copy_constructible_v<callback_loop>;
    static_assert(holds<copies, Handler>,
                  "ghl: this transport copies the completion, as a std::function does, and with it the handler; hold "
                  "what only moves by a std::shared_ptr, or keep the completion in a std::move_only_function");
    if constexpr (copies) return from;
    else return std::move(const_cast<callback_loop&>(from));
  }

  static void go_on(callback_loop loop) {
    if constexpr (Operation::sends_again) {
      // What is called with a completion is a copy, since the loop itself leaves in the completion.
      Transport transport = loop.kept.transport;
      run(std::move(loop), transport);
    } else {
      finish(std::move(loop));
    }
  }

  static void finish(callback_loop loop) {
    Handler handler = std::move(loop.handler);
    static_cast<void>(handler(loop.operation.take()));
  }

  template <class AnyTransport>
  static void run(callback_loop loop, AnyTransport& transport) {
    for (;;) {
      if constexpr (Operation::sends_again) {
        if (loop.waiting) {
          if (const milliseconds piece = loop.left.next(loop.stop); piece.count() > 0)
            return static_cast<void>(waiter_of(transport).wait(piece, on_wait{std::move(loop)}));
          loop.waiting = false;
          loop.operation.waited(sample<clock>());
        }
      }
      if constexpr (Operation::refreshes) loop.operation.stop_by(loop.stop);
      const step now = loop.operation.next(sample<clock>(), loop.stop.stop_requested());
      if (now.what == step::send) {
        http::request request = request_to_send(loop.operation);
        const Stop stop = loop.stop;
        return static_cast<void>(send(transport, std::move(request), stop, on_answer{std::move(loop)}));
      }
      if (now.what == step::done) return finish(std::move(loop));
      if constexpr (Operation::sends_again) {
        if (now.what == step::wait) {
          loop.left = wait_left{now.time};
          loop.waiting = true;
        } else if constexpr (Operation::refreshes) {
          if constexpr (refreshes_at_once<typename Operation::credential_type>) {
            loop.operation.refreshed(loop.operation.refresh(), sample<clock>());
          } else {
            auto refresh = loop.operation.refresher();
            return refresh(on_refresh{std::move(loop)});
          }
        }
      }
    }
  }
};

}}}  // namespace ghl::v0::detail
