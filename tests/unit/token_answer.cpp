// What is made of an OAuth answer: the facts beside the tokens, and what is kept of one that cannot be read.
#include "../catch.hpp"
#include "delete_link_call.hpp"
#include "flat_json.hpp"
#include "token_pairs.hpp"

#include <ghl/ghl.hpp>
#include <ghl/oauth_refresh.hpp>
#include <ghl/refreshing_token.hpp>
#include <ghl/runner/clock.hpp>
#include <ghl/testing/scripted_transport.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace fixture;
using ghl::token_pair;
using ghl::testing::script;
using ghl::testing::scripted_transport;
using pair_answer = ghl::result<token_pair>;

namespace {

ghl::oauth_app app_of(std::optional<ghl::token> kind = {}) {
  return {.client_id = "app", .client_secret = ghl::secret{"hush-hush-hush"}, .user_type = kind};
}

struct throwing_json {
  int* left;
  template <class T>
  ghl::result<T> decode(std::string_view text) const {
    if (*left > 0) {
      --*left;
      throw std::runtime_error{"no memory"};
    }
    return flat_json{}.decode<T>(text);
  }
};

pair_answer refreshed(std::string body, std::optional<ghl::token> kind = {}) {
  script server;
  server.expect(ghl::method::post, "/oauth/token").answer(200, std::move(body));
  ghl::oauth_refresh refresh{scripted_transport{server}, flat_json{}, app_of(kind)};
  return refresh(first);
}

}  // namespace

TEST_CASE("the facts beside the tokens stand in the pair") {
  const pair_answer pair = refreshed(
      R"({"access_token":"new-access","expires_in":86399,"refresh_token":"new-refresh",)"
      R"("scope":"links.write users.readonly",)"
      R"("userType":"Company","locationId":"l-1","companyId":"c-1","refreshTokenId":"r-1","isBulkInstallation":true,)"
      R"("approvedLocations":["l-1","l-2"],"planId":"p"})");
  REQUIRE(pair);
  CHECK(pair->access_token.reveal() == "new-access");
  CHECK(pair->refresh_token.reveal() == "new-refresh");
  CHECK(pair->expires_in_s == 86'399);
  CHECK(pair->scope == "links.write users.readonly");
  CHECK(pair->user_type == "Company");
  CHECK(pair->location_id == "l-1");
  CHECK(pair->company_id == "c-1");
  CHECK(pair->refresh_token_id == "r-1");
  CHECK(pair->is_bulk_installation == true);
  CHECK(pair->approved_locations == std::vector<std::string>{"l-1", "l-2"});
}

TEST_CASE("a fact of an odd type costs that fact, or those beside it, and no token") {
  const pair_answer pair =
      refreshed(R"({"access_token":"new-access","expires_in":"soon","refresh_token":"new-refresh","userType":7,)"
                R"("isBulkInstallation":"Bearer","approvedLocations":"all"})");
  REQUIRE(pair);
  CHECK(*pair == pair_of("new-access", "new-refresh"));
  CHECK(pair->user_type.empty());
  CHECK(!pair->is_bulk_installation);
  CHECK(pair->approved_locations.empty());
}

TEST_CASE("of an answer that cannot be read to its end the tokens are kept, and the whole of it") {
  for (const std::string body :
       {R"({"access_token":"new-access","refresh_token":"new-refresh")",
        R"({"access_token":"new-access","refresh_token":"new-refresh"}})",
        R"({"access_token":"new-access","refresh_token":"new-refresh",})",
        R"({"access_token":"new-access","refresh_token":"new-refresh","expires_in":1e400})",
        "{\"access_token\" :\n \"new-access\", \"refresh_token\": \"new-refresh\", \"x\": \"\xFF\x01",
        R"({"refresh_token":"new-refresh","access_token":"new-access","expires_in":)"}) {
    INFO(body);
    const pair_answer r = refreshed(body);
    REQUIRE(!r);
    CHECK(r.error().kind == ghl::error_kind::decode);
    REQUIRE(r.error().unsaved_tokens.size() == 1);
    CHECK(r.error().unsaved_tokens[0] == pair_of("new-access", "new-refresh"));
    CHECK(r.error().unread_answer.reveal() == body);
    CHECK(r.error().remedy() == ghl::remedy::store_tokens);
    CHECK(r.error().message().find("new-") == std::string::npos);
    CHECK(r.error().excerpt.empty());
  }
}

TEST_CASE("a token that has no end, or is none, is not made up") {
  struct {
    std::string body;
    token_pair kept;
  } const rows[] = {
      {R"({"access_token":123,"refresh_token":"new-refresh"})", pair_of("", "new-refresh")},
      {R"({"access_token":"new-access","refresh_token":"new-ref)", pair_of("new-access", "")},
      {R"({"access_token":"new-acc\")", pair_of("", "")},
      {R"({"note":"access_token","x":"access_token":)", pair_of("", "")},
      {R"({"access_token":"two words","refresh_token":"new-refresh")", pair_of("", "new-refresh")},
  };
  for (const auto& [body, kept] : rows) {
    INFO(body);
    const pair_answer r = refreshed(body);
    REQUIRE(!r);
    CHECK(r.error().unsaved_tokens == (kept == pair_of("", "") ? std::vector<token_pair>{} : std::vector{kept}));
    CHECK(r.error().unread_answer.reveal() == body);
  }
  CHECK(refreshed("").error().unsaved_tokens.empty());
  CHECK(refreshed(" \r\n").error().unsaved_tokens.empty());
  // Nothing that a store would put in the place of a good pair.
  CHECK(refreshed("<html>new-access</html>").error().unsaved_tokens.empty());
  CHECK(refreshed("<html>new-access</html>").error().unread_answer.reveal() == "<html>new-access</html>");
}

TEST_CASE("the tokens of an answer that could not be read are used by the calls after it") {
  script server;
  server.expect(ghl::method::del, "/links/x").header("Authorization", "Bearer access-1").answer(401, expired.body);
  server.expect(ghl::method::post, "/oauth/token")
      .answer(200, R"({"access_token":"new-access","refresh_token":"new-refresh",)");
  server.expect(ghl::method::del, "/links/x").header("Authorization", "Bearer new-access").answer(201, "{}");
  const scripted_transport transport{server};
  ghl::client api{transport, json,
                  ghl::refreshing_token{[] { return first; }, ghl::oauth_refresh{transport, flat_json{}, app_of()}}};
  const auto r = api.call(call);
  REQUIRE(!r);
  CHECK(r.error().endpoint == "Get Access Token");
  CHECK(r.error().unsaved_tokens == std::vector{pair_of("new-access", "new-refresh")});
  CHECK(api.call(call));
}

TEST_CASE("a token of another type than asked for is an error that has the pair, and is not used") {
  const std::string company = R"({"access_token":"new-access","refresh_token":"new-refresh","userType":"Company"})";
  const pair_answer r = refreshed(company, ghl::token::sub_account);
  REQUIRE(!r);
  CHECK(r.error().fault == ghl::fault::other_token_type);
  CHECK(r.error().where == "userType");
  CHECK(r.error().unsaved_tokens == std::vector{pair_of("new-access", "new-refresh")});
  CHECK(r.error().remedy() == ghl::remedy::use_other_token_type);
  CHECK(refreshed(company, ghl::token::agency));
  CHECK(refreshed(company));
  CHECK(refreshed(R"({"access_token":"new-access"})", ghl::token::sub_account));

  script server;
  server.expect(ghl::method::del, "/links/x").header("Authorization", "Bearer access-1").answer(401, expired.body);
  server.expect(ghl::method::post, "/oauth/token").answer(200, company);
  server.expect(ghl::method::del, "/links/x").header("Authorization", "Bearer access-1").answer(401, expired.body);
  server.expect(ghl::method::post, "/oauth/token")
      .body(
          "client_id=app&client_secret=hush-hush-hush&grant_type=refresh_token&refresh_token=new-refresh&"
          "user_type=Location")
      .answer(200, R"({"access_token":"good-access","refresh_token":"good-refresh","userType":"Location"})");
  server.expect(ghl::method::del, "/links/x").header("Authorization", "Bearer good-access").answer(201, "{}");
  const scripted_transport transport{server};
  ghl::client api{transport, json,
                  ghl::refreshing_token{[] { return first; },
                                        ghl::oauth_refresh{transport, flat_json{}, app_of(ghl::token::sub_account)}}};
  CHECK(api.call(call).error().fault == ghl::fault::other_token_type);
  CHECK(server.requests().size() == 2);
  ghl::detail::sleep_for(ghl::milliseconds{1'100});  // for a second everyone is told the same
  CHECK(api.call(call));
}

TEST_CASE("an answer that the JSON policy threw at is read again by the next refresh, and not asked for again") {
  int left = 1;
  script server;
  server.expect(ghl::method::post, "/oauth/token").answer(200, R"({"access_token":"a","refresh_token":"r"})");
  ghl::oauth_refresh refresh{scripted_transport{server}, throwing_json{&left}, app_of()};
  CHECK_THROWS_AS(refresh(first), std::runtime_error);
  CHECK(refresh(first) == pair_of("a", "r"));
  CHECK(server.requests().size() == 1);

  // A policy that always throws does not stand in the way for ever.
  left = 1'000;
  script other;
  other.expect(ghl::method::post, "/oauth/token").answer(200, R"({"access_token":"a","refresh_token":"r"})");
  ghl::oauth_refresh stubborn{scripted_transport{other}, throwing_json{&left}, app_of()};
  for (int i = 0; i < 3; ++i) CHECK_THROWS_AS(stubborn(first), std::runtime_error);
  const pair_answer r = stubborn(first);
  REQUIRE(!r);
  CHECK(r.error().unread_answer.reveal() == R"({"access_token":"a","refresh_token":"r"})");
  CHECK(other.requests().size() == 1);
}
