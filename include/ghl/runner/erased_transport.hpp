/// What <ghl/any_transport.hpp> is made of: transports, completions and stop tokens with their types left out.
#pragma once

#include <ghl/endpoint/traits.hpp>
#include <ghl/policy/awaited.hpp>
#include <ghl/policy/transport.hpp>
#include <ghl/runner/blocking.hpp>
#include <ghl/runner/send.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/stop.hpp>

#include <concepts>
#include <memory>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// A stop token with its type left out. It owns the token.
class erased_stop {
 public:
  erased_stop() = default;
  template <class Stop>
    requires(!std::same_as<Stop, erased_stop>) && stop_token_like<Stop>
  explicit erased_stop(Stop stop)
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
decltype(auto) send_any(Transport& transport, Request&& request, const erased_stop& stop, Completion&&... done) {
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

// How each shape waits: as the transport does; a blocking one that does not is left to sleep. One that cannot wait is
// never asked, since its erased type has no wait().

struct blocking_wait {
  template <class Transport>
  static void run(Transport& transport, milliseconds span, const shared_wait_completion*) {
    pause(transport, span);
  }
};
struct callback_wait {
  template <class Transport>
  static void run(Transport& transport, milliseconds span, const shared_wait_completion* done) {
    if constexpr (waiting_transport<Transport>) static_cast<void>(waiter_of(transport).wait(span, *done));
  }
};
template <class Task, class Waiting>
Task await_pause(Waiting waiting) {
  co_await std::move(waiting);
  co_return no_content{};
}
template <class Task>
Task no_pause() {
  co_return no_content{};
}
template <class Task>
struct coroutine_wait {
  template <class Transport>
  static Task run(Transport& transport, milliseconds span, const shared_wait_completion*) {
    if constexpr (waiting_transport<Transport>) return await_pause<Task>(waiter_of(transport).wait(span));
    else return no_pause<Task>();
  }
};

/// One transport, shared by all copies: `Answer send(Request, stop, Completion...)` and `wait(milliseconds, ...)`.
template <class Answer, class Request, class Waiting, class Wait, class... Completion>
class shared_transport {
 public:
  template <class Transport>
  explicit shared_transport(std::in_place_t, Transport transport)
      : kept_(std::make_shared<kept<Transport>>(std::move(transport))) {}
  Answer send(Request request, const erased_stop& stop, Completion... done) const {
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
    virtual Answer send(Request request, const erased_stop& stop, Completion... done) = 0;
    virtual Waiting wait(milliseconds span, const shared_wait_completion* done) = 0;
  };
  template <class Transport>
  struct kept final : any_kept {
    explicit kept(Transport t) : transport(std::move(t)) {}
    Answer send(Request request, const erased_stop& stop, Completion... done) override {
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

/// The request and the stop token live in this frame until the transport has answered, which may refer to them.
template <class Awaitable, class Wait, class Waiting>
Awaitable await_erased(shared_transport<Awaitable, http::request&&, Waiting, Wait> transport, http::request request,
                       erased_stop stop) {
  auto answering = transport.send(std::move(request), stop);
  co_return co_await std::move(answering);
}

}}}  // namespace ghl::v0::detail
