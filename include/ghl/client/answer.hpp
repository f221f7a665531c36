/// What a call gives, for each shape of transport.
#pragma once

#include <ghl/endpoint/well_formed.hpp>
#include <ghl/operation/single_call.hpp>
#include <ghl/policy/awaited.hpp>
#include <ghl/policy/transport.hpp>
#include <ghl/runner/callback.hpp>
#include <ghl/runner/coroutine.hpp>
#include <ghl/runner/send.hpp>
#include <ghl/value/result.hpp>

#include <concepts>
#include <string>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// A blocking transport, and one of no shape. `runs`: calls can be made over it. `Advise` is asked about each error.
template <class Transport, class Json, class Advise = no_advice>
struct call_shape {
  static constexpr bool runs = blocking_transport<Transport>;
  template <class E>
  using answer = result<response_of<E>>;
};
template <coroutine_transport Transport, class Json, class Advise>
struct call_shape<Transport, Json, Advise> {
  static constexpr bool runs = true;
  template <class E>
  using answer = typename task_of<Transport, returned_by<Transport>>::template with<result<response_of<E>>>;
};
template <callback_transport Transport, class Json, class Advise>
struct call_shape<Transport, Json, Advise> {
  static constexpr bool runs = true;
  template <class E>
  using answer = void;
};
// <ghl/future.hpp> has the one of transports that return a std::future, and its run_single().

/// Runs a call that is one request and one answer where the client may be gone when the answer comes.
template <class E, class Answer, class Transport, class Json, class Prepare, class Advise, class Stop, class... Handler>
Answer run_single(Transport& transport, const Json& json, std::string token, const Prepare& prepare, Advise advise,
                  const Stop& stop, Handler... handler) {
  using kept = std::remove_const_t<Transport>;
  using call = single_call<E, Json, std::string, Advise>;
  [[maybe_unused]] const auto begun = [&] {
    return call{Json{json}, std::move(token), prepare, std::move(advise)};
  };
  if constexpr (callback_transport<kept>) {
    using loop = callback_loop<kept, call, Handler..., Stop>;
    loop::run({{}, begun(), std::move(handler)..., stop}, transport);
  } else if constexpr (future_transport<kept>) {
    return run_future<E, Answer>(transport, begun(), stop);
  } else {
    if constexpr (std::copy_constructible<kept> && std::copy_constructible<Json>)
      return run_coroutine<Answer>(kept{transport}, begun(), stop);
    else return no_answer<Answer>();  // the client has said why
  }
}

}}}  // namespace ghl::v0::detail
