/// The operation that gets a new pair of tokens from HighLevel's OAuth server: POST /oauth/token.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/endpoint/words.hpp>
#include <ghl/operation/interpret.hpp>
#include <ghl/operation/step.hpp>
#include <ghl/operation/token_answer.hpp>
#include <ghl/options/settings.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/form.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/issued_tokens.hpp>
#include <ghl/value/method.hpp>
#include <ghl/value/redact.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/secret.hpp>
#include <ghl/value/token_pair.hpp>

#include <exception>
#include <memory>
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
    ghl::endpoint("Get Access Token", ghl::method::post, "/oauth/token", token::none);

/// Where an answer waits that could not be read for want of memory: the next refresh with the same old pair reads it
/// instead of asking again, since the refresh token is spent. One refresh at a time uses it.
struct parked_answer {
  http::response answer{};
  token_pair old{};
  int times = 0;

  [[nodiscard]] bool is_for(const token_pair& pair) const noexcept { return times > 0 && old == pair; }
};

/// A request for tokens, and what must stand in no error about it.
struct token_request {
  result<http::request> request;
  token_pair old;
  secret client_secret;
  std::string_view user_type;  ///< that was asked for; empty: none
  std::shared_ptr<parked_answer> parked;

  [[nodiscard]] error tidied(error e) const {
    e.endpoint = get_access_token.title;
    e.called = &get_access_token;
    redact_issued_tokens(e);
    for (const secret* text : {&client_secret, &old.refresh_token, &old.access_token})
      redact(e, text->reveal(), "[secret]");
    return e;
  }

  template <class Json>
  result<token_pair> read(result<http::response>&& answer, Json& json) {
    if (!answer) return tidied(std::move(answer.error()));
    const park_if_thrown keep{*this, *answer};
    if (!is_success(answer->status)) {
      error e = failure(get_access_token, *answer, fault_at_first_sight(answer->body), &read_failure_body<Json>, &json);
      if (answer->body.find("\"access_token\"") != std::string::npos) e.excerpt.clear();
      return tidied(std::move(e));
    }
    constexpr int most = 2;  // what cannot be read then never will be
    if (parked && parked->times > most)
      return tidied(unread_tokens(get_access_token, *answer, fault::malformed, {}, {}));
    result<token_pair> pair = read_tokens(get_access_token, *answer, json);
    if (!pair) return tidied(std::move(pair.error()));
    if (!user_type.empty() && !pair->user_type.empty() && pair->user_type != user_type)
      return tidied(other_tokens(get_access_token, *answer, "userType", *std::move(pair)));
    if (parked) *parked = {};
    return pair;
  }
  /// The answer that was parked for this request.
  [[nodiscard]] std::optional<http::response> take_parked() {
    if (!parked || !parked->is_for(old)) return std::nullopt;
    return std::move(parked->answer);
  }

 private:
  class park_if_thrown {
   public:
    park_if_thrown(token_request& of, http::response& answer) noexcept
        : of_(of), answer_(answer), exceptions_(std::uncaught_exceptions()) {}
    park_if_thrown(const park_if_thrown&) = delete;
    park_if_thrown& operator=(const park_if_thrown&) = delete;
    ~park_if_thrown() {
      if (std::uncaught_exceptions() == exceptions_ || !of_.parked) return;
      of_.parked->answer = std::move(answer_);
      of_.parked->old = std::move(of_.old);
      ++of_.parked->times;
    }

   private:
    token_request& of_;
    http::response& answer_;
    int exceptions_;
  };
};

/// Pure: the request on the wire, or why there is none.
inline token_request ask_for_tokens(const oauth_app& app, const settings& s, const token_pair& old,
                                    std::shared_ptr<parked_answer> parked = {}) {
  token_request out{http::request{}, old, app.client_secret, {}, std::move(parked)};
  if (app.user_type && *app.user_type != token::none) out.user_type = *app.user_type == token::agency ? "Company" : "Location";
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
               {"Content-Type", form_type}};
  r.timeout = s.timeout;
  const auto say = [&](std::string_view name, std::string_view value) {
    append_parameter(r.body, r.body.empty(), name, value);
  };
  say("client_id", app.client_id);
  say("client_secret", app.client_secret.reveal());
  say("grant_type", "refresh_token");
  say("refresh_token", old.refresh_token.reveal());
  if (!out.user_type.empty()) say("user_type", out.user_type);
  if (!app.redirect_uri.empty()) say("redirect_uri", app.redirect_uri);
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
    if (of_.request) {
      std::optional<http::response> parked = of_.take_parked();
      if (!parked) return {step::send, of_.request->timeout};
      answered(*std::move(parked), {});
    } else {
      outcome_.emplace(std::move(of_.request.error()));
    }
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
