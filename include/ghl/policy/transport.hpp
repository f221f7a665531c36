/// What the library asks of the parts that are plugged in. Each concept is the manual of its adapter's author.
#pragma once

#include <ghl/policy/credential.hpp>
#include <ghl/policy/awaited.hpp>
#include <ghl/value/http.hpp>
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
struct any_completion {
  void operator()(result<http::response>) const {}
};

}  // namespace detail

/// A transport that returns the answer: any callable, a lambda included.
/// It sends `request.target()`, the headers and the body exactly as they are, to `request.origin()`; follows no
/// redirect; gives up after `request.timeout`; and returns every answer, whatever its status, as a value.
/// Between the attempts of ghl::retry the thread sleeps; a transport that has a `wait(ghl::milliseconds)` is asked instead.
/// When no whole answer came it returns ghl::transport_error(fault, sent). What it throws passes through the client.
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
/// `api.call(request, handler)` then calls the handler with the endpoint's result, from where the transport calls back.
/// For ghl::retry, ghl::throttle and tokens that are refreshed it can wait, too: `wait(ghl::milliseconds, done)` calls
/// `done` after that time; arguments, such as the error code of a timer, are ignored.
/// Lifetime: what is still running when the client is destroyed must not use the transport object; let it own what it
/// needs (a std::shared_ptr). The completion owns all that it needs.
template <class T>
concept callback_transport = requires(T& transport, http::request request, detail::any_completion done) {
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

/// A JSON policy that can read a T.
/// T is made of bool, integers, floating-point numbers, std::string, std::optional, std::vector,
/// ghl::string_or_strings and structs with `fields()`. Unknown keys are ignored; null is an absent optional; a missing
/// required field, a wrong type, a number that does not fit and a broken text are errors, made by ghl::decode_error().
template <class J, class T>
concept json_decoder = requires(J& json, std::string_view text) {
  // The text need not be NUL-terminated. Bad input is an error value, never an exception, an abort or a default.
  { json.template decode<T>(text) } -> std::convertible_to<result<T>>;
};

/// A JSON policy that can write a T. Absent optionals are left out. Needed only by endpoints with a body.
template <class J, class T>
concept json_encoder = requires(J& json, const T& value) {
  // The text is UTF-8 (RFC 8259, section 8.1). A value that JSON cannot say is an error.
  { json.template encode<T>(value) } -> std::convertible_to<result<std::string>>;
} || requires(J& json, const T& value) {
  // The template argument may be left to deduction.
  { json.encode(value) } -> std::convertible_to<result<std::string>>;
};

/// A JSON policy that can read and write a T.
template <class J, class T>
concept json_policy = json_decoder<J, T> && json_encoder<J, T>;

/// What yields a token.
template <class C>
concept credential = requires(C& c) {
  // From `c.reveal()`, or by calling `c()`: anything that converts to std::string_view, or a result<std::string>.
  // The text lives until the request has been prepared.
  { detail::token_of(c) } -> detail::token_text;
};

}}  // namespace ghl::v0
