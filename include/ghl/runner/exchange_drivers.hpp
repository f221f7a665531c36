/// The drivers of calls that may take more than one attempt: for each shape of transport, a short loop that does what
/// the rules of ghl::exchange say.
#pragma once

#include <ghl/policy/awaited.hpp>
#include <ghl/runner/clock.hpp>
#include <ghl/runner/drivers.hpp>
#include <ghl/detail/named.hpp>
#include <ghl/operation/retrying_call.hpp>
#include <ghl/operation/retry_machine.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/policy/transport.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/secret.hpp>
#include <ghl/value/stop.hpp>

#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// The longest piece of a wait in which nobody looks at the stop token.
inline constexpr std::int64_t stop_piece_ms = 20;

template <class Stop>
inline constexpr bool can_stop = !std::same_as<Stop, never_stops>;

template <class Stop>
constexpr milliseconds next_piece(std::int64_t left) noexcept {
  return milliseconds{can_stop<Stop> && left > stop_piece_ms ? stop_piece_ms : left};
}

/// A pause of a blocking transport: its own, where it has a `wait`; else the thread sleeps.
template <class Transport, class Stop>
void pause(Transport& transport, milliseconds span, const Stop& stop) {
  for (std::int64_t left = span.count(); left > 0 && !stop.stop_requested();) {
    const milliseconds piece = next_piece<Stop>(left);
    auto& waiter = waiter_of(transport);
    if constexpr (requires { waiter.wait(piece); }) waiter.wait(piece);
    else sleep_for(piece);
    left -= piece.count();
  }
}

/// What an exchange asks of an asynchronous transport and its credential.
struct any_pause {
  void operator()() const {}
};
template <class Transport>
concept waits_by_awaiting = requires(Transport& t, milliseconds span) {
  { waiter_of(t).wait(span) } -> awaitable;
};
template <class Transport>
concept waits_by_calling = requires(Transport& t, milliseconds span, any_pause done) { waiter_of(t).wait(span, done); };

struct any_pair_completion {
  void operator()(result<token_pair>) const {}
};
/// How the credential refreshes: at once, awaited, or by calling back.
template <class C>
concept refreshes_at_once = requires(C& c, const token_pair& pair) {
  { c.refresh(pair) } -> std::convertible_to<result<token_pair>>;
};
template <class C>
concept refreshes_by_awaiting = !refreshes_at_once<C> && requires(C& c, const token_pair& pair) {
  { c.refresh(pair) } -> awaitable;
};
template <class C>
concept refreshes_by_calling =
    !refreshes_at_once<C> && requires(C& c, const token_pair& pair, any_pair_completion done) { c.refresh(pair, done); };

template <class Task, class Transport, class Call, class Stop>
Task await_exchange(Transport transport, Call call, Stop stop) {
  for (;;) {
    const step now = call.next(stop.stop_requested());
    if (now.what == step::send) {
      auto answering = send(transport, http::request{call.request()}, stop);
      result<http::response> answer = co_await std::move(answering);
      call.answered(std::move(answer));
    } else if (now.what == step::wait) {
      for (std::int64_t left = now.time.count(); left > 0 && !stop.stop_requested();) {
        const milliseconds piece = next_piece<Stop>(left);
        auto waiting = waiter_of(transport).wait(piece);
        co_await std::move(waiting);
        left -= piece.count();
      }
      call.waited();
    } else if (now.what == step::refresh) {
      if constexpr (Call::can_refresh) {
        if constexpr (refreshes_at_once<typename Call::credential_type>) {
          call.refreshed(call.refresh());
        } else {
          auto refreshing = call.refresh();
          result<token_pair> pair = co_await std::move(refreshing);
          call.refreshed(std::move(pair));
        }
      }
    } else {
      co_return call.take();
    }
  }
}

/// Callback: the loop travels in the completions, so nothing is shared and nothing on the heap. Each step moves it on.
template <class Transport, class Call, class Handler, class Stop>
struct exchange_loop {
  Transport transport;
  Call call;
  Handler handler;
  Stop stop;
  std::int64_t left = 0;  // of a wait, which may go in pieces
  bool waiting = false;

  struct answered {
    mutable exchange_loop loop;
    void operator()(result<http::response> answer) const {
      loop.call.answered(std::move(answer));
      run(std::move(loop));
    }
  };
  struct waited {
    mutable exchange_loop loop;
    template <class... Ignored>
    void operator()(const Ignored&...) const {  // an event loop's error code, say
      run(std::move(loop));
    }
  };
  struct refreshed {
    mutable exchange_loop loop;
    void operator()(result<token_pair> pair) const {
      loop.call.refreshed(std::move(pair));
      run(std::move(loop));
    }
  };

  // What is called with a completion is a copy, since the loop itself leaves in the completion.
  static void run(exchange_loop loop) {
    for (;;) {
      if (loop.waiting) {
        if (loop.left > 0 && !loop.stop.stop_requested()) {
          const milliseconds piece = next_piece<Stop>(loop.left);
          loop.left -= piece.count();
          Transport transport = loop.transport;
          return static_cast<void>(waiter_of(transport).wait(piece, waited{std::move(loop)}));
        }
        loop.waiting = false;
        loop.call.waited();
      }
      const step now = loop.call.next(loop.stop.stop_requested());
      if (now.what == step::wait) {
        loop.left = now.time.count();
        loop.waiting = true;
      } else if (now.what == step::send) {
        Transport transport = loop.transport;
        http::request request = loop.call.request();
        const Stop stop = loop.stop;
        return static_cast<void>(send(transport, std::move(request), stop, answered{std::move(loop)}));
      } else if (now.what == step::refresh) {
        if constexpr (Call::can_refresh) {
          if constexpr (refreshes_at_once<typename Call::credential_type>) {
            loop.call.refreshed(loop.call.refresh());
          } else {
            auto refresh = loop.call.refresher();
            return refresh(refreshed{std::move(loop)});
          }
        }
      } else {
        Handler handler = std::move(loop.handler);
        return static_cast<void>(handler(loop.call.take()));
      }
    }
  }
};

/// Runs a call through the exchange, for a transport of each shape. `With` has the options, all of them by value.
template <class Transport, class Json, class Credential, class With>
struct exchange_driver {
  using driver = detail::driver<Transport, Json>;
  template <class E>
  using answer = typename driver::template answer<E>;
  static constexpr bool blocks = blocking_transport<Transport>;
  static constexpr bool awaits = coroutine_transport<Transport>;
  static constexpr bool calls_back = callback_transport<Transport>;

  static constexpr bool can_wait() noexcept {
    if constexpr (awaits) return waits_by_awaiting<Transport>;
    else return !calls_back || waits_by_calling<Transport>;
  }
  static constexpr bool can_refresh_so() noexcept {
    if constexpr (!refreshing<Credential>) return true;
    else if constexpr (refreshes_at_once<Credential>) return true;
    else if constexpr (awaits) return refreshes_by_awaiting<Credential>;
    else return calls_back && refreshes_by_calling<Credential>;
  }
  static constexpr bool can_be_kept =
      blocks || (std::copy_constructible<Transport> && std::copy_constructible<Json> &&
                 std::copy_constructible<Credential> && std::copy_constructible<With>);

  static_assert(holds<!future_transport<Transport>, Transport>,
                "ghl: a transport that returns a std::future cannot wait between attempts; use ghl::retry and the like "
                "with a transport of another shape");
  static_assert(holds<can_wait(), Transport>,
                "ghl: ghl::retry and the like need a transport that can wait; give it wait(ghl::milliseconds), with a "
                "completion as the second argument where it calls back; copy examples/06_callback.cpp");
  static_assert(holds<can_refresh_so(), Transport, Credential>,
                "ghl: the refresh function must return ghl::result<ghl::token_pair>, or do it in the way of the "
                "transport: an awaitable of that, or take a completion as its second argument");
  static_assert(holds<can_be_kept, Transport, Json, Credential, With>,
                "ghl: an asynchronous call keeps a copy of the transport, the JSON policy, the credential and the "
                "options; make them copyable, or pass std::ref(transport)");
  static constexpr bool runs = !future_transport<Transport> && can_wait() && can_refresh_so() && can_be_kept;

  template <class E, class AnyTransport, class AnyJson, class AnyCredential, class... Options>
  static answer<E> run(AnyTransport& transport, AnyJson& json, AnyCredential& credential, const With& with,
                       outgoing out, Options&&... options) {
    if constexpr (!runs) {
      return no_answer<answer<E>>();
    } else if constexpr (blocks) {
      const auto stop = stop_among(options...);
      running_call<E, AnyJson&, AnyCredential&, const With&> call{json, credential, with, std::move(out)};
      return wait_for_end(transport, call, stop);
    } else if constexpr (awaits) {
      using call_type = running_call<E, Json, Credential, With>;
      call_type call{Json{json}, Credential{credential}, With{with}, std::move(out)};
      return await_exchange<answer<E>>(Transport{transport}, std::move(call), stop_among(options...));
    } else {
      using handler_type = decltype(handler_among(std::forward<Options>(options)...));
      if constexpr (!std::is_invocable_v<handler_type&, result<response_of<E>>>) {
        static_assert(always_false<E>, "ghl: the handler must be callable with ghl::result<E::response>");
      } else {
        using call_type = running_call<E, Json, Credential, With>;
        auto stop = stop_among(options...);
        using loop = exchange_loop<Transport, call_type, handler_type, decltype(stop)>;
        loop::run({Transport{transport}, call_type{Json{json}, Credential{credential}, With{with}, std::move(out)},
                   handler_among(std::forward<Options>(options)...), std::move(stop)});
      }
    }
  }

 private:
  template <class AnyTransport, class Call, class Stop>
  static auto wait_for_end(AnyTransport& transport, Call& call, const Stop& stop) {
    for (;;) {
      const step now = call.next(stop.stop_requested());
      if (now.what == step::send) {
        call.answered(send(transport, call.request(), stop));
      } else if (now.what == step::wait) {
        pause(transport, now.time, stop);
        call.waited();
      } else if (now.what == step::refresh) {
        if constexpr (Call::can_refresh) call.refreshed(call.refresh());
      } else {
        return call.take();
      }
    }
  }
};

}}}  // namespace ghl::v0::detail
