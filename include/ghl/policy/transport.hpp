/// What the library asks of a transport, in each of its shapes. The concepts are the manual of whoever writes an
/// adapter.
#pragma once

#include <ghl/policy/awaited.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/stop.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

namespace detail {

/// A completion as a transport sees it, to ask whether it takes one.
struct answer_completion {
  void operator()(result<http::response>) const {}
};
struct wait_completion {
  void operator()() const {}
};

}  // namespace detail

/// A transport that returns the answer: any callable, a lambda included.
/// It sends `request.target()`, the headers and the body exactly as they are, to `request.origin()`; follows no
/// redirect; gives up after `request.timeout`; and returns every answer, whatever its status, as a value.
/// Between the attempts of ghl::retry the thread sleeps; a transport that has a `wait(ghl::milliseconds)` is asked
/// instead.
/// When no whole answer came it returns ghl::transport_error(fault, sent). What it throws passes through the client,
/// unrepeated, after the observers of the call were told.
template <class T>
concept blocking_transport = requires(T& transport, const http::request& request) {
  // The request can be passed as a const reference; taking it by value is fine.
  transport(request);
  // The answer: result<http::response>, or http::response from a transport that cannot fail or that throws.
  { transport(request) } -> std::convertible_to<result<http::response>>;
};

/// A transport that returns something to wait for with co_await: Boost.Asio's awaitable, a task type of your own. It
/// keeps to the same rules as a blocking one, and is given the request to keep.
/// `api.call(request)` then returns the same kind of task, of the endpoint's result; nothing is sent before it is
/// awaited where that is what your task does.
/// For ghl::retry, ghl::throttle and tokens that are refreshed it can wait, too: `wait(ghl::milliseconds)` returns an
/// awaitable (of anything) that is ready after that time. A parameter of any std::chrono duration does as well.
/// Lifetime: each call keeps a copy of the transport to its end, so a coroutine may use `this`; copies share what must
/// be one (a pool of connections) by a std::shared_ptr, or are std::ref to a transport that outlives the calls.
template <class T>
concept coroutine_transport = !blocking_transport<T> && requires(T& transport, http::request request) {
  // The answer: a task<result<http::response>> or task<http::response>, any class template over its value, or a class
  // that the transport names: template <class T> using task = my_task<T>.
  requires detail::awaitable<detail::returned_by<T>>;
  requires detail::task_of<T, detail::returned_by<T>>::known;
};

/// A transport that answers by calling back, once, at any time and from any thread: `void (http::request, Completion)`.
/// A completion that is called again does nothing. One that calls back inside the call makes the stack grow by some
/// kB with each attempt: a retry policy without an end, and without pauses, needs one that calls back later.
/// `api.call(request, handler)` then calls the handler with the endpoint's result, from where the transport calls back.
/// For ghl::retry, ghl::throttle and tokens that are refreshed it can wait, too: `wait(ghl::milliseconds, done)` calls
/// `done` after that time; arguments, such as the error code of a timer, are ignored.
/// Lifetime: what is still running when the client is destroyed must not use the transport object; let it own what it
/// needs (a std::shared_ptr). The completion owns all that it needs.
template <class T>
concept callback_transport = requires(T& transport, http::request request, detail::answer_completion done) {
  // The completion takes a result<http::response>. It can be copied where the caller's handler can: what keeps it in a
  // std::function works with such handlers alone, a template or std::move_only_function with all.
  transport(std::move(request), std::move(done));
} && !blocking_transport<T> && !coroutine_transport<T>;

/// A transport that returns a std::future: include <ghl/future.hpp> for it.
template <class T>
concept future_transport = !blocking_transport<T> && detail::future_like<detail::returned_by<T>>;

/// A transport of any shape.
template <class T>
concept transport = blocking_transport<T> || coroutine_transport<T> || callback_transport<T> || future_transport<T>;

/// A transport that can wait between two attempts of a call, which ghl::retry, ghl::throttle and tokens that are
/// refreshed need. A blocking one always can: where it has no wait(), the thread sleeps.
template <class T>
concept waiting_transport = blocking_transport<T> ||
                            (coroutine_transport<T>&& requires(T& transport, milliseconds time) {
                              // An awaitable, of anything, that is ready after that time.
                              { detail::waiter_of(transport).wait(time) } -> detail::awaitable;
                            }) ||
                            (callback_transport<T> &&
                             requires(T & transport, milliseconds time, detail::wait_completion done) {
                               // Calls `done` after that time, from where the transport calls back; arguments, such
                               // as the error code of a timer, are ignored.
                               detail::waiter_of(transport).wait(time, done);
                             });

/// A transport that can be told to stop while it works. One that cannot is not started once a stop was requested.
template <class T, class Stop = detail::never_stops>
concept stoppable_transport = transport<T> && stop_token_like<Stop> && (
  // Takes a stop token after the request, by value or const reference, and before a completion. It looks at it at least
  // every 50 ms, and then answers with transport_error(fault::cancelled, ...).
  std::is_invocable_v<T&, http::request, const Stop&> || std::is_invocable_v<T&, const http::request&, const Stop&> ||
  std::is_invocable_v<T&, http::request, const Stop&, detail::answer_completion>);

}}  // namespace ghl::v0
