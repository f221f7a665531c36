/// Mock transports that answer from a script, for tests of code that uses a ghl::client.
///
///     ghl::testing::script server;
///     server.expect(ghl::method::del, "/links/x").header("Version", "2021-07-28")
///         .answer(201, R"({"succeded":true})");
///     server.expect(ghl::method::del, "/links/y").fails(ghl::fault::timeout, ghl::sent::maybe);
///     ghl::client api{ghl::testing::scripted_transport{server}, ghl::nlohmann_json{}, token};
///
/// Here are the blocking transport and the one that calls back; <ghl/testing/scripted_coroutine.hpp> has the one for
/// coroutines, <ghl/testing/scripted_future.hpp> the one for std::future. No test framework is needed.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/value/http.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/stop.hpp>
#include <ghl/testing/script.hpp>
#include <ghl/testing/scripted_delivery.hpp>
#include <ghl/testing/scripted_state.hpp>

#include <memory>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 { namespace testing {

/// Purpose: the blocking shape.
/// Cancelling: a stop token that was stopped meanwhile makes the answer fault::cancelled.
/// Lifetime: owns what it needs; copies share the script. Thread safety: that of the script.
class scripted_transport {
 public:
  explicit scripted_transport(const script& from) : state_(from.state()) {}

  result<http::response> operator()(const http::request& request) const { return state_->answer_to(request); }
  template <stop_token_like Stop>
  result<http::response> operator()(const http::request& request, const Stop& stop) const {
    return detail::unless_stopped(state_->answer_to(request), stop);
  }
  /// Does not sleep, but is recorded: script::waits() returns the pauses between attempts.
  void wait(milliseconds time) const { state_->record_wait(time); }

 private:
  std::shared_ptr<detail::script_state> state_;
};

/// Purpose: the callback shape. A completion is called inside the call, or by script::deliver() after script::hold().
/// Cancelling: a stop token that was stopped before the answer arrives makes it fault::cancelled.
/// Lifetime and thread safety: as scripted_transport; the client may be destroyed before its answers are delivered.
class scripted_callback_transport {
 public:
  explicit scripted_callback_transport(const script& from) : state_(from.state()) {}

  template <class Completion>
    requires std::is_invocable_v<Completion&, result<http::response>>
  void operator()(http::request request, Completion done) const {
    send(std::move(request), detail::never_stops{}, std::move(done));
  }
  template <stop_token_like Stop, class Completion>
    requires std::is_invocable_v<Completion&, result<http::response>>
  void operator()(http::request request, Stop stop, Completion done) const {
    send(std::move(request), std::move(stop), std::move(done));
  }
  template <class Completion>
  void wait(milliseconds time, Completion done) const {
    state_->record_wait(time);
    if (!state_->holds()) return detail::run_in_turn(std::move(done));
    state_->enqueue(state_->next_id(), [done = std::move(done)]() mutable { done(); });
  }

 private:
  template <class Stop, class Completion>
  void send(http::request request, Stop stop, Completion done) const {
    auto answer = state_->answer_to(std::move(request));
    if (!state_->holds()) return static_cast<void>(done(detail::unless_stopped(std::move(answer), stop)));
    state_->enqueue(state_->next_id(),
                    [answer = std::move(answer), stop = std::move(stop), done = std::move(done)]() mutable {
                      done(detail::unless_stopped(std::move(answer), stop));
                    });
  }

  std::shared_ptr<detail::script_state> state_;
};

}}}  // namespace ghl::v0::testing
