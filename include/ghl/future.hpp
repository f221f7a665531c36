/// Transports that return a std::future: with this header `api.call(request)` returns something like a future too.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/client/answer.hpp>
#include <ghl/client/client.hpp>
#include <ghl/operation/interpret.hpp>
#include <ghl/operation/single_call.hpp>
#include <ghl/operation/step.hpp>
#include <ghl/policy/awaited.hpp>
#include <ghl/policy/transport.hpp>
#include <ghl/runner/send.hpp>
#include <ghl/value/result.hpp>

#include <future>
#include <string>
#include <utility>

namespace ghl { inline namespace v0 {

/// Purpose: the result of a call that is still running, with the members of a std::future that people use. The answer
/// is read, in the thread that calls get(), when it is asked for: nothing here starts a thread.
/// Example: `auto pending = api.call(request); ...; ghl::result<get_links::response> links = pending.get();`
/// Errors: what the transport's future throws (std::future_error for a promise that was broken) passes through get().
/// Lifetime: owns all that it needs; the client may go. Thread safety: as std::future: one thread at a time.
template <class E, class Value, class Json, class Advise = detail::no_advice>
class pending {
  using operation_type = detail::single_call<E, Json, std::string, Advise>;

 public:
  using outcome_type = typename operation_type::outcome_type;

  /// Made by a client: a call that was refused before it was sent, or one that waits for its answer.
  explicit pending(operation_type refused) : operation_(std::move(refused)) {}
  pending(operation_type operation, std::future<Value> answer)
      : operation_(std::move(operation)), answer_(std::move(answer)), sent_(true) {}

  /// Waits for the answer and gives it up: valid() is false afterwards.
  outcome_type get() {
    if (sent_) operation_.answered(answer_.get(), {});
    taken_ = true;
    return operation_.take();
  }
  [[nodiscard]] bool valid() const noexcept { return sent_ ? answer_.valid() : !taken_; }
  void wait() const {
    if (sent_) answer_.wait();
  }
  template <class Duration>
  [[nodiscard]] std::future_status wait_for(const Duration& limit) const {
    return sent_ ? answer_.wait_for(limit) : std::future_status::ready;
  }
  template <class Time>
  [[nodiscard]] std::future_status wait_until(const Time& limit) const {
    return sent_ ? answer_.wait_until(limit) : std::future_status::ready;
  }

  /// A std::future, for code that asks for one. It is a deferred one: get() works, wait_for() says "deferred".
  operator std::future<outcome_type>() && {
    return std::async(std::launch::deferred, [self = std::move(*this)]() mutable { return self.get(); });
  }

 private:
  operation_type operation_;
  std::future<Value> answer_;
  bool sent_ = false;
  bool taken_ = false;
};

namespace detail {

template <class Future>
struct value_of_future;
template <class Value>
struct value_of_future<std::future<Value>> {
  using type = Value;
};

template <future_transport Transport, class Json, class Advise>
  requires requires { typename value_of_future<returned_by<Transport>>::type; }
struct call_shape<Transport, Json, Advise> {
  static constexpr bool runs = true;
  template <class E>
  using answer = pending<E, typename value_of_future<returned_by<Transport>>::type, Json, Advise>;
};

/// The runner of this shape: the rest of the loop is pending::get().
template <class E, class Answer, class Transport, class Operation, class Stop>
[[nodiscard]] Answer run_future(Transport& transport, Operation operation, const Stop& stop) {
  if (operation.next({}, stop.stop_requested()).what != step::send)
    return Answer{std::move(operation)};
  auto answer = send(transport, std::move(operation.request()), stop);
  return {std::move(operation), std::move(answer)};
}

}  // namespace detail
}}  // namespace ghl::v0
