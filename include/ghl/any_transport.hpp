/// Transports of one shape behind one type, so that a class which holds a client need not be a template.
#pragma once

#include <ghl/policy/awaited.hpp>
#include <ghl/runner/clock.hpp>
#include <ghl/runner/drivers.hpp>
#include <ghl/fwd.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/policy/transport.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/stop.hpp>

#include <concepts>
#include <memory>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

namespace detail {

/// A stop token with its type left out. It owns the token.
class any_stop {
 public:
  any_stop() = default;
  template <class Stop>
    requires(!std::same_as<Stop, any_stop>) && stop_token_like<Stop>
  explicit any_stop(Stop stop)
      : token_(std::make_shared<Stop>(std::move(stop))), asks_([](const void* token) -> bool {
          return static_cast<const Stop*>(token)->stop_requested();
        }) {}
  [[nodiscard]] bool stop_requested() const { return asks_ != nullptr && asks_(token_.get()); }
  [[nodiscard]] bool stop_possible() const noexcept { return asks_ != nullptr; }

 private:
  std::shared_ptr<void> token_;
  bool (*asks_)(const void*) = nullptr;
};

/// Sends, with the stop token where the transport can be stopped at all.
template <class Transport, class Request, class... Completion>
decltype(auto) send_any(Transport& transport, Request&& request, const any_stop& stop, Completion&&... done) {
  if (stop.stop_possible())
    return send(transport, std::forward<Request>(request), stop, std::forward<Completion>(done)...);
  return send(transport, std::forward<Request>(request), never_stops{}, std::forward<Completion>(done)...);
}

/// A completion with its type left out. Copies are one completion, for transports that keep it in a std::function.
template <class... Outcome>
class shared_completion_of {
 public:
  template <class Completion>
    requires(!std::same_as<Completion, shared_completion_of>)
  explicit shared_completion_of(Completion done) : done_(std::make_shared<kept<Completion>>(std::move(done))) {}
  void operator()(Outcome... outcome) const { done_->call(std::move(outcome)...); }

 private:
  struct any_kept {
    any_kept() = default;
    any_kept(const any_kept&) = delete;
    any_kept& operator=(const any_kept&) = delete;
    virtual ~any_kept() = default;
    virtual void call(Outcome&&... outcome) = 0;
  };
  template <class Completion>
  struct kept final : any_kept {
    explicit kept(Completion c) : done(std::move(c)) {}
    void call(Outcome&&... outcome) override { done(std::move(outcome)...); }
    Completion done;
  };
  std::shared_ptr<any_kept> done_;
};
using shared_completion = shared_completion_of<result<http::response>>;
using shared_wait_completion = shared_completion_of<>;

// How each shape waits: as the transport does, or, where it cannot, by sleeping.

struct blocking_wait {
  template <class Transport>
  static void run(Transport& transport, milliseconds span, const shared_wait_completion*) {
    auto& waiter = waiter_of(transport);
    if constexpr (requires { waiter.wait(span); }) waiter.wait(span);
    else sleep_for(span);
  }
};
struct callback_wait {
  template <class Transport>
  static void run(Transport& transport, milliseconds span, const shared_wait_completion* done) {
    auto& waiter = waiter_of(transport);
    if constexpr (requires { waiter.wait(span, *done); }) {
      static_cast<void>(waiter.wait(span, *done));
    } else {
      sleep_for(span);
      (*done)();
    }
  }
};
template <class Task>
Task await_nothing() {
  co_return no_content{};
}
template <class Task, class Waiting>
Task await_pause(Waiting waiting) {
  co_await std::move(waiting);
  co_return no_content{};
}
template <class Task>
struct coroutine_wait {
  template <class Transport>
  static Task run(Transport& transport, milliseconds span, const shared_wait_completion*) {
    auto& waiter = waiter_of(transport);
    if constexpr (requires { waiter.wait(span); }) {
      return await_pause<Task>(waiter.wait(span));
    } else {
      sleep_for(span);
      return await_nothing<Task>();
    }
  }
};

/// One transport, shared by all copies: `Answer send(Request, stop, Completion...)` and `wait(milliseconds, …)`.
template <class Answer, class Request, class Waiting, class Wait, class... Completion>
class shared_transport {
 public:
  template <class Transport>
  explicit shared_transport(std::in_place_t, Transport transport)
      : kept_(std::make_shared<kept<Transport>>(std::move(transport))) {}
  Answer send(Request request, const any_stop& stop, Completion... done) const {
    return kept_->send(std::forward<Request>(request), stop, std::move(done)...);
  }
  Waiting wait(milliseconds span, const shared_wait_completion* done = nullptr) const {
    return kept_->wait(span, done);
  }

 private:

  struct any_kept {
    any_kept() = default;
    any_kept(const any_kept&) = delete;
    any_kept& operator=(const any_kept&) = delete;
    virtual ~any_kept() = default;
    virtual Answer send(Request request, const any_stop& stop, Completion... done) = 0;
    virtual Waiting wait(milliseconds span, const shared_wait_completion* done) = 0;
  };
  template <class Transport>
  struct kept final : any_kept {
    explicit kept(Transport t) : transport(std::move(t)) {}
    Answer send(Request request, const any_stop& stop, Completion... done) override {
      if constexpr (std::is_void_v<Answer>)
        static_cast<void>(send_any(transport, std::forward<Request>(request), stop, std::move(done)...));
      else return send_any(transport, std::forward<Request>(request), stop, std::move(done)...);
    }
    Waiting wait(milliseconds span, const shared_wait_completion* done) override {
      return Wait::run(transport, span, done);
    }
    Transport transport;
  };
  std::shared_ptr<any_kept> kept_;
};

}  // namespace detail

/// Purpose: any blocking transport, its type left out.
/// Example: `ghl::client<ghl::any_transport, ghl::glaze_json, ghl::access_token<>> api{ghl::httplib_transport{}, …};`
/// and <ghl/fwd.hpp> where only the name is needed.
/// Costs: one allocation when it is made, one virtual call each time that something is sent, and one allocation for a
/// stop token.
/// Lifetime: copies share one transport, which lives as long as the last of them.
/// Cancelling: reaches a transport that takes every ghl::stop_token_like, as the adapters do; not one that takes
/// std::stop_token alone.
/// Thread safety: that of the transport inside.
class any_transport {
 public:
  template <class Transport>
    requires(!std::same_as<Transport, any_transport>) && blocking_transport<Transport>
  any_transport(Transport transport)  // implicit: what takes an any_transport takes every blocking one
      : shared_(std::in_place, std::move(transport)) {}

  result<http::response> operator()(const http::request& request) const { return shared_.send(request, {}); }
  template <stop_token_like Stop>
  result<http::response> operator()(const http::request& request, const Stop& stop) const {
    return shared_.send(request, detail::any_stop{stop});
  }
  /// A pause between attempts: as the transport inside does it, or asleep.
  void wait(milliseconds span) const { shared_.wait(span); }

 private:
  detail::shared_transport<result<http::response>, const http::request&, void, detail::blocking_wait> shared_;
};

/// Purpose: any callback transport, its type left out. Everything else is as with any_transport; a completion costs one
/// allocation more, and may be move-only whatever the transport inside asks for.
class any_callback_transport {
 public:
  template <class Transport>
    requires(!std::same_as<Transport, any_callback_transport>) && callback_transport<Transport>
  any_callback_transport(Transport transport) : shared_(std::in_place, std::move(transport)) {}

  template <class Completion>
    requires std::is_invocable_v<Completion&, result<http::response>>
  void operator()(http::request request, Completion done) const {
    shared_.send(std::move(request), {}, detail::shared_completion{std::move(done)});
  }
  template <stop_token_like Stop, class Completion>
    requires std::is_invocable_v<Completion&, result<http::response>>
  void operator()(http::request request, const Stop& stop, Completion done) const {
    shared_.send(std::move(request), detail::any_stop{stop}, detail::shared_completion{std::move(done)});
  }
  /// A pause between attempts. Where the transport inside cannot wait, this thread sleeps.
  template <class Completion>
    requires std::is_invocable_v<Completion&>
  void wait(milliseconds span, Completion done) const {
    const detail::shared_wait_completion shared{std::move(done)};
    shared_.wait(span, &shared);
  }

 private:
  detail::shared_transport<void, http::request, void, detail::callback_wait, detail::shared_completion> shared_;
};

/// Purpose: any coroutine transport that returns this awaitable, its type left out. Everything else is as with
/// any_transport.
/// Example: `ghl::any_coroutine_transport<boost::asio::awaitable<ghl::result<ghl::http::response>>>`.
template <class Awaitable>
class any_coroutine_transport {
  using pause_type = typename detail::revalued<Awaitable>::template with<no_content>;

 public:
  template <class Transport>
    requires(!std::same_as<Transport, any_coroutine_transport>) && coroutine_transport<Transport> &&
            std::same_as<detail::returned_by<Transport>, Awaitable>
  any_coroutine_transport(Transport transport) : shared_(std::in_place, std::move(transport)) {}

  Awaitable operator()(http::request request) const { return shared_.send(std::move(request), {}); }
  template <stop_token_like Stop>
  Awaitable operator()(http::request request, const Stop& stop) const {
    return shared_.send(std::move(request), detail::any_stop{stop});
  }
  /// A pause between attempts. Where the transport inside cannot wait, this thread sleeps.
  pause_type wait(milliseconds span) const { return shared_.wait(span); }

 private:
  detail::shared_transport<Awaitable, http::request, pause_type, detail::coroutine_wait<pause_type>> shared_;
};

}}  // namespace ghl::v0
