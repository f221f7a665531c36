/// A scripted transport that returns a std::future.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/value/http.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/stop.hpp>
#include <ghl/testing/script.hpp>
#include <ghl/testing/scripted_delivery.hpp>
#include <ghl/testing/scripted_state.hpp>

#include <future>
#include <memory>
#include <utility>

namespace ghl { inline namespace v0 { namespace testing {

/// Purpose: the std::future shape (the client needs <ghl/future.hpp> for it). A future is ready at once, or, after
/// script::hold(), when script::deliver() has delivered it: until then a get() in the same thread would block for ever.
/// Errors: for an unexpected request the call itself throws; in the future, the exception might never be seen.
/// Cancelling: a stop token that was stopped before the answer arrives makes it fault::cancelled.
/// Lifetime and thread safety: as scripted_transport. An answer that is never delivered is a broken promise.
class scripted_future_transport {
 public:
  explicit scripted_future_transport(const script& from) : state_(from.state()) {}

  std::future<result<http::response>> operator()(http::request request) const {
    return send(std::move(request), detail::never_stops{});
  }
  template <stop_token_like Stop>
  std::future<result<http::response>> operator()(http::request request, Stop stop) const {
    return send(std::move(request), std::move(stop));
  }

 private:
  template <class Stop>
  std::future<result<http::response>> send(http::request request, Stop stop) const {
    auto answer = state_->answer_to(std::move(request));
    std::promise<result<http::response>> kept;
    auto future = kept.get_future();
    if (state_->holds())
      state_->enqueue(state_->next_id(),
                      [answer = std::move(answer), stop = std::move(stop), kept = std::move(kept)]() mutable {
                        kept.set_value(detail::unless_stopped(std::move(answer), stop));
                      });
    else kept.set_value(detail::unless_stopped(std::move(answer), stop));
    return future;
  }

  std::shared_ptr<detail::script_state> state_;
};

}}}  // namespace ghl::v0::testing
