/// Gets a new pair of tokens from HighLevel's OAuth server.
#pragma once

#include <ghl/policy/awaited.hpp>
#include <ghl/detail/named.hpp>
#include <ghl/value/redact.hpp>
#include <ghl/detail/text.hpp>
#include <ghl/value/percent_encoding.hpp>
#include <ghl/endpoint/words.hpp>
#include <ghl/value/error.hpp>
#include <ghl/endpoint/fields.hpp>
#include <ghl/value/http.hpp>
#include <ghl/operation/interpret.hpp>
#include <ghl/options/settings.hpp>
#include <ghl/policy/transport.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/secret.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ghl { inline namespace v0 {

/// Your app, as HighLevel's marketplace knows it.
struct oauth_app {
  std::string client_id{};
  secret client_secret{};
  std::optional<token> user_type{};  ///< what the token is for: Location (token::sub_account), Company (token::agency)
  std::string redirect_uri{};        ///< empty: not sent
};

namespace detail {

inline constexpr auto get_access_token =
    ghl::endpoint("Get Access Token", ghl::method::post, "/oauth/token", token::sub_account, token::agency);

/// The answer, as far as it is needed.
struct tokens_read {
  std::optional<std::string> access_token{};
  std::optional<std::string> refresh_token{};
  std::optional<long long> expires_in{};

  static consteval auto fields() {
    return ghl::fields(ghl::field("access_token", &tokens_read::access_token),
                       ghl::field("refresh_token", &tokens_read::refresh_token),
                       ghl::field("expires_in", &tokens_read::expires_in));
  }
};
/// Tokens must not be lost because something beside them is not what it should be.
struct bare_tokens_read {
  std::optional<std::string> access_token{};
  std::optional<std::string> refresh_token{};

  static consteval auto fields() {
    return ghl::fields(ghl::field("access_token", &bare_tokens_read::access_token),
                       ghl::field("refresh_token", &bare_tokens_read::refresh_token));
  }
};

/// A request for tokens, and what must stand in no error about it.
struct token_request {
  result<http::request> request;
  token_pair old;
  secret client_secret;

  [[nodiscard]] error tidied(error e) const {
    e.endpoint = get_access_token.title;
    e.called = &get_access_token;
    for (const secret* text : {&client_secret, &old.refresh_token, &old.access_token}) 
      redact(e, text->reveal(), "[secret]");
    return e;
  }
  /// A success whose body is not what it should be. What it holds may be tokens that nobody knows yet, so no byte of it,
  /// and nothing that a JSON library says about it, goes into the error.
  [[nodiscard]] error unread(const http::response& answer, fault what, std::string where) const {
    error e = decode_error(what, std::move(where));
    describe(e, get_access_token, answer);
    e.excerpt.clear();
    return tidied(std::move(e));
  }

  template <class Json>
  result<token_pair> read(result<http::response>&& answer, Json& json) const {
    if (!answer) return tidied(std::move(answer.error()));
    const fault at_first_sight = fault_at_first_sight(answer->body);
    if (!is_success(answer->status)) {
      error e = failure(get_access_token, *answer, at_first_sight, json);
      if (answer->body.find("\"access_token\"") != std::string::npos) e.excerpt.clear();
      return tidied(std::move(e));
    }
    if (at_first_sight != fault::none) return unread(*answer, at_first_sight, {});
    result<tokens_read> read = json.template decode<tokens_read>(std::string_view{answer->body});
    if (!read) {
      result<bare_tokens_read> bare = json.template decode<bare_tokens_read>(std::string_view{answer->body});
      if (!bare) return unread(*answer, bare.error().fault, bare.error().where);
      read = tokens_read{std::move(bare->access_token), std::move(bare->refresh_token), {}};
    }
    return pair_in(*std::move(read), *answer);
  }

 private:
  [[nodiscard]] result<token_pair> pair_in(tokens_read&& read, const http::response& answer) const {
    token_pair fresh{secret{read.access_token.value_or("")}, secret{read.refresh_token.value_or("")},
                     read.expires_in.value_or(0)};
    const std::string& token = fresh.access_token.reveal();
    if (!token.empty() && is_visible_ascii(token)) return fresh;
    error e = unread(answer, token.empty() ? fault::missing_field : fault::bad_token, "access_token");
    fresh.access_token = {};
    if (!fresh.refresh_token.reveal().empty()) e.unsaved_tokens.push_back(std::move(fresh));
    return e;
  }
};

inline void append_parameter(std::string& body, std::string_view name, std::string_view value) {
  if (!body.empty()) body.push_back('&');
  body.append(name).push_back('=');
  append_encoded(body, value);
}

/// Pure: the request on the wire, or why there is none.
inline token_request ask_for_tokens(const oauth_app& app, const settings& s, const token_pair& old) {
  token_request out{http::request{}, old, app.client_secret};
  const auto refuse = [&](fault why, std::string_view where) { out.request = out.tidied(invalid_request(why, where)); };
  const struct {
    std::string_view name, value;
  } needed[] = {{"client_id", app.client_id},
                {"client_secret", app.client_secret.reveal()},
                {"refresh_token", old.refresh_token.reveal()}};
  for (const auto& [name, value] : needed) {
    if (value.empty()) return refuse(fault::empty_value, name), out;
    if (has_control(value)) return refuse(fault::control_byte, name), out;
  }
  if (s.base.fault() != fault::none) return refuse(s.base.fault(), "base_url"), out;
  if (s.agent.empty() || has_control(s.agent)) return refuse(fault::bad_user_agent, "user_agent"), out;

  http::request& r = *out.request;
  r.method = method::post;
  r.url = s.base.origin() + s.base.prefix();
  r.url.append(get_access_token.path);
  r.headers = {{"Accept", "application/json"},
               {"User-Agent", s.agent},
               {"Content-Type", "application/x-www-form-urlencoded"}};
  r.timeout = s.timeout;
  append_parameter(r.body, "client_id", app.client_id);
  append_parameter(r.body, "client_secret", app.client_secret.reveal());
  append_parameter(r.body, "grant_type", "refresh_token");
  append_parameter(r.body, "refresh_token", old.refresh_token.reveal());
  if (app.user_type) append_parameter(r.body, "user_type", *app.user_type == token::agency ? "Company" : "Location");
  if (!app.redirect_uri.empty()) append_parameter(r.body, "redirect_uri", app.redirect_uri);
  return out;
}

/// Coroutine: its frame owns all that it needs.
template <class Task, class Transport, class Json>
Task await_tokens(Transport transport, Json json, token_request out) {
  if (!out.request) co_return result<token_pair>{std::move(out.request).error()};
  auto answering = transport(*std::move(out.request));  // a name: some compilers lose temporaries here
  result<http::response> answer = co_await std::move(answering);
  co_return out.read(std::move(answer), json);
}

/// Callback: what the transport calls with the answer; const to call, as the completion of a call is.
template <class Json, class Done>
struct tokens_completion {
  mutable Json json;
  token_request of;
  mutable Done done;

  void operator()(result<http::response> answer) const { done(of.read(std::move(answer), json)); }
};

}  // namespace detail

/// Purpose: the `refresh` of a ghl::refreshing_token: POST /oauth/token, "Get Access Token" in the reference, over a
/// transport and a JSON policy of yours.
/// Example:
///     ghl::oauth_refresh{ghl::httplib_transport{}, ghl::glaze_json{},
///                        ghl::oauth_app{.client_id = id, .client_secret = ghl::secret{std::getenv("GHL_SECRET")}}}
/// Options follow in any order: ghl::base_url, ghl::user_agent, ghl::deadline (of this request alone; 30 s where nothing
/// is said).
/// The shape is that of the transport: it returns a ghl::result<ghl::token_pair>, or the transport's task of one, or it
/// is called with a completion as well.
/// Errors: as those of a call, with the endpoint "Get Access Token"; a refresh token that was used up is kind status
/// with "invalid_grant". They hold neither a token nor the client secret; of a 2xx that cannot be read they hold no byte.
/// The request is never sent twice: a refresh token works once.
/// Lifetime: owns its parts; an asynchronous call owns copies of them.
/// Thread safety: as the transport and the JSON policy; a ghl::refreshing_token makes one call at a time.
template <class Transport, class Json>
class oauth_refresh {
  static constexpr bool has_shape =
      blocking_transport<Transport> || coroutine_transport<Transport> || callback_transport<Transport>;
  static_assert(detail::holds<has_shape, Transport>,
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
    if constexpr ((client_option<Options> && ...)) (settings_.apply(std::move(options)), ...);
  }

  /// Blocking.
  result<token_pair> operator()(const token_pair& old)
    requires blocking_transport<Transport>
  {
    const detail::token_request out = ask(old);
    if (!out.request) return out.request.error();
    return out.read(transport_(*out.request), json_);
  }
  /// Coroutine.
  template <class T = Transport>
    requires coroutine_transport<T>
  typename detail::task_of<T, detail::returned_by<T>>::template with<result<token_pair>> operator()(
      const token_pair& old) {
    using task = typename detail::task_of<T, detail::returned_by<T>>::template with<result<token_pair>>;
    return detail::await_tokens<task>(transport_, json_, ask(old));
  }
  /// Callback: `done` is called with a ghl::result<ghl::token_pair>, inside this where nothing could be sent.
  template <class Done>
    requires callback_transport<Transport>
  void operator()(const token_pair& old, Done done) {
    detail::token_request out = ask(old);
    if (!out.request) return static_cast<void>(done(result<token_pair>{std::move(out.request).error()}));
    http::request request = *std::move(out.request);
    static_cast<void>(transport_(std::move(request),
                                 detail::tokens_completion<Json, Done>{json_, std::move(out), std::move(done)}));
  }

 private:
  [[nodiscard]] detail::token_request ask(const token_pair& old) const {
    return detail::ask_for_tokens(app_, settings_, old);
  }

  Transport transport_;
  Json json_;
  oauth_app app_;
  ghl::settings settings_;
};

}}  // namespace ghl::v0
