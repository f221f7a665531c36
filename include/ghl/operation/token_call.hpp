/// The operation that gets a new pair of tokens from HighLevel's OAuth server: POST /oauth/token.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/endpoint/fields.hpp>
#include <ghl/endpoint/words.hpp>
#include <ghl/operation/interpret.hpp>
#include <ghl/operation/step.hpp>
#include <ghl/options/settings.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/method.hpp>
#include <ghl/value/percent_encoding.hpp>
#include <ghl/value/redact.hpp>
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
  /// A success whose body is not what it should be. What it holds may be tokens that nobody knows yet, so no byte of
  /// it, and nothing that a JSON library says about it, goes into the error.
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
      error e = failure(get_access_token, *answer, at_first_sight, &read_failure_body<Json>, &json);
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
  if (!s.agent.usable()) return refuse(fault::bad_user_agent, "user_agent"), out;

  http::request& r = *out.request;
  r.method = method::post;
  r.url.append(s.base.url()).append(get_access_token.path);
  r.headers = {{"Accept", "application/json"},
               {"User-Agent", s.agent.text()},
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

/// Purpose: the operation: one request for a new pair. It is never sent twice, since a refresh token works once.
template <class Json>
class token_call {
 public:
  using outcome_type = result<token_pair>;
  using clock = no_clock_sample;
  static constexpr bool sends_again = false;
  static constexpr bool refreshes = false;

  token_call(Json json, token_request request) : json_(std::forward<Json>(json)), of_(std::move(request)) {}

  [[nodiscard]] step next(const clock&, bool) {
    if (outcome_) return {step::done, {}};
    if (of_.request) return {step::send, of_.request->timeout};
    outcome_.emplace(std::move(of_.request.error()));
    return {step::done, {}};
  }
  [[nodiscard]] http::request& request() noexcept { return *of_.request; }
  void answered(result<http::response>&& answer, const clock&) {
    refuse_odd_status(answer);
    outcome_.emplace(of_.read(std::move(answer), json_));
  }
  [[nodiscard]] outcome_type take() { return *std::move(outcome_); }

 private:
  Json json_;
  token_request of_;
  std::optional<outcome_type> outcome_{};
};

}  // namespace detail
}}  // namespace ghl::v0
