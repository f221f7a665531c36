/// The rules of a call that follows policies: it may be held back, sent again, observed, and have its token refreshed.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/operation/call_policies.hpp>
#include <ghl/operation/interpret.hpp>
#include <ghl/operation/prepare.hpp>
#include <ghl/operation/retry_machine.hpp>
#include <ghl/operation/step.hpp>
#include <ghl/policy/credential.hpp>
#include <ghl/value/attempt.hpp>
#include <ghl/value/endpoint_facts.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/headers.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/redact.hpp>
#include <ghl/value/rate_limit.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/secret.hpp>

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace detail {

/// The lease of a call to refresh the token. It is given up where the last copy of the call that has it is destroyed: a
/// copy of a completion may outlive the one that it is of.
template <class Credential>
struct lease_of {};
template <says_it_refreshes Credential>
struct lease_of<Credential> {
  token_pair pair{};
  decltype(std::declval<Credential&>().hold_lease()) held{};
  std::string refused{};  // the token before, which a server may quote too
};

/// All of it but the response, whose type is left out: a program has this once for each client, not for each endpoint.
/// Credential and Options are references where the client waits for the end, and values where it may go; so Token is a
/// std::string_view where it cannot change either, and a std::string.
template <class Credential, class Options, class Token>
class retrying_core {
  using options_type = std::remove_cvref_t<Options>;

 public:
  using credential_type = std::remove_reference_t<Credential>;
  static constexpr bool refreshes = says_it_refreshes<credential_type>;

  /// `prepare()` gives the request.
  template <class Prepare>
  retrying_core(Credential credential, Options options, const endpoint_facts& called, Token token,
                const Prepare& prepare, const server_name& server, const clock_sample& at)
      : credential_(std::forward<Credential>(credential)),
        options_(std::forward<Options>(options)),
        called_(called),
        token_(std::move(token)),
        request_(prepare()),
        server_(server),
        rules_(called.method, retry_policy_of(options_), refreshes, request_ ? request_->timeout : milliseconds{},
               at.now),
        ended_(at.now) {
    if (request_) next_ = rules_.begin();
    else end_with(std::move(request_.error()));
  }

  [[nodiscard]] const http::request& request() const noexcept { return *request_; }
  [[nodiscard]] std::string_view token() const noexcept { return token_; }

  [[nodiscard]] step next(const clock_sample& at, bool stopped) {
    for (;;) {
      if (stopped && next_.what != step::done) end_with(fault::cancelled);
      if (next_.what == step::send) {
        if (const milliseconds wait = admission(at.now); wait.count() > 0) return wait_for(wait);
        if (next_.what != step::send) continue;
        rules_.pass(at);
        if (rules_.is_late()) {  // a pause took longer than it was to; zero as a timeout would mean none
          next_ = {step::done, {}};
          continue;
        }
        next_.time = request_->timeout = rules_.limit();
        began_attempt_ = at.now;
      } else if (next_.what == step::refresh) {
        if constexpr (refreshes) {
          if (const milliseconds wait = take_lease(at); wait.count() > 0) return wait_for(wait);
          if (next_.what != step::refresh) continue;
        }
      } else if (next_.what == step::done) {
        tickets_.give_up();
      }
      return next_;
    }
  }

  /// The outcome of an attempt: an error, or none. `limits`: what the answer states, where somebody asks.
  void attempted(error* failed, int status, const rate_limit& limits, const clock_sample& at) {
    if constexpr (refreshes)
      if (failed != nullptr) redact(*failed, lease_.refused);
    const int sends = rules_.sends();
    tickets_.on_response(options_, limits, status, failed, at.now);
    const milliseconds paused{began_attempt_.count() - ended_.count()};
    next_ = failed == nullptr ? step{step::done, {}} : rules_.after_error(*failed, at);
    if (rules_.probably_deleted()) failed->fault = fault::probably_deleted;
    const attempt_seen seen{status, failed, milliseconds{at.now.count() - began_attempt_.count()}, sends, paused,
                            next_.what == step::done};
    observe_attempt(options_, called_, *request_, server_, seen);
    ended_ = at.now;
  }
  void waited(const clock_sample& at) {
    if (next_.what == step::wait) next_ = rules_.after_wait(at);
    else rules_.pass(at);
  }

  /// What the user's function gives for the pair whose lease it is.
  decltype(auto) refresh()
    requires refreshes
  {
    return credential_.refresh(lease_.pair);
  }
  /// The same for a function that calls back: what is to be called with the completion, which may take this call along.
  auto refresher()
    requires refreshes
  {
    return [credential = credential_, pair = lease_.pair](auto done) mutable {
      static_cast<void>(credential.refresh(pair, std::move(done)));
    };
  }
  void refreshed(result<token_pair> pair, const clock_sample& at) {
    if constexpr (refreshes) {
      lease_.held.release();
      adopt(credential_.end_refresh(std::move(pair)), at);
    }
  }

  /// Has the error that ended the call from here, not from an attempt, where there is one.
  [[nodiscard]] result<no_content>& own_end() noexcept { return own_end_; }
  [[nodiscard]] bool may_have_acted() const noexcept { return rules_.may_have_acted(); }
  [[nodiscard]] std::vector<attempt>& tried() noexcept { return rules_.tried(); }

 protected:
  void end_with(fault f) { end_with(transport_error(f, sent::no)); }

 private:
  step wait_for(milliseconds wait) {
    rules_.add_wait(wait);
    return {step::wait, wait};
  }
  void end_with(error&& e) {
    own_end_ = std::move(e);
    tidy(own_end_.error(), called_, token_);
    next_ = {step::done, {}};
  }

  /// How long to wait before asking again; 0: this call may go, or has ended.
  [[nodiscard]] milliseconds admission(milliseconds now) {
    const milliseconds wait = tickets_.acquire(options_, now);
    if (wait.count() <= 0 || rules_.fits(wait)) return wait;
    end_with(fault::held_back);
    return milliseconds{};
  }

  /// How long to wait before asking again; 0: this call leads, or there is another token, or the call has ended.
  [[nodiscard]] milliseconds take_lease(const clock_sample& at) {
    constexpr milliseconds poll{10};
    auto held = credential_.hold_lease();
    refresh_lease lease = credential_.begin_refresh(token_);
    if (lease.what == refresh_lease::superseded) {
      adopt(result<std::string>{std::move(lease.token)}, at);
    } else if (lease.what == refresh_lease::leader) {
      lease_.pair = std::move(lease.pair);
      held.take();
      lease_.held = std::move(held);
    } else if (lease.what == refresh_lease::failed) {
      end_with(*std::move(lease.why));
    } else if (rules_.fits(poll)) {
      return poll;
    } else {
      end_with(fault::timeout);
    }
    return milliseconds{};
  }
  void adopt(result<std::string> token, const clock_sample& at) {
    if (!token) {
      const error& failed = token.error();
      const std::string_view endpoint = failed.endpoint;  // the one that failed: "Get Access Token"
      const endpoint_facts* const called = failed.called;
      end_with(std::move(token).error());
      if (!endpoint.empty()) {
        own_end_.error().endpoint = endpoint;
        own_end_.error().called = called;
      }
      return;
    }
    if (!is_visible_ascii(*token) || token->empty())
      return end_with(invalid_request(token->empty() ? fault::empty_token : fault::bad_token, "the refreshed token"));
    header_block::of(request_->headers)
        .replace(bearer.size(), token_.size(), *token);  // the first line is Authorization
    lease_.refused = std::exchange(token_, *std::move(token));
    next_ = rules_.after_refresh(at);
    if (next_.what == step::done) end_with(fault::timeout);
  }

  Credential credential_;
  Options options_;
  const endpoint_facts& called_;
  Token token_;
  result<http::request> request_;
  server_name server_;
  retry_machine<kept_retry_policy<options_type, std::is_reference_v<Options>>> rules_;
  step next_{};
  milliseconds ended_;  // of the attempt before
  milliseconds began_attempt_{};
  result<no_content> own_end_{};
  [[no_unique_address]] lease_of<credential_type> lease_;
  [[no_unique_address]] admission_tickets<options_type> tickets_;
};

}}}  // namespace ghl::v0::detail
