// POST /oauth/token: its exact bytes, what is made of the answers, and what never stands in an error.
#include "../catch.hpp"
#include "flat_json.hpp"
#include "task.hpp"
#include "token_pairs.hpp"

#include <ghl/oauth_refresh.hpp>
#include <ghl/refreshing_token.hpp>
#include <ghl/testing/scripted_coroutine.hpp>
#include <ghl/testing/scripted_transport.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using fixture::pair_of;
using ghl::token_pair;
using ghl::testing::script;
using ghl::testing::scripted_callback_transport;
using ghl::testing::scripted_coroutine_transport;
using ghl::testing::scripted_transport;
using answer = ghl::result<token_pair>;

namespace {

/// flat_json, and what it says in an error quotes the text, as JSON libraries do.
struct quoting_json {
  template <class T>
  ghl::result<T> decode(std::string_view text) {
    return flat_json{}.decode<T>(text).transform_error([&](ghl::error e) {
      e.detail = std::string{"syntax error near "}.append(text);
      return e;
    });
  }
};

ghl::oauth_app my_app() { return {.client_id = "65c0a1-app", .client_secret = ghl::secret{"hush/+&=% hush"}}; }
const token_pair old = pair_of("old-access", "old+refresh/token=");

constexpr const char* good_answer =
    R"({"access_token":"new-access","token_type":"Bearer","expires_in":86399,"refresh_token":"new-refresh",)"
    R"("scope":"links.write","userType":"Location","locationId":"l","companyId":"c"})";

std::string everything(const ghl::error& e) {
  std::string out = e.message() + "\n" + e.where + e.detail + e.trace_id + e.content_type + e.excerpt;
  for (const std::string& text : e.messages) out += text;
  return out;
}

/// What comes of this answer.
answer refreshed(int status, std::string body, ghl::http::headers headers = {}) {
  script server;
  server.expect(ghl::method::post, "/oauth/token").answer(status, std::move(body), std::move(headers));
  ghl::oauth_refresh refresh{scripted_transport{server}, quoting_json{}, my_app()};
  return refresh(old);
}

}  // namespace

TEST_CASE("the request is that of the reference, byte for byte") {
  script server;
  server.expect(ghl::method::post, "/oauth/token").answer(200, good_answer);
  ghl::oauth_refresh refresh{scripted_transport{server}, quoting_json{}, my_app(), ghl::user_agent{"tests/1"}};
  REQUIRE(refresh(old));
  REQUIRE(server.requests().size() == 1);
  const ghl::http::request sent = server.requests()[0];
  CHECK(sent.method == ghl::method::post);
  CHECK(sent.origin() == "https://services.leadconnectorhq.com");
  CHECK(sent.target() == "/oauth/token");
  CHECK(sent.headers.block() ==
        "Accept: application/json\r\nUser-Agent: tests/1\r\nContent-Type: application/x-www-form-urlencoded\r\n");
  CHECK(sent.body ==
        "client_id=65c0a1-app&client_secret=hush%2F%2B%26%3D%25%20hush&grant_type=refresh_token&"
        "refresh_token=old%2Brefresh%2Ftoken%3D");
  CHECK(sent.timeout == ghl::milliseconds{30'000});
}

TEST_CASE("user type and redirect URI are sent where they are given") {
  const auto body = [](ghl::token kind) {
    script server;
    server.expect(ghl::method::post, "/base/oauth/token").origin("http://127.0.0.1:80").answer(200, good_answer);
    ghl::oauth_app app = my_app();
    app.user_type = kind;
    app.redirect_uri = "https://me.example/in?a=b";
    ghl::oauth_refresh refresh{scripted_transport{server}, quoting_json{}, app, ghl::deadline{ghl::milliseconds{700}},
                               ghl::base_url{"http://127.0.0.1:80/base"}};
    static_cast<void>(refresh(old));
    CHECK(server.requests().at(0).timeout == ghl::milliseconds{700});
    const std::string text = server.requests().at(0).body;
    return text.substr(text.find("&user_type"));
  };
  CHECK(body(ghl::token::sub_account) == "&user_type=Location&redirect_uri=https%3A%2F%2Fme.example%2Fin%3Fa%3Db");
  CHECK(body(ghl::token::agency) == "&user_type=Company&redirect_uri=https%3A%2F%2Fme.example%2Fin%3Fa%3Db");
}

TEST_CASE("the answer gives the new pair") {
  CHECK(refreshed(200, good_answer) == pair_of("new-access", "new-refresh", 86'399));
  CHECK(refreshed(201, good_answer) == pair_of("new-access", "new-refresh", 86'399));
}

TEST_CASE("only the access token is needed") {
  CHECK(refreshed(200, R"({"access_token":"new-access"})") == pair_of("new-access", ""));
}

TEST_CASE("tokens are not lost because something beside them is odd") {
  CHECK(refreshed(200, R"({"access_token":"new-access","expires_in":"86399","refresh_token":"new-refresh"})") ==
        pair_of("new-access", "new-refresh"));
}

TEST_CASE("a refused refresh is an ordinary error of Get Access Token") {
  const auto r = refreshed(400, R"({"error":"invalid_grant","error_description":"This refresh token is invalid"})",
                           {{"Content-Type", "application/json"}});
  REQUIRE(!r);
  const ghl::error& e = r.error();
  CHECK(e.kind == ghl::error_kind::status);
  CHECK(e.status == 400);
  CHECK(e.was_sent == ghl::sent::yes);
  CHECK(e.endpoint == "Get Access Token");
  REQUIRE(e.called != nullptr);
  CHECK(e.called->path == "/oauth/token");
  CHECK(e.messages == std::vector<std::string>{"invalid_grant: This refresh token is invalid"});
  CHECK(e.message().starts_with("Get Access Token: HTTP 400; the server says \"invalid_grant: This refresh token is "
                                "invalid\""));
  CHECK(refreshed(422, R"({"message":"user_type is wrong","traceId":"t-1"})").error().trace_id == "t-1");
  CHECK(refreshed(502, "<html>Bad Gateway</html>").error().excerpt == "<html>Bad Gateway</html>");
  CHECK(refreshed(302, "").error().status == 302);
}

TEST_CASE("what is refused before it is sent names the part that is wrong") {
  script server;
  const auto refusal = [&](const ghl::oauth_app& app, const token_pair& pair, auto... options) {
    ghl::oauth_refresh refresh{scripted_transport{server}, quoting_json{}, app, options...};
    return refresh(pair).error();
  };
  ghl::error e = refusal({.client_secret = ghl::secret{"long enough"}}, old);
  CHECK(e.message() == "Get Access Token: client_id is empty; nothing was sent");
  CHECK(e.kind == ghl::error_kind::invalid_request);
  e = refusal({.client_id = "x"}, old);
  CHECK(e.message() == "Get Access Token: client_secret is empty; nothing was sent");
  e = refusal({.client_id = "x", .client_secret = ghl::secret{"pasted\r\n"}}, old);
  CHECK(e.message() == "Get Access Token: client_secret holds a control byte; nothing was sent");
  e = refusal(my_app(), pair_of("access", ""));
  CHECK(e.message() == "Get Access Token: refresh_token is empty; nothing was sent");
  e = refusal(my_app(), old, ghl::base_url{"http://example.com"});
  CHECK(e.fault == ghl::fault::insecure_base_url);
  e = refusal(my_app(), old, ghl::base_url{"nonsense"});
  CHECK(e.fault == ghl::fault::bad_base_url);
  e = refusal(my_app(), old, ghl::user_agent{""});
  CHECK(e.fault == ghl::fault::bad_user_agent);
  CHECK(server.requests().empty());
}

TEST_CASE("the request is not sent again, whatever the transport says") {
  script server;
  server.expect(ghl::method::post, "/oauth/token").fails(ghl::fault::connection_lost, ghl::sent::maybe, "reset");
  ghl::oauth_refresh refresh{scripted_transport{server}, quoting_json{}, my_app()};
  const auto r = refresh(old);
  REQUIRE(!r);
  CHECK(r.error().message() ==
        "Get Access Token: the connection was lost before an answer came (reset); the server may have acted on it");
  CHECK(server.requests().size() == 1);
}

TEST_CASE("a success that cannot be read puts no byte of its body into the error") {
  for (const char* body : {R"({"access_token":"new-access","refresh_token":"new-refresh")", R"(["new-access"])",
                           R"({"access_token":["new-access"],"refresh_token":"new-refresh"})",
                           R"({"access_token":7,"refresh_token":"new-refresh"})", "<p>new-access</p>", "", "  ",
                           R"("new-access")", R"({"accessToken":"new-access"})", R"({"access_token":""})",
                           "{\"access_token\":\"new-access\r\"}"}) {
    const auto r = refreshed(200, body);
    INFO(body);
    REQUIRE(!r);
    CHECK(r.error().kind == ghl::error_kind::decode);
    CHECK(r.error().status == 200);
    CHECK(r.error().endpoint == "Get Access Token");
    CHECK(everything(r.error()).find("new-") == std::string::npos);
  }
  CHECK(refreshed(200, R"({"accessToken":"new-access"})").error().message() ==
        "Get Access Token: HTTP 200, access_token is missing");
  CHECK(refreshed(200, R"({"access_token":7})").error().message() ==
        "Get Access Token: HTTP 200, access_token has the wrong type");
  CHECK(refreshed(200, "{\"access_token\":\"two words\"}").error().fault == ghl::fault::bad_token);
}

TEST_CASE("a refresh token that came without an access token is handed over") {
  const auto r = refreshed(200, R"({"refresh_token":"new-refresh"})");
  REQUIRE(!r);
  CHECK(r.error().unsaved_tokens == std::vector{pair_of("", "new-refresh")});
}

TEST_CASE("no error holds the secret or a token, however the server spells them") {
  const std::vector<std::string> spellings = {
      "hush/+&=% hush", "hush%2F%2B%26%3D%25%20hush", "hush%2f%2b%26%3d%25+hush", "hush\\/+&=% hush",
      "%68ush/+\\u0026\\u003D% hush", "old+refresh/token=", "old%2Brefresh%2Ftoken%3D", "old%2brefresh\\/token\\u003d",
      "old-access", "old%2Daccess"};
  for (const std::string& spelled : spellings) {
    INFO(spelled);
    const std::string quoted = "you sent <" + spelled + ">";
    const auto of_text = refreshed(500, quoted, {{"Content-Type", quoted}});
    CHECK(of_text.error().excerpt == "you sent <[secret]>");
    CHECK(of_text.error().content_type == "you sent <[secret]>");
    script server;
    server.expect(ghl::method::post, "/oauth/token").fails(ghl::fault::other, ghl::sent::maybe, quoted);
    ghl::oauth_refresh refresh{scripted_transport{server}, quoting_json{}, my_app()};
    CHECK(refresh(old).error().detail == "you sent <[secret]>");
  }
  const auto said = refreshed(400, R"({"message":"bad old+refresh/token=","traceId":"hush\/+&=% hush"})");
  CHECK(said.error().messages == std::vector<std::string>{"bad [secret]"});
  CHECK(said.error().trace_id == "[secret]");
  CHECK(said.error().excerpt == R"({"message":"bad [secret]","traceId":"[secret]"})");
}

TEST_CASE("a failure that quotes tokens which nobody knows yet is not quoted") {
  CHECK(refreshed(500, R"({"access_token":"new-access"})").error().excerpt.empty());
}

TEST_CASE("no part of a secret stays where the excerpt is cut") {
  const std::string encoded = "hush%2F%2B%26%3D%25%20hush";
  for (std::size_t before = 985; before <= 1030; ++before) {
    const std::string text = refreshed(500, std::string(before, ' ') + encoded + std::string(100, 'x')).error().excerpt;
    INFO(before << " " << text.substr(before < text.size() ? before : text.size()));
    CHECK(text.find("hush") == std::string::npos);
    CHECK(text.size() <= ghl::error::excerpt_limit);
    // The whole form, of which other secrets were taken out before.
    const std::string form = refreshed(500, "old-access old-access" + std::string(before - 30, ' ') + encoded).error().excerpt;
    CHECK(form.find("hush") == std::string::npos);
    const std::string twice = refreshed(500, encoded + std::string(before - 30, ' ') + "old+refresh/token=").error().excerpt;
    CHECK(twice.find("old+") == std::string::npos);
  }
}

TEST_CASE("over a coroutine transport the refresh is a task") {
  script server;
  server.expect(ghl::method::post, "/oauth/token").answer(200, good_answer);
  server.hold();
  auto refresh = std::make_unique<ghl::oauth_refresh<scripted_coroutine_transport<task>, quoting_json>>(
      scripted_coroutine_transport<task>{server}, quoting_json{}, my_app());
  task<answer> running = [&] {
    const token_pair passing = old;
    return (*refresh)(passing);
  }();
  refresh.reset();  // the task has all that it needs
  CHECK(!running.start());
  CHECK(server.deliver() == 1);
  REQUIRE(running.done());
  CHECK(running.taken() == pair_of("new-access", "new-refresh", 86'399));

  ghl::oauth_refresh nameless{scripted_coroutine_transport<task>{server}, quoting_json{}, ghl::oauth_app{}};
  task<answer> refused = nameless(old);
  CHECK(refused.start());
  CHECK(refused.taken().error().where == "client_id");
}

TEST_CASE("over a callback transport the refresh takes a completion") {
  script server;
  server.expect(ghl::method::post, "/oauth/token").answer(400, R"({"error":"invalid_grant"})");
  server.hold();
  auto refresh = std::make_unique<ghl::oauth_refresh<scripted_callback_transport, quoting_json>>(
      scripted_callback_transport{server}, quoting_json{}, my_app());
  std::vector<std::string> said;
  (*refresh)(old, [&](answer a) { said = a.error().messages; });
  refresh.reset();
  CHECK(server.deliver() == 1);
  CHECK(said == std::vector<std::string>{"invalid_grant"});

  ghl::oauth_refresh nameless{scripted_callback_transport{server}, quoting_json{}, ghl::oauth_app{}};
  std::string where;
  nameless(old, [&](const answer& a) { where = a.error().where; });
  CHECK(where == "client_id");
}

TEST_CASE("oauth_refresh is the refresh of a refreshing token") {
  script server;
  server.expect(ghl::method::post, "/oauth/token").answer(200, R"({"access_token":"new-access"})");
  std::vector<token_pair> stored;
  const ghl::refreshing_token token{[] { return old; },
                                    ghl::oauth_refresh{scripted_transport{server}, quoting_json{}, my_app()},
                                    [&](const token_pair& fresh) { stored.push_back(fresh); }};
  const ghl::refresh_lease turn = token.begin_refresh("old-access");
  CHECK(token.end_refresh(token.refresh(turn.pair)) == "new-access");
  CHECK(stored == std::vector{pair_of("new-access", "old+refresh/token=")});
}
