/// The drivers: for each shape of transport, how a prepared request is sent and its answer brought back.
#pragma once

#include <ghl/policy/awaited.hpp>
#include <ghl/detail/named.hpp>
#include <ghl/detail/always_false.hpp>
#include <ghl/value/redact.hpp>
#include <ghl/endpoint/words.hpp>
#include <ghl/value/http.hpp>
#include <ghl/operation/interpret.hpp>
#include <ghl/options/settings.hpp>
#include <ghl/policy/transport.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/stop.hpp>
#include <ghl/endpoint/well_formed.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// The stop token among the options of a call.
constexpr never_stops stop_among() noexcept { return {}; }
template <class First, class... Rest>
constexpr auto stop_among(const First& first, const Rest&... rest) {
  if constexpr (stop_token_like<First>) return first;
  else return stop_among(rest...);
}

/// The handler among them: what is no option.
template <class First, class... Rest>
auto handler_among(First&& first, Rest&&... rest) {
  if constexpr (call_option<std::remove_cvref_t<First>>) return handler_among(std::forward<Rest>(rest)...);
  else return std::remove_cvref_t<First>(std::forward<First>(first));
}

/// Sets what an option of a call says about the request; a handler says nothing.
template <class Option>
void apply_option(http::request& request, const Option& option) {
  if constexpr (call_option<Option>) apply(request, option);
}

/// Calls a transport, with the stop token where there is one and the transport takes it.
template <class Transport, class Request, class Stop, class... Completion>
decltype(auto) send(Transport& transport, Request&& request, const Stop& stop, Completion&&... done) {
  if constexpr (!std::same_as<Stop, never_stops> &&
                std::is_invocable_v<Transport&, Request, const Stop&, Completion...>)
    return transport(std::forward<Request>(request), stop, std::forward<Completion>(done)...);
  else
    return transport(std::forward<Request>(request), std::forward<Completion>(done)...);
}

inline void tidy(error& e, const endpoint_facts& called, std::string_view token) {
  e.endpoint = called.title;
  e.called = &called;
  redact(e, token);
}

/// From what the transport gave to what the caller gets.
template <class E, class Json>
result<response_of<E>> finish(result<http::response>&& answer, Json& json, std::string_view token) {
  result<response_of<E>> outcome =
      answer ? interpret<E>(*answer, json) : result<response_of<E>>{std::move(answer.error())};
  if (!outcome) tidy(outcome.error(), endpoint_of<E>, token);
  return outcome;
}

/// A request that outlives the call which made it, and the token to keep out of its errors.
struct outgoing {
  result<http::request> request;
  std::string token;
};

/// Coroutine: everything that the answer needs lies in the frame of this one, so the client may go.
template <class Task, class E, class Transport, class Json, class Stop>
Task await_answer(Transport transport, Json json, outgoing out, Stop stop) {
  if (!out.request) co_return result<response_of<E>>{std::move(out.request).error()};
  auto answering = send(transport, *std::move(out.request), stop);  // a name: some compilers lose temporaries here
  result<http::response> answer = co_await std::move(answering);
  co_return finish<E>(std::move(answer), json, out.token);
}

/// Callback: what a transport calls with the answer. Const to call, since a lambda that is not mutable may hold it; it
/// is called once.
template <class E, class Json, class Handler>
struct completion {
  mutable Json json;
  std::string token;
  mutable Handler handler;

  void operator()(result<http::response> answer) const { handler(finish<E>(std::move(answer), json, token)); }
};

/// Stands where a mistake leaves nothing to return: an error has said why.
template <class Answer>
Answer no_answer();

/// What `call` returns for a transport of each shape, and how an asynchronous one is run.
template <class Transport, class Json>
struct driver {  // a blocking one, which the client runs itself, and one of no shape
  static constexpr bool runs = blocking_transport<Transport>;
  template <class E>
  using answer = result<response_of<E>>;
};

template <coroutine_transport Transport, class Json>
struct driver<Transport, Json> {
  static constexpr bool runs = true;
  template <class E>
  using answer = typename task_of<Transport, returned_by<Transport>>::template with<result<response_of<E>>>;

  template <class E, class... Options>
  static answer<E> run(const Transport& transport, const Json& json, outgoing out, const Options&... options) {
    constexpr bool can_be_kept = std::copy_constructible<Transport> && std::copy_constructible<Json>;
    static_assert(holds<can_be_kept, Transport, Json>,
                  "ghl: a call of a coroutine transport keeps a copy of it and of the JSON policy; make them copyable, "
                  "or pass std::ref(transport)");
    if constexpr (can_be_kept)
      return await_answer<answer<E>, E>(transport, json, std::move(out), stop_among(options...));
    else return no_answer<answer<E>>();
  }
};

template <callback_transport Transport, class Json>
struct driver<Transport, Json> {
  static constexpr bool runs = true;
  template <class E>
  using answer = void;

  template <class E, class AnyTransport, class... Options>
  static void run(AnyTransport& transport, const Json& json, outgoing out, Options&&... options) {
    using handler_type = decltype(handler_among(std::forward<Options>(options)...));
    using completion_type = completion<E, Json, handler_type>;
    if constexpr (!std::is_invocable_v<handler_type&, result<response_of<E>>>) {
      static_assert(always_false<E>, "ghl: the handler must be callable with ghl::result<E::response>");
    } else {
      auto stop = stop_among(options...);
      handler_type handler = handler_among(std::forward<Options>(options)...);
      if (!out.request) return static_cast<void>(handler(result<response_of<E>>{std::move(out.request).error()}));
      static_cast<void>(send(transport, *std::move(out.request), stop,
                             completion_type{json, std::move(out.token), std::move(handler)}));
    }
  }
};

}}}  // namespace ghl::v0::detail
