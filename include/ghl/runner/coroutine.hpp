/// Runs an operation over a transport that returns something to wait for with co_await. Without <coroutine>: whoever
/// returns an awaitable has included it.
#pragma once

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

#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// Everything that the call needs lies in the frame of this coroutine, the request included, so the client may go, and
/// a transport may refer to the request until it has answered. (Whatever is awaited has a name: some compilers lose
/// temporaries there.)
template <class Task, class Transport, class Operation, class Stop>
Task run_coroutine(Transport transport, Operation operation, Stop stop) {
  using clock = typename Operation::clock;
  clock at = sample<clock>();
  for (;;) {
    if constexpr (Operation::refreshes) operation.stop_by(stop);
    const step now = operation.next(at, stop.stop_requested());
    if (now.what == step::send) {
      http::request request = request_to_send(operation);
      asked_transport<Operation> asked{operation};
      auto answering = send(transport, std::move(request), stop);
      result<http::response> answer = co_await std::move(answering);
      asked.close();
      operation.answered(std::move(answer), at = sample<clock>());
    } else if (now.what == step::done) {
      co_return operation.take();
    } else if constexpr (Operation::sends_again) {
      if (now.what == step::wait) {
        wait_left left{now.time};
        for (milliseconds piece; (piece = left.next(stop)).count() > 0;) {
          auto waiting = waiter_of(transport).wait(piece);
          co_await std::move(waiting);
        }
        operation.waited(at = sample<clock>());
      } else if constexpr (Operation::refreshes) {
        if constexpr (refreshes_at_once<typename Operation::credential_type>) {
          result<token_pair> pair = operation.refresh();
          operation.refreshed(std::move(pair), at = sample<clock>());
        } else {
          auto refreshing = operation.refresh();
          result<token_pair> pair = co_await std::move(refreshing);
          operation.refreshed(std::move(pair), at = sample<clock>());
        }
      }
    }
  }
}

}}}  // namespace ghl::v0::detail
