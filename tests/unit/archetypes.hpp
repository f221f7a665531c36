/// The smallest type that keeps each contract of the library: the file to copy for one of your own.
/// tests/unit/archetypes.cpp makes calls with all of them.
#pragma once

#include "task.hpp"

#include <ghl/policy.hpp>

#include <future>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace archetypes {

/// What all transports in here answer. Yours sends the request, and returns what came.
inline ghl::http::response answer() { return {.status = 200, .body = "{}"}; }

// ---- transports: ghl/policy/transport.hpp ----

/// ghl::blocking_transport: returns the answer. One that can fail returns ghl::result<ghl::http::response>.
struct blocking_transport {
  ghl::http::response operator()(const ghl::http::request&) const { return answer(); }
};
static_assert(ghl::blocking_transport<blocking_transport>);
// A thread can always sleep, so it waits without a wait().
static_assert(ghl::waiting_transport<blocking_transport>);

/// ghl::coroutine_transport: returns something to wait for with co_await; `task` stands for the type of your library.
struct coroutine_transport {
  task<ghl::http::response> operator()(ghl::http::request) const { co_return answer(); }
};
static_assert(ghl::coroutine_transport<coroutine_transport> && !ghl::waiting_transport<coroutine_transport>);

/// ghl::callback_transport: calls `done` with the answer, once.
struct callback_transport {
  template <class Done>
  void operator()(ghl::http::request, Done done) const {
    done(answer());
  }
};
static_assert(ghl::callback_transport<callback_transport> && !ghl::waiting_transport<callback_transport>);

/// ghl::future_transport: returns a std::future.
struct future_transport {
  std::future<ghl::http::response> operator()(ghl::http::request) const {
    std::promise<ghl::http::response> sent;
    sent.set_value(answer());
    return sent.get_future();
  }
};
static_assert(ghl::future_transport<future_transport>);

/// ghl::waiting_transport, blocking: is asked for the pauses between attempts, in place of the thread's sleep.
struct waiting_blocking_transport : blocking_transport {
  void wait(ghl::milliseconds) const {}
};
static_assert(ghl::waiting_transport<waiting_blocking_transport>);

/// ghl::waiting_transport, for coroutines: an awaitable that is ready after that time.
struct waiting_coroutine_transport : coroutine_transport {
  task<void> wait(ghl::milliseconds) const { co_return; }
};
static_assert(ghl::waiting_transport<waiting_coroutine_transport>);

/// ghl::waiting_transport, with a completion: calls `done` after that time.
struct waiting_callback_transport : callback_transport {
  template <class Done>
  void wait(ghl::milliseconds, Done done) const {
    done();
  }
};
static_assert(ghl::waiting_transport<waiting_callback_transport>);

/// ghl::stoppable_transport: looks at the stop token while it works. Without the template it takes one type of token.
struct stoppable_transport : blocking_transport {
  using blocking_transport::operator();
  template <ghl::stop_token_like Stop>
  ghl::result<ghl::http::response> operator()(const ghl::http::request&, const Stop& stop) const {
    if (stop.stop_requested()) return ghl::transport_error(ghl::fault::cancelled, ghl::sent::no);
    return answer();
  }
};
static_assert(ghl::stoppable_transport<stoppable_transport> && !ghl::stoppable_transport<blocking_transport>);

// ---- JSON: ghl/policy/json.hpp ----

/// ghl::json_policy: reads and writes. Yours hands `ghl::json_reader{value}` and ghl::json_events to a JSON library.
struct json_policy {
  template <class T>
  ghl::result<T> decode(std::string_view) const {
    return T{};
  }
  template <class T>
  ghl::result<std::string> encode(const T&) const {
    return std::string{"{}"};
  }
};
static_assert(ghl::json_policy<json_policy, ghl::no_content>);

// ---- credentials: ghl/policy/credential.hpp ----

/// ghl::credential: yields the token.
struct credential {
  std::string operator()() const { return "a-token"; }
};
static_assert(ghl::credential<credential>);

/// ghl::refreshing_credential: can get another token when the API says that this one has expired. This one is for one
/// thread and one call at a time; ghl::refreshing_token is for any number.
struct refreshing_credential : credential {
  static constexpr bool refreshes = true;

  // The lease: given up where the last copy of it is destroyed after take() and without release().
  struct lease {
    void take() const noexcept {}
    void release() const noexcept {}
  };
  lease hold_lease() const { return {}; }
  ghl::refresh_lease begin_refresh(std::string_view) const { return {.what = ghl::refresh_lease::leader}; }
  ghl::result<ghl::token_pair> refresh(const ghl::token_pair&) const {
    return ghl::token_pair{.access_token = ghl::secret{"another-token"}};
  }
  ghl::result<std::string> end_refresh(ghl::result<ghl::token_pair> pair) const {
    return std::move(pair).transform([](const ghl::token_pair& fresh) { return fresh.access_token.reveal(); });
  }
};
static_assert(ghl::refreshing_credential<refreshing_credential>);

// ---- options of a client: ghl/policy/retry.hpp, admission.hpp, observer.hpp, advisor.hpp ----

/// ghl::retry_policy: the pause before the next attempt, or none: then the error is the outcome.
struct retry_policy {
  std::optional<ghl::milliseconds> pause_after(const ghl::failed_attempt& failed) const {
    if (failed.error.status != 503 || failed.attempts >= 2) return std::nullopt;
    return ghl::milliseconds{100};
  }
};
static_assert(ghl::retry_policy<retry_policy>);

/// ghl::admission_policy: how long a call has to wait before it asks again; 0: it starts.
struct admission_policy {
  struct ticket {};
  ghl::milliseconds acquire(ticket&, ghl::milliseconds) const { return {}; }
  void on_response(ticket&, const ghl::rate_limit&, int, const std::optional<ghl::milliseconds>&,
                   ghl::milliseconds) const {}
};
static_assert(ghl::admission_policy<admission_policy>);

/// ghl::observer: is told of each attempt.
struct observer {
  void observed(const ghl::observation&) const {}
};
static_assert(ghl::observer<observer>);

/// ghl::advisor: what to do about an error, or none: whatever the library says.
struct advisor {
  std::optional<ghl::remedy> advise(const ghl::error& e) const {
    if (e.status != 418) return std::nullopt;
    return ghl::remedy::fix_request;
  }
};
static_assert(ghl::advisor<advisor>);

}  // namespace archetypes
