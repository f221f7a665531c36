/// What is known of the value that an asynchronous transport returns, without <coroutine>: whoever returns an awaitable
/// has included it.
#pragma once

#include <ghl/value/http.hpp>
#include <ghl/value/result.hpp>

#include <concepts>
#include <type_traits>

namespace ghl { inline namespace v0 { namespace detail {

/// What a transport may answer.
template <class T>
concept answer_value = std::convertible_to<T, result<http::response>>;

/// Something that can be awaited: it has the members of an awaiter, or an operator co_await.
template <class T>
concept awaitable = requires(T&& t) { static_cast<T&&>(t).await_ready(); } ||
                    requires(T&& t) { static_cast<T&&>(t).operator co_await(); } ||
                    requires(T&& t) { operator co_await(static_cast<T&&>(t)); };

/// A std::future, recognised by its shape.
template <class T>
concept future_like = requires(T& t) {
  t.valid();
  t.wait();
  { t.get() } -> answer_value;
};

/// A class template over its value, with another value: task<A> becomes task<B>, awaitable<A, Executor> becomes
/// awaitable<B, Executor>.
template <class T>
struct revalued {
  static constexpr bool known = false;
};
template <template <class, class...> class Task, class Value, class... Rest>
  requires answer_value<Value>
struct revalued<Task<Value, Rest...>> {
  static constexpr bool known = true;
  template <class T>
  using with = Task<T, Rest...>;
};

/// The task that a call through this transport returns: the transport's own `template <class T> using task`, or what it
/// returns itself with another value.
template <class Transport, class Returned>
struct task_of : revalued<Returned> {};
template <class Transport, class Returned>
  requires requires { typename Transport::template task<result<http::response>>; }
struct task_of<Transport, Returned> {
  static constexpr bool known = true;
  template <class T>
  using with = typename Transport::template task<T>;
};

/// What a transport returns for a request that is handed over; void where it takes none.
template <class T>
struct returned {
  using type = void;
};
template <class T>
  requires std::is_invocable_v<T&, http::request>
struct returned<T> {
  using type = std::remove_cvref_t<std::invoke_result_t<T&, http::request>>;
};
template <class T>
using returned_by = typename returned<T>::type;

/// Whose `wait` it is: the transport's, or that of the one to which it is a std::reference_wrapper.
template <class T>
constexpr auto& waiter_of(T& transport) noexcept {
  if constexpr (requires { static_cast<typename T::type&>(transport.get()); }) return transport.get();
  else return transport;
}

}}}  // namespace ghl::v0::detail
