/// The rules of a call that follows policies: it may be held back, sent again, observed, and have its token refreshed.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/operation/call_policies.hpp>
#include <ghl/operation/interpret.hpp>
#include <ghl/operation/prepare.hpp>
#include <ghl/operation/retry_machine.hpp>
#include <ghl/operation/step.hpp>
#include <ghl/operation/token_lease.hpp>
#include <ghl/policy/call_limits.hpp>
#include <ghl/policy/credential.hpp>
#include <ghl/value/attempt.hpp>
#include <ghl/value/endpoint_facts.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/headers.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/mismatch.hpp>
#include <ghl/value/redact.hpp>
#include <ghl/value/rate_limit.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/token_pair.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace detail {

/// All of it but the response, whose type is left out: a program has this once for each client, not for each endpoint.
/// Credential and Options are references where the client waits for the end, and values where it may go; so Token is a
/// std::string_view where it cannot change either, and a std::string.
template <class Credential, class Options, class Token>
class retrying_core {
  using options_type = std::remove_cvref_t<Options>;

 public:
  using credential_type = std::remove_reference_t<Credential>;
  static constexpr bool refreshes = says_it_refreshes<credential_type>;
  static constexpr bool is_observed = has_observer<options_type>;

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
        if constexpr (begins_use<credential_type>)
          if (lease_.needed) {
            if (const std::optional<milliseconds> wait = ask_for_lease(at)) return wait_for(*wait);
            continue;
          }
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
          if (!lease_.taken) {
            if (const std::optional<milliseconds> wait = ask_for_lease(at)) return wait_for(*wait);
            continue;
          }
          rules_.pass(at);
          if (rules_.is_late()) {  // the store took too long
            end_with(fault::timeout);
            continue;
          }
        }
      } else if (next_.what == step::done) {
        tickets_.give_up();
        if constexpr (refreshes) lease_.give_up();
      }
      return next_;
    }
  }

  /// The outcome of an attempt: an error, or none. `limits`: what the answer states, where somebody asks.
  void attempted(error* failed, int status, const rate_limit& limits, const clock_sample& at,
                 reading_notes* notes = nullptr) {
    if constexpr (refreshes) lease_.tidy(credential_, failed, notes);
    if (failed != nullptr) advise(*failed);
    const int sends = rules_.sends();
    tickets_.on_response(options_, limits, status, failed, at.now);
    const milliseconds paused{began_attempt_.count() - ended_.count()};
    next_ = failed == nullptr ? step{step::done, {}} : rules_.after_error(*failed, at);
    if (rules_.probably_deleted()) failed->fault = fault::probably_deleted;
    const attempt_seen seen{status, failed, milliseconds{at.now.count() - began_attempt_.count()}, sends, paused,
                            next_.what == step::done, notes != nullptr ? notes->mismatches.size() : 0};
    observe_attempt(options_, called_, *request_, server_, seen);
    ended_ = at.now;
  }
  /// The transport has thrown, and the call is over.
  void thrown(const clock_sample& at) {
    const error unknown = transport_error(fault::other);
    const milliseconds paused{began_attempt_.count() - ended_.count()};
    observe_attempt(options_, called_, *request_, server_,
                    {0, &unknown, milliseconds{at.now.count() - began_attempt_.count()}, rules_.sends(), paused, true});
  }
  void waited(const clock_sample& at) {
    if (next_.what == step::wait) next_ = rules_.after_wait(at);
    else rules_.pass(at);
  }

  /// The request has a token already, which its credential had at hand.
  void has_token() noexcept requires refreshes { lease_.needed = false; }
  /// What the user's function gives for the pair whose lease it is.
  decltype(auto) refresh()
    requires refreshes
  {
    return credential_.refresh(lease_.pair);
  }
  /// The same for a function that calls back: what is to be called with the completion, which may take this call along.
  auto refresher() requires refreshes {
    token_pair copy = lease_.pair;  // g++ 11 destroys no capture of a lambda where a later one throws
    return [credential = credential_, pair = std::move(copy)](auto done) mutable {
      static_cast<void>(credential.refresh(pair, std::move(done)));
    };
  }
  [[gnu::noinline]] void refreshed(result<token_pair> pair, const clock_sample& at) {
    if constexpr (refreshes) {
      rules_.pass(at);
      result<std::string> token = lease_.end(credential_, std::move(pair), rules_.left(), rules_.is_late());
      const bool goes_on = !token && !lease_.instead.empty() && token.error().unsaved_tokens.empty();
      if (goes_on) token = std::move(lease_.instead);
      if (lease_.needed && !goes_on) rules_.has_refreshed();
      adopt(std::move(token), at);
    }
  }
  /// The stop token of the call, for the functions of the credential. It is told again before each step.
  template <class Stop>
  void stop_by(const Stop& stop) noexcept
    requires refreshes
  {
    lease_.limits = call_limits{{}, stop};
  }

  /// Has the error that ended the call from here, not from an attempt, where there is one.
  [[nodiscard]] result<no_content>& own_end() noexcept { return own_end_; }
  [[nodiscard]] bool may_have_acted() const noexcept { return rules_.may_have_acted(); }
  [[nodiscard]] std::vector<attempt>& tried() noexcept { return rules_.tried(); }

 protected:
  void end_with(fault f) { end_with(transport_error(f, sent::no)); }

 private:
  void advise(error& e) const { advising<credential_expires<credential_type>(), const options_type&>{options_}(e); }
  step wait_for(milliseconds wait) { return rules_.add_wait(wait), step{step::wait, wait}; }
  void end_with(error&& e) {
    own_end_ = std::move(e);
    tidy(own_end_.error(), called_, token_);
    advise(own_end_.error());
    next_ = {step::done, {}};
  }

  /// How long to wait before asking again; 0: this call may go, or has ended.
  [[nodiscard]] milliseconds admission(milliseconds now) {
    const milliseconds wait = tickets_.acquire(options_, now);
    if (wait.count() <= 0 || rules_.fits(wait)) return wait;
    end_with(fault::held_back);
    return milliseconds{};
  }

  /// How long to wait before asking again; a wait of nothing is a look at the clock, where functions of the user ran.
  /// Nothing: the course has changed: there is a token, or this call refreshes, or it has ended.
  [[gnu::noinline]] std::optional<milliseconds> ask_for_lease(const clock_sample& at) {
    constexpr milliseconds poll{10};
    rules_.pass(at);
    refresh_lease lease = lease_.ask(credential_, token_, rules_.left(), rules_.is_late());
    switch (lease.what) {
      case refresh_lease::superseded: adopt(std::move(lease.token), at); break;
      case refresh_lease::leader: next_ = {step::refresh, {}}; break;
      case refresh_lease::failed: end_with(*std::move(lease.why)); break;
      case refresh_lease::follower:
        if (rules_.fits(poll)) return poll;
        end_with(fault::timeout);
    }
    return lease.took_time && next_.what != step::done ? std::optional{milliseconds{}} : std::nullopt;
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
      return end_with(invalid_request(token->empty() ? fault::empty_token : fault::bad_token,
                                      lease_.needed ? "the token" : "the refreshed token"));
    header_block::of(request_->headers)
        .replace(bearer.size(), token_.size(), *token);  // the first line is Authorization
    lease_.refused = std::exchange(token_, *std::move(token));
    if (std::exchange(lease_.needed, false)) {
      rules_.pass(at);
      next_ = {step::send, rules_.limit()};
    } else {
      next_ = rules_.after_refresh(at);
      if (next_.what == step::done) end_with(fault::timeout);
    }
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
  [[no_unique_address]] token_lease<credential_type> lease_;
  [[no_unique_address]] admission_tickets<options_type> tickets_;
};

}}}  // namespace ghl::v0::detail
