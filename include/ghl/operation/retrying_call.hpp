/// A call that may take more than one attempt: everything but sending and waiting, which are the drivers'.
#pragma once

#include <ghl/value/attempt.hpp>
#include <ghl/policy/credential.hpp>
#include <ghl/runner/clock.hpp>
#include <ghl/runner/drivers.hpp>
#include <ghl/policy/exchange_options.hpp>
#include <ghl/options/observed.hpp>
#include <ghl/detail/text.hpp>
#include <ghl/endpoint/words.hpp>
#include <ghl/value/endpoint_facts.hpp>
#include <ghl/value/error.hpp>
#include <ghl/operation/retry_machine.hpp>
#include <ghl/value/http.hpp>
#include <ghl/policy/observation.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/secret.hpp>
#include <ghl/endpoint/well_formed.hpp>
#include <ghl/options/option_set.hpp>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// A credential that can get another token: see <ghl/refreshing_token.hpp>.
template <class C>
concept refreshing = requires { requires std::remove_cvref_t<C>::refreshes; };

/// Puts another token into prepared header lines, of which the first is the old one.
inline void replace_token(http::headers& in, std::string_view old, std::string_view token) {
  constexpr std::string_view before = "Authorization: Bearer ";
  header_block::of(in).replace(before.size(), old.size(), token);
}

/// The turn of a call to refresh the token. It is given up where the last copy of the call that has it is destroyed: a
/// copy of a completion may outlive the one that it is of.
template <class Credential>
struct refresh_turn_of {};
template <refreshing Credential>
struct refresh_turn_of<Credential> {
  token_pair pair{};
  decltype(std::declval<Credential&>().hold_lease()) kept{};
};

/// Json, Credential and With are references where the client waits for the end, and values where it may go.
template <class E, class Json, class Credential, class With>
class running_call {
  using with_type = std::remove_cvref_t<With>;
  using outcome_type = result<response_of<E>>;

 public:
  using credential_type = std::remove_reference_t<Credential>;
  static constexpr bool can_refresh = refreshing<credential_type>;

  running_call(Json json, Credential credential, With options, outgoing out)
      : json_(std::forward<Json>(json)), credential_(std::forward<Credential>(credential)),
        options_(std::forward<With>(options)), token_(std::move(out.token)),
        outcome_(transport_error(fault::timeout, sent::no)),
        rules_(endpoint_of<E>.method, rules_of(options_), can_refresh,
               out.request ? out.request->timeout : milliseconds{}),
        began_(monotonic_now()), ended_(began_) {
    if (out.request) {
      request_ = *std::move(out.request);
      tidy(outcome_.error(), endpoint_of<E>, token_);
      next_ = rules_.begin();
    } else {
      end_with(std::move(out.request).error());
    }
  }

  [[nodiscard]] const http::request& request() const noexcept { return request_; }

  /// What to do now. `stopped`: whether the caller has asked for an end.
  [[nodiscard]] step next(bool stopped) {
    for (;;) {
      if (stopped && next_.what != step::done) end_with(transport_error(fault::cancelled, sent::no));
      if (next_.what == step::send) {
        if (const milliseconds wait = gates(); wait.count() > 0) return wait_for(wait);
        if (next_.what != step::send) continue;
        rules_.pass(this_moment());
        if (rules_.is_late()) {  // a pause took longer than it was to; zero as a timeout would mean none
          next_ = {step::done, {}};
          continue;
        }
        request_.timeout = rules_.limit();
        began_attempt_ = monotonic_now();
      } else if (next_.what == step::refresh) {
        if constexpr (can_refresh) {
          if (const milliseconds wait = take_lease(); wait.count() > 0) return wait_for(wait);
          if (next_.what != step::refresh) continue;
        }
      } else if (next_.what == step::done) {
        leave();
      }
      return next_;
    }
  }

  /// The transport's answer to what next() had sent.
  void answered(result<http::response> answer) {
    const int sends = rules_.sends();
    const int status = answer ? answer->status : 0;
    outcome_ = finish<E>(std::move(answer), json_, token_);
    const milliseconds now = monotonic_now();
    learn(status, now);
    const milliseconds paused{began_attempt_.count() - ended_.count()};
    next_ = outcome_ ? step{step::done, {}} : rules_.after_error(outcome_.error(), this_moment());
    if (rules_.probably_deleted()) outcome_.error().fault = fault::probably_deleted;
    observe(status, sends, milliseconds{now.count() - began_attempt_.count()}, paused);
    ended_ = now;
  }
  void waited() {
    if (next_.what == step::wait) next_ = rules_.after_wait(this_moment());
    else rules_.pass(this_moment());
  }

  /// What the user's function gives for the pair whose turn it is.
  decltype(auto) refresh()
    requires can_refresh
  {
    return credential_.refresh(turn_.pair);
  }
  /// The same for a function that calls back: what is to be called with the completion, which may take this call along.
  auto refresher()
    requires can_refresh
  {
    return [credential = credential_, pair = turn_.pair](auto done) mutable {
      static_cast<void>(credential.refresh(pair, std::move(done)));
    };
  }
  void refreshed(result<token_pair> pair) {
    if constexpr (can_refresh) {
      turn_.kept.release();
      adopt(credential_.end_refresh(std::move(pair)));
    }
  }

  /// The outcome of the call, once.
  [[nodiscard]] outcome_type take() {
    if (!outcome_) {
      error& e = outcome_.error();
      if (e.was_sent == sent::no && rules_.may_have_acted()) e.was_sent = sent::maybe;
    }
    set_tried(outcome_, std::move(rules_.tried()));
    return std::move(outcome_);
  }

 private:
  static retry rules_of(const with_type& options) {
    if constexpr (with_type::template has<retry>) return options.template get<retry>();
    else return retry{.attempts = 1};
  }
  [[nodiscard]] moment this_moment() const noexcept {
    return {milliseconds{monotonic_now().count() - began_.count()}, random_number(), unix_now()};
  }
  step wait_for(milliseconds wait) {
    rules_.add_wait(wait);
    return {step::wait, wait};
  }
  void end_with(error e) {
    tidy(e, endpoint_of<E>, token_);
    outcome_ = std::move(e);
    next_ = {step::done, {}};
  }

  // ---- gates ----

  /// How long to wait before asking again; 0: this call may go, or has ended.
  [[nodiscard]] milliseconds gates() {
    milliseconds wait{};
    each_gate([&](const auto& option, auto& place) {
      if (wait.count() <= 0) wait = option.enter(place, monotonic_now());
    });
    if (wait.count() <= 0 || rules_.fits(wait)) return wait;
    end_with(transport_error(fault::held_back, sent::no));
    return milliseconds{};
  }
  void leave() noexcept {
    each_gate([](const auto& option, auto& place) { option.leave(place); });
  }
  void learn([[maybe_unused]] int status, [[maybe_unused]] milliseconds now) {
    each_gate([&](const auto& option, auto& place) {
      if (status != 0) {
        const std::optional<milliseconds> named = outcome_ ? std::nullopt : outcome_.error().retry_after;
        option.on_response(place, outcome_.rate_limit(), status, named, now);
      }
      place = {};
    });
  }
  template <class F>
  void each_gate([[maybe_unused]] F&& f) {
    options_.each([&]<class Option>([[maybe_unused]] const Option& option) {
      if constexpr (gate<Option>) f(option, places_.template of<Option>());
    });
  }

  // ---- the token ----

  /// How long to wait before asking again; 0: it is this call's turn, or there is another token, or the call has ended.
  [[nodiscard]] milliseconds take_lease() {
    constexpr milliseconds poll{10};
    auto t = credential_.begin_refresh(token_);
    using kind = decltype(t.what);
    if (t.what == kind::superseded) {
      adopt(result<std::string>{std::move(t.token)});
    } else if (t.what == kind::leader) {
      turn_.pair = std::move(t.pair);
      turn_.kept = credential_.hold_lease();
    } else if (t.what == kind::failed) {
      end_with(*std::move(t.why));
    } else if (rules_.fits(poll)) {
      return poll;
    } else {
      end_with(transport_error(fault::timeout, sent::no));
    }
    return milliseconds{};
  }
  void adopt(result<std::string> token) {
    if (!token) {
      const error& failed = token.error();
      const std::string_view endpoint = failed.endpoint;  // the one that failed: "Get Access Token"
      const endpoint_facts* const called = failed.called;
      end_with(std::move(token).error());
      if (!endpoint.empty()) {
        outcome_.error().endpoint = endpoint;
        outcome_.error().called = called;
      }
      return;
    }
    if (!is_visible_ascii(*token) || token->empty())
      return end_with(invalid_request(token->empty() ? fault::empty_token : fault::bad_token, "the refreshed token"));
    replace_token(request_.headers, token_, *token);
    token_ = *std::move(token);
    next_ = rules_.after_refresh(this_moment());
    if (next_.what == step::done) end_with(transport_error(fault::timeout, sent::no));
  }

  // ---- observers ----

  void observe([[maybe_unused]] int status, [[maybe_unused]] int sends, [[maybe_unused]] milliseconds duration,
               [[maybe_unused]] milliseconds paused) {
    options_.each([&]<class Option>([[maybe_unused]] const Option& option) {
      if constexpr (observer<Option>) {
        observation seen = observation_of(endpoint_of<E>, request_.origin());
        if constexpr (target_observer<Option>) seen.target = request_.target();
        seen.status = status;
        const std::string error_type = outcome_ ? std::string{} : error_type_of(outcome_.error());
        seen.error_type = error_type;
        seen.duration = duration;
        seen.attempt = sends;
        seen.wait = paused;
        seen.last = next_.what == step::done;
        option.observed(std::as_const(seen));
      }
    });
  }

  Json json_;
  Credential credential_;
  With options_;
  std::string token_;
  http::request request_;
  outcome_type outcome_;
  exchange rules_;
  step next_;
  milliseconds began_;
  milliseconds ended_;  // of the attempt before
  milliseconds began_attempt_{};
  [[no_unique_address]] refresh_turn_of<credential_type> turn_;
  places<with_type> places_;
};

}}}  // namespace ghl::v0::detail
