/// The operation that gets a token of one location for an agency's: POST /oauth/locationToken.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/endpoint/words.hpp>
#include <ghl/operation/interpret.hpp>
#include <ghl/operation/prepare.hpp>
#include <ghl/operation/retrying_core.hpp>
#include <ghl/operation/step.hpp>
#include <ghl/operation/token_answer.hpp>
#include <ghl/options/settings.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/form.hpp>
#include <ghl/value/headers.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/issued_tokens.hpp>
#include <ghl/value/method.hpp>
#include <ghl/value/rate_limit.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/token_pair.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

inline constexpr auto get_location_access_token =
    ghl::endpoint("Get Location Access Token from Agency Token", ghl::method::post, "/oauth/locationToken",
                  ghl::version("2021-07-28"), ghl::scope("oauth.write"), token::agency, oauth_only);

/// Which token is asked for.
struct location_of_company {
  std::string company_id;
  std::string location_id;
};

/// Pure: the request on the wire, or why there is none.
inline result<http::request> ask_for_location_token(const location_of_company& which, const settings& s,
                                                    std::string_view agency_token) {
  const endpoint_facts& facts = get_location_access_token;
  result<http::request> out;
  const auto refuse_it = [&](const refusal& why) { return refuse(out, why, facts), out; };
  if (const refusal why = refusal_of(s, agency_token); why.why != fault::none) return refuse_it(why);
  for (const auto& [name, value] : {std::pair{std::string_view{"companyId"}, std::string_view{which.company_id}},
                                    std::pair{std::string_view{"locationId"}, std::string_view{which.location_id}}}) {
    if (value.empty()) return refuse_it({fault::empty_value, name});
    if (has_control(value)) return refuse_it({fault::control_byte, name});
    append_parameter(out->body, out->body.empty(), name, value);
  }
  out->method = facts.method;
  out->url.append(s.base.url()).append(facts.path);
  out->timeout = s.timeout;
  write_headers(out->headers, facts, s, {agency_token, {}, {}}, false);
  out->headers.add("Content-Type", form_type);
  return out;
}

/// Purpose: the operation: one request, with the agency's token refreshed where the API asks for that.
template <class Json, class Credential, class Options, class Token>
class location_token_call : public retrying_core<Credential, Options, Token> {
  using core = retrying_core<Credential, Options, Token>;

 public:
  using outcome_type = result<token_pair>;
  using clock = clock_sample;
  static constexpr bool sends_again = true;

  template <class Prepare>
  location_token_call(Json json, Credential credential, Options options, Token token, const Prepare& prepare,
                      const server_name& server, std::string location_id, const clock_sample& at)
      : core(std::forward<Credential>(credential), std::forward<Options>(options), get_location_access_token,
             std::move(token), prepare, server, at),
        json_(std::forward<Json>(json)), location_id_(std::move(location_id)) {}

  void answered(result<http::response>&& answer, const clock_sample& at) {
    refuse_odd_status(answer);
    const int status = answer ? answer->status : 0;
    outcome_.emplace(read(std::move(answer)));
    if (!*outcome_) redact_issued_tokens(outcome_->error());
    if (!*outcome_) tidy(outcome_->error(), get_location_access_token, core::token());
    core::attempted(*outcome_ ? nullptr : &outcome_->error(), status, rate_limit{}, at);
  }
  [[nodiscard]] outcome_type take() {
    if (!outcome_ && core::own_end()) core::end_with(fault::timeout);  // the deadline was over before the first attempt
    if (!core::own_end()) outcome_.emplace(std::move(core::own_end().error()));
    return *std::move(outcome_);
  }

 private:
  result<token_pair> read(result<http::response>&& answer) {
    if (!answer) return std::move(answer.error());
    const endpoint_facts& facts = get_location_access_token;
    if (!is_success(answer->status))
      return failure(facts, *answer, fault_at_first_sight(answer->body), &read_failure_body<plain_json>, &json_);
    result<token_pair> pair = read_tokens(facts, *answer, json_);
    if (pair && !pair->location_id.empty() && pair->location_id != location_id_)
      pair = other_tokens(facts, *answer, "locationId", *std::move(pair));
    if (!pair) pair.error().unsaved_tokens.clear();  // such a token is asked for again, and stored by nobody
    return pair;
  }

  using plain_json = std::remove_reference_t<Json>;
  Json json_;
  std::string location_id_;
  std::optional<outcome_type> outcome_{};
};

}}}  // namespace ghl::v0::detail
