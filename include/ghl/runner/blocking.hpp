/// Runs an operation over a transport that returns the answer.
#pragma once

#include <ghl/operation/step.hpp>
#include <ghl/policy/awaited.hpp>
#include <ghl/runner/clock.hpp>
#include <ghl/runner/send.hpp>
#include <ghl/runner/thrown.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/token_pair.hpp>

#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// A pause: the transport's own, where it has a `wait`; else the thread sleeps.
template <class Transport>
void pause(Transport& transport, milliseconds span) {
  auto& waiter = waiter_of(transport);
  if constexpr (requires { waiter.wait(span); }) static_cast<void>(waiter.wait(span));
  else sleep_for(span);
}

/// Up to the end of the operation, which then has its outcome. `at` is the time now.
template <class Operation, class Transport, class Stop>
[[gnu::noinline]] void run_blocking(Operation& operation, Transport& transport, const Stop& stop,
                                    typename Operation::clock at) {
  using clock = typename Operation::clock;
  for (;;) {
    if constexpr (Operation::refreshes) operation.stop_by(stop);
    const step now = operation.next(at, stop.stop_requested());
    if (now.what == step::send) {
      asked_transport<Operation> asked{operation};
      result<http::response> answer = send(transport, std::as_const(operation.request()), stop);
      asked.close();
      at = sample<clock>();
      operation.answered(std::move(answer), at);
    } else if (now.what == step::done) {
      return;
    } else if constexpr (Operation::sends_again) {
      if (now.what == step::wait) {
        wait_left left{now.time};
        for (milliseconds piece; (piece = left.next(stop)).count() > 0;) pause(transport, piece);
        operation.waited(at = sample<clock>());
      } else if constexpr (Operation::refreshes) {
        result<token_pair> pair = operation.refresh();
        operation.refreshed(std::move(pair), at = sample<clock>());
      }
    }
  }
}
}}}  // namespace ghl::v0::detail
