/// Gets a new pair of tokens from HighLevel's OAuth server.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/detail/always_false.hpp>
#include <ghl/detail/named.hpp>
#include <ghl/operation/token_call.hpp>
#include <ghl/options/settings.hpp>
#include <ghl/policy/awaited.hpp>
#include <ghl/policy/json.hpp>
#include <ghl/policy/transport.hpp>
#include <ghl/runner/blocking.hpp>
#include <ghl/runner/callback.hpp>
#include <ghl/runner/coroutine.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/secret.hpp>
#include <ghl/value/token_pair.hpp>
#include <ghl/value/stop.hpp>

#include <memory>
#include <utility>

namespace ghl { inline namespace v0 {

/// Purpose: the `refresh` of a ghl::refreshing_token: POST /oauth/token, "Get Access Token" in the reference, over a
/// transport and a JSON policy of yours.
/// Example:
///     ghl::oauth_refresh{ghl::httplib_transport{}, ghl::glaze_json{},
///                        ghl::oauth_app{.client_id = id, .client_secret = ghl::secret{std::getenv("GHL_SECRET")}}}
/// Options follow in any order: ghl::base_url, ghl::user_agent, ghl::deadline (of this request alone; 30 s where
/// nothing is said).
/// The shape is that of the transport: it returns a ghl::result<ghl::token_pair>, or the transport's task of one, or it
/// is called with a completion as well.
/// Errors: as those of a call, with the endpoint "Get Access Token"; a refresh token that was used up is kind status
/// with "invalid_grant". They hold neither a token nor the client secret, but as secrets: of a 2xx that cannot be
/// read, the tokens that could be (`error::unsaved_tokens`) and the whole body (`error::unread_answer`); a pair whose
/// `userType` is not that of `oauth_app::user_type`, with fault::other_token_type.
/// The request is never sent twice: a refresh token works once.
/// Lifetime: owns its parts; an asynchronous call owns copies of them.
/// Thread safety: as the transport and the JSON policy; a ghl::refreshing_token makes one call at a time.
template <class Transport, class Json>
class oauth_refresh {
  static constexpr bool has_shape =
      blocking_transport<Transport> || coroutine_transport<Transport> || callback_transport<Transport>;
  static_assert(
      detail::holds<has_shape, Transport>,
      "ghl: ghl::oauth_refresh takes a transport that returns the answer or an awaitable of it, or that calls "
      "back; copy examples/12_refreshing_token.cpp");
  static_assert(detail::holds<json_decoder<Json, detail::tokens_read>, Json>,
                "ghl: the JSON policy cannot read the tokens; give it template <class T> ghl::result<T> "
                "decode(std::string_view); copy examples/04_json_policy.cpp");

 public:
  template <class... Options>
  oauth_refresh(Transport transport, Json json, oauth_app app, Options... options)
      : transport_(std::move(transport)), json_(std::move(json)), app_(std::move(app)) {
    static_assert(detail::holds<(client_option<Options> && ...), Options...>,
                  "ghl: this is no option of ghl::oauth_refresh; pass ghl::base_url, ghl::user_agent or ghl::deadline");
    static_assert(detail::holds<detail::set_once<Options...>, Options...>,
                  "ghl: an option of ghl::oauth_refresh is given twice; remove one");
    if constexpr ((client_option<Options> && ...)) (settings_.apply(std::move(options)), ...);
  }

  /// For the sentence about an app that is missing.
  template <class T = Transport>
  oauth_refresh(Transport transport, Json json) : oauth_refresh(std::move(transport), std::move(json), oauth_app{}) {
    static_assert(detail::always_false<T>,
                  "ghl: ghl::oauth_refresh takes a transport, a JSON policy and the ghl::oauth_app");
  }

  /// Blocking.
  result<token_pair> operator()(const token_pair& old)
    requires blocking_transport<Transport>
  {
    detail::token_call<Json&> call{json_, ask(old)};
    detail::run_blocking(call, transport_, detail::never_stops{}, {});
    return call.take();
  }
  /// Coroutine.
  template <class T = Transport>
    requires coroutine_transport<T>
  typename detail::task_of<T, detail::returned_by<T>>::template with<result<token_pair>> operator()(
      const token_pair& old) {
    using task = typename detail::task_of<T, detail::returned_by<T>>::template with<result<token_pair>>;
    return detail::run_coroutine<task>(Transport{transport_}, detail::token_call<Json>{Json{json_}, ask(old)},
                                       detail::never_stops{});
  }
  /// Callback: `done` is called with a ghl::result<ghl::token_pair>, inside this where nothing could be sent.
  template <class Done>
    requires callback_transport<Transport>
  void operator()(const token_pair& old, Done done) {
    using call = detail::token_call<Json>;
    detail::callback_loop<Transport, call, Done, detail::never_stops>::run(
        {{}, call{Json{json_}, ask(old)}, std::move(done), {}}, transport_);
  }

 private:
  [[nodiscard]] detail::token_request ask(const token_pair& old) const {
    return detail::ask_for_tokens(app_, settings_, old, parked_);
  }

  Transport transport_;
  Json json_;
  oauth_app app_;
  ghl::settings settings_;
  std::shared_ptr<detail::parked_answer> parked_ = std::make_shared<detail::parked_answer>();
};

}}  // namespace ghl::v0
