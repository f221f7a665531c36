/// Tokens of locations, for an agency: one token of the agency gets one for each location that is asked for.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/auth/refresh_words.hpp>
#include <ghl/auth/tokens.hpp>
#include <ghl/client/call_checks.hpp>
#include <ghl/client/requirements.hpp>
#include <ghl/detail/always_false.hpp>
#include <ghl/detail/named.hpp>
#include <ghl/operation/call_policies.hpp>
#include <ghl/operation/location_token_call.hpp>
#include <ghl/options/option_set.hpp>
#include <ghl/options/settings.hpp>
#include <ghl/policy/awaited.hpp>
#include <ghl/policy/credential.hpp>
#include <ghl/policy/json.hpp>
#include <ghl/policy/transport.hpp>
#include <ghl/refreshing_token.hpp>
#include <ghl/runner/blocking.hpp>
#include <ghl/runner/callback.hpp>
#include <ghl/runner/clock.hpp>
#include <ghl/runner/coroutine.hpp>
#include <ghl/value/endpoint_facts.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/stop.hpp>
#include <ghl/value/token_pair.hpp>

#include <concepts>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 {

namespace detail {

/// The `refresh` of a location's credential: POST /oauth/locationToken, in the shape of the transport.
template <class Transport, class Json, class Agency>
class location_token_request {
  using options = option_set<>;
  template <class J, class C, class O>
  using call_of = location_token_call<J, C, O, std::string>;
  using kept_call = call_of<Json, Agency, options>;

 public:
  /// A pair in an error is that of the agency.
  static constexpr bool hands_over_own_pairs = false;

  location_token_request(Transport transport, Json json, Agency agency, settings how, location_of_company which)
      : transport_(std::move(transport)), json_(std::move(json)), agency_(std::move(agency)), settings_(std::move(how)),
        which_(std::move(which)) {}

  /// Blocking.
  result<token_pair> operator()(const token_pair&)
    requires blocking_transport<Transport>
  {
    const options none{};
    auto call = made<call_of<Json&, Agency&, const options&>>(json_, agency_, none);
    run_blocking(call, transport_, never_stops{}, sample<clock_sample>());
    return call.take();
  }
  /// Coroutine.
  template <class T = Transport>
    requires coroutine_transport<T>
  typename task_of<T, returned_by<T>>::template with<result<token_pair>> operator()(const token_pair&) {
    using task = typename task_of<T, returned_by<T>>::template with<result<token_pair>>;
    return run_coroutine<task>(Transport{transport_}, made<kept_call>(Json{json_}, Agency{agency_}, options{}),
                               never_stops{});
  }
  /// Callback.
  template <class Done>
    requires callback_transport<Transport>
  void operator()(const token_pair&, Done done) {
    callback_loop<Transport, kept_call, Done, never_stops>::go_on(
        {{Transport{transport_}}, made<kept_call>(Json{json_}, Agency{agency_}, options{}), std::move(done), {}});
  }

 private:
  template <class Call, class J, class C, class O>
  Call made(J&& json, C&& agency, O&& with) {
    const auto token = token_to_begin_with<false>(agency_);
    const auto prepare = [&]() -> result<http::request> {
      if (const error* const failed = token.failed()) return *failed;
      return ask_for_location_token(which_, settings_, token.text());
    };
    return Call{std::forward<J>(json),        std::forward<C>(agency),      std::forward<O>(with),
                std::string{token.text()},    prepare,                      server_name{settings_.base},
                which_.location_id,           sample<clock_sample>()};
  }

  Transport transport_;
  Json json_;
  Agency agency_;
  settings settings_;
  location_of_company which_;
};

/// A location's token is not in a store: it is asked for when it is needed.
struct nothing_loaded {
  token_pair operator()() const { return {}; }
};

}  // namespace detail

/// Purpose: credentials for the locations of an agency: POST /oauth/locationToken, "Get Location Access Token from
/// Agency Token" in the reference, over a transport and a JSON policy of yours, with the token of the agency.
/// Example:
///     ghl::location_tokens locations{transport, json, agency_token, "your companyId"};
///     ghl::client api{transport, json, locations.for_location("ve9EPM428h8vShlRW1KT")};
/// The agency's credential is anything that a client takes: a ghl::refreshing_token of the agency is itself refreshed
/// where the API asks for that, and shared by all locations.
/// Options follow in any order: ghl::base_url, ghl::user_agent, ghl::deadline (of this request alone; 30 s where
/// nothing is said), ghl::refresh_options (a token is replaced a minute before its end where nothing is said).
/// A token is asked for by the first call that needs it, kept until it ends or the API refuses it, and asked for once
/// by all calls that need it at the same time. The credential knows that it is one of a sub-account.
/// Errors: those of a call to that endpoint end the call that needed the token.
/// Lifetime: a credential owns all that it needs. Locations are kept for ever: a few kB each.
/// Thread safety: for_location() may be called at any time; the rest as ghl::refreshing_token.
template <class Transport, class Json, class Agency>
class location_tokens {
  static constexpr bool has_shape =
      waiting_transport<Transport> &&
      (blocking_transport<Transport> || coroutine_transport<Transport> || callback_transport<Transport>);
  static_assert(detail::holds<has_shape, Transport>,
                "ghl: ghl::location_tokens takes a transport that can wait, and that returns the answer or an "
                "awaitable of it, or calls back; copy examples/17_agency.cpp");
  static_assert(detail::holds<json_decoder<Json, detail::tokens_read>, Json>,
                "ghl: the JSON policy cannot read the tokens; give it template <class T> ghl::result<T> "
                "decode(std::string_view); copy examples/04_json_policy.cpp");
  static_assert(detail::holds<credential<Agency>, Agency>,
                "ghl: the third argument of ghl::location_tokens yields the token of the agency; pass a "
                "ghl::refreshing_token, ghl::access_token{text} or a callable that returns a std::string");
  static_assert(detail::holds<detail::credential_serves<Agency>(detail::get_location_access_token), Agency>,
                "ghl: only the token of an agency gets the tokens of locations; use one of ghl::token::agency");
  static_assert(detail::holds<detail::credential_of_oauth<Agency>(), Agency>,
                "ghl: only a token that OAuth has issued gets the tokens of locations; pass a ghl::refreshing_token or a "
                "ghl::access_token of the agency");
  static_assert(detail::holds<detail::scope_not_granted<Agency>(detail::get_location_access_token).empty(), Agency>,
                "ghl: the agency's token was not granted oauth.write; grant it, and add it to ghl::scopes<...>");

 public:
  /// What for_location() gives.
  using credential_type =
      refreshing_token<detail::nothing_loaded, detail::location_token_request<Transport, Json, Agency>,
                       detail::no_store, refresh_options, detail::token_kind<token::sub_account>>;

  template <class... Options>
  location_tokens(Transport transport, Json json, Agency agency, std::string company_id, Options... options)
      : transport_(std::move(transport)), json_(std::move(json)), agency_(std::move(agency)),
        company_id_(std::move(company_id)) {
    constexpr bool known = ((client_option<Options> || std::same_as<Options, refresh_options>) && ...);
    static_assert(detail::holds<known, Options...>,
                  "ghl: this is no option of ghl::location_tokens; pass ghl::base_url, ghl::user_agent, ghl::deadline "
                  "or ghl::refresh_options");
    static_assert(detail::holds<detail::set_once<Options...> && detail::given_once<Options...>, Options...>,
                  "ghl: an option of ghl::location_tokens is given twice; remove one");
    if constexpr (known) (set(std::move(options)), ...);
  }

  /// For the sentence about a company that is missing.
  template <class T = Transport>
  location_tokens(Transport transport, Json json, Agency agency)
      : location_tokens(std::move(transport), std::move(json), std::move(agency), std::string{}) {
    static_assert(detail::always_false<T>,
                  "ghl: ghl::location_tokens takes a transport, a JSON policy, the token of the agency and the company "
                  "id, and then options");
  }

  /// The credential of a location, the same each time.
  credential_type for_location(std::string_view location_id) {
    const std::lock_guard<std::mutex> lock{mutex_};
    for (const auto& [id, known] : known_)
      if (id == location_id) return known;
    credential_type fresh{detail::nothing_loaded{},
                          {Transport{transport_}, Json{json_}, Agency{agency_}, settings_,
                           {company_id_, std::string{location_id}}},
                          how_, token_type<token::sub_account>};
    known_.emplace_back(std::string{location_id}, fresh);
    return fresh;
  }

 private:
  template <class Option>
  void set(Option&& option) {
    if constexpr (std::same_as<Option, refresh_options>) how_ = option;
    else settings_.apply(std::forward<Option>(option));
  }

  Transport transport_;
  Json json_;
  Agency agency_;
  std::string company_id_;
  settings settings_{};
  refresh_options how_{.ahead = milliseconds{60'000}};
  std::mutex mutex_{};
  std::vector<std::pair<std::string, credential_type>> known_{};
};

}}  // namespace ghl::v0
