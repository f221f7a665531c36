/// The operation that follows policies: a retrying_core, and the response of an endpoint.
#pragma once

#include <ghl/endpoint/well_formed.hpp>
#include <ghl/endpoint/words.hpp>
#include <ghl/operation/call_policies.hpp>
#include <ghl/operation/interpret.hpp>
#include <ghl/operation/retrying_core.hpp>
#include <ghl/operation/step.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/rate_limit.hpp>
#include <ghl/value/result.hpp>

#include <optional>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

template <class E, class Json, class Credential, class Options, class Token>
class retrying_call : public retrying_core<Credential, Options, Token> {
  using core = retrying_core<Credential, Options, Token>;

 public:
  using outcome_type = result<response_of<E>>;
  using clock = clock_sample;
  static constexpr bool sends_again = true;

  template <class Prepare>
  retrying_call(Json json, Credential credential, Options options, Token token, const Prepare& prepare,
                const server_name& server, const clock_sample& at)
      : core(std::forward<Credential>(credential), std::forward<Options>(options), endpoint_of<E>, std::move(token),
             prepare, server, at),
        json_(std::forward<Json>(json)), strict_(is_strict(prepare)) {}

  void answered(result<http::response>&& answer, const clock_sample& at) {
    refuse_odd_status(answer);
    const int status = answer ? answer->status : 0;
    rate_limit limits;
    if constexpr (has_admission<std::remove_cvref_t<Options>>)
      if (answer) limits = rate_limit_in(answer->headers.block());
    outcome_.emplace(outcome_of<E>(std::move(answer), json_, core::token(), {}, strict_));
    core::attempted(*outcome_ ? nullptr : &outcome_->error(), status, limits, at, result_access::notes(*outcome_));
  }

  [[nodiscard]] outcome_type take() {
    if (!outcome_ && core::own_end()) core::end_with(fault::timeout);  // the deadline was over before the first attempt
    if (!core::own_end()) outcome_.emplace(std::move(core::own_end().error()));
    outcome_type outcome = *std::move(outcome_);
    if (!outcome && outcome.error().was_sent == sent::no && core::may_have_acted())
      outcome.error().was_sent = sent::maybe;
    result_access::set_tried(outcome, std::move(core::tried()));
    return outcome;
  }

 private:
  Json json_;
  bool strict_;
  std::optional<outcome_type> outcome_{};
};

}}}  // namespace ghl::v0::detail
