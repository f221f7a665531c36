/// Transports that return a std::future: with this header `api.call(request)` returns something like a future too.
#pragma once

#include <ghl/runner/drivers.hpp>
#include <ghl/endpoint/words.hpp>
#include <ghl/policy/transport.hpp>
#include <ghl/value/result.hpp>
#include <ghl/endpoint/well_formed.hpp>

#include <future>
#include <optional>
#include <string>
#include <utility>

namespace ghl { inline namespace v0 {

/// Purpose: the result of a call that is still running, with the members of a std::future that people use. The answer
/// is read, in the thread that calls get(), when it is asked for: nothing here starts a thread.
/// Example: `auto pending = api.call(request); …; ghl::result<get_links::response> links = pending.get();`
/// Errors: what the transport's future throws (std::future_error for a promise that was broken) passes through get().
/// Lifetime: owns all that it needs; the client may go. Thread safety: as std::future: one thread at a time.
template <class E, class Value, class Json>
class pending {
 public:
  /// A call that was refused before it was sent.
  explicit pending(error refused) : refused_(std::move(refused)) {}
  pending(std::future<Value> answer, Json json, std::string token)
      : answer_(std::move(answer)), json_(std::move(json)), token_(std::move(token)) {}

  /// Waits for the answer and gives it up: valid() is false afterwards.
  result<response_of<E>> get() {
    if (refused_) return *std::exchange(refused_, std::nullopt);
    return detail::finish<E>(answer_.get(), *json_, token_);
  }
  [[nodiscard]] bool valid() const noexcept { return refused_.has_value() || answer_.valid(); }
  void wait() const {
    if (!refused_) answer_.wait();
  }
  template <class Duration>
  [[nodiscard]] std::future_status wait_for(const Duration& limit) const {
    return refused_ ? std::future_status::ready : answer_.wait_for(limit);
  }
  template <class Time>
  [[nodiscard]] std::future_status wait_until(const Time& limit) const {
    return refused_ ? std::future_status::ready : answer_.wait_until(limit);
  }

  /// A std::future, for code that asks for one. It is a deferred one: get() works, wait_for() says "deferred".
  operator std::future<result<response_of<E>>>() && {
    return std::async(std::launch::deferred, [self = std::move(*this)]() mutable { return self.get(); });
  }

 private:
  std::future<Value> answer_;
  std::optional<Json> json_;
  std::string token_;
  std::optional<error> refused_;
};

namespace detail {

template <class Future>
struct value_of_future;
template <class Value>
struct value_of_future<std::future<Value>> {
  using type = Value;
};

template <future_transport Transport, class Json>
  requires requires { typename value_of_future<returned_by<Transport>>::type; }
struct driver<Transport, Json> {
  static constexpr bool runs = true;
  template <class E>
  using answer = pending<E, typename value_of_future<returned_by<Transport>>::type, Json>;

  template <class E, class AnyTransport, class... Options>
  [[nodiscard]] static answer<E> run(AnyTransport& transport, const Json& json, outgoing out,
                                     const Options&... options) {
    if (!out.request) return answer<E>{std::move(out.request).error()};
    return {send(transport, *std::move(out.request), stop_among(options...)), json, std::move(out.token)};
  }
};

}  // namespace detail
}}  // namespace ghl::v0
