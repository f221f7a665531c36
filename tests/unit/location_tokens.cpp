// Tokens of locations from an agency's: the exact request, who asks when, and what is kept.
#include "../catch.hpp"
#include "delete_link_call.hpp"
#include "flat_json.hpp"
#include "run_task.hpp"
#include "task.hpp"
#include "token_pairs.hpp"

#include <ghl/ghl.hpp>
#include <ghl/location_tokens.hpp>
#include <ghl/refreshing_token.hpp>
#include <ghl/runner/clock.hpp>
#include <ghl/testing/scripted_coroutine.hpp>
#include <ghl/testing/scripted_transport.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace fixture;
using ghl::token_pair;
using ghl::testing::script;
using ghl::testing::scripted_callback_transport;
using ghl::testing::scripted_coroutine_transport;
using ghl::testing::scripted_transport;

namespace {

const ghl::access_token agency{"agency-access", ghl::token_type<ghl::token::agency>, ghl::scopes<"oauth.write">};

ghl::testing::step expect_token(script& server, std::string_view location, std::string_view bearer = "agency-access") {
  return server.expect(ghl::method::post, "/oauth/locationToken")
      .header("Authorization", std::string{"Bearer "}.append(bearer))
      .header("Version", "2021-07-28")
      .header("Content-Type", "application/x-www-form-urlencoded")
      .body(std::string{"companyId=company&locationId="}.append(location));
}
void expect_call(script& server, std::string_view bearer, int status = 201, const char* body = "{}") {
  server.expect(ghl::method::del, "/links/x")
      .header("Authorization", std::string{"Bearer "}.append(bearer))
      .answer(status, body);
}

constexpr const char* token_of_berlin =
    R"({"access_token":"berlin-access","token_type":"Bearer","expires_in":86399,"locationId":"berlin"})";

}  // namespace

TEST_CASE("the first call for a location gets its token, and the next ones use it") {
  script server;
  expect_token(server, "berlin").answer(200, token_of_berlin);
  expect_call(server, "berlin-access");
  expect_call(server, "berlin-access");
  expect_token(server, "paris%2F1").answer(200, R"({"access_token":"paris-access"})");
  expect_call(server, "paris-access");
  const scripted_transport transport{server};
  ghl::location_tokens locations{transport, flat_json{}, agency, "company"};
  ghl::client berlin{transport, json, locations.for_location("berlin")};
  CHECK(berlin.call(call));
  ghl::client berlin_again{transport, json, locations.for_location("berlin")};
  CHECK(berlin_again.call(call));
  ghl::client paris{transport, json, locations.for_location("paris/1")};
  CHECK(paris.call(call));
  CHECK(server.done());
  CHECK(server.requests().at(0).headers.block() ==
        std::string{"Authorization: Bearer agency-access\r\nVersion: 2021-07-28\r\nAccept: application/json\r\n"
                    "User-Agent: ghl-cpp/"}
            .append(ghl::library_version)
            .append("\r\nContent-Type: application/x-www-form-urlencoded\r\n"));
}

TEST_CASE("a location's token that the API refuses is replaced; one that lives for less than a minute is used") {
  script server;
  expect_token(server, "berlin").answer(200, R"({"access_token":"berlin-access","expires_in":50})");
  expect_call(server, "berlin-access");
  expect_call(server, "berlin-access");
  expect_call(server, "berlin-access", 401, R"({"message":"Invalid JWT"})");
  expect_token(server, "berlin").answer(200, R"({"access_token":"third-access"})");
  expect_call(server, "third-access");
  const scripted_transport transport{server};
  ghl::location_tokens locations{transport, flat_json{}, agency, "company"};
  ghl::client api{transport, json, locations.for_location("berlin")};
  for (int i = 0; i < 3; ++i) CHECK(api.call(call));
  CHECK(server.done());
}

TEST_CASE("the agency's own token is refreshed where the API asks for it, in each shape") {
  script server;
  expect_token(server, "berlin", "access-1").answer(401, R"({"message":"Invalid JWT"})");
  expect_token(server, "berlin", "access-2").answer(200, token_of_berlin);
  expect_call(server, "berlin-access");
  const ghl::refreshing_token pair_of_agency{[] { return first; }, [](const token_pair&) { return second; }};
  SECTION("blocking") {
    const scripted_transport transport{server};
    ghl::location_tokens locations{transport, flat_json{}, pair_of_agency, "company"};
    ghl::client api{transport, json, locations.for_location("berlin")};
    CHECK(api.call(call));
  }
  SECTION("coroutine") {
    const scripted_coroutine_transport<task> transport{server};
    ghl::location_tokens locations{transport, flat_json{}, pair_of_agency, "company"};
    ghl::client api{transport, json, locations.for_location("berlin")};
    CHECK(run(api.call(call)));
  }
  SECTION("callback") {
    const scripted_callback_transport transport{server};
    ghl::location_tokens locations{transport, flat_json{}, pair_of_agency, "company"};
    ghl::client api{transport, json, locations.for_location("berlin")};
    bool good = false;
    api.call(call, [&](const deleted& d) { good = d.has_value(); });
    CHECK(good);
  }
  CHECK(server.done());
}

TEST_CASE("a token that cannot be had ends the call with that error") {
  script server;
  expect_token(server, "berlin")
      .answer(403, R"({"message":"The token does not have access to this location.","traceId":"t"})");
  const scripted_transport transport{server};
  ghl::location_tokens locations{transport, flat_json{}, agency, "company"};
  ghl::client api{transport, json, locations.for_location("berlin")};
  const auto r = api.call(call);
  REQUIRE(!r);
  CHECK(r.error().endpoint == "Get Location Access Token from Agency Token");
  CHECK(r.error().status == 403);
  CHECK(r.error().remedy() == ghl::remedy::use_right_location);
  CHECK(r.error().trace_id == "t");
}

TEST_CASE("a token of another location than asked for is not used") {
  script server;
  expect_token(server, "paris").answer(200, token_of_berlin);
  const scripted_transport transport{server};
  ghl::location_tokens locations{transport, flat_json{}, agency, "company"};
  ghl::client api{transport, json, locations.for_location("paris")};
  const auto r = api.call(call);
  REQUIRE(!r);
  CHECK(r.error().fault == ghl::fault::other_token_type);
  CHECK(r.error().where == "locationId");
  CHECK(server.requests().size() == 1);
}

TEST_CASE("what cannot be asked for is named, and nothing is sent") {
  script server;
  const scripted_transport transport{server};
  const auto refusal = [&](std::string company, std::string_view location) {
    ghl::location_tokens locations{transport, flat_json{}, agency, std::move(company)};
    ghl::client api{transport, json, locations.for_location(location)};
    return api.call(call).error();
  };
  CHECK(refusal("", "berlin").where == "companyId");
  CHECK(refusal("company", "").where == "locationId");
  CHECK(refusal("company", "a\r\nb").fault == ghl::fault::control_byte);
  CHECK(server.requests().empty());
}

TEST_CASE("no error about a location's token holds a token") {
  script server;
  expect_token(server, "berlin").answer(500, R"({"message":"agency-access is odd"})");
  const scripted_transport transport{server};
  ghl::location_tokens locations{transport, flat_json{}, agency, "company"};
  ghl::client api{transport, json, locations.for_location("berlin")};
  const auto r = api.call(call);
  REQUIRE(!r);
  CHECK(r.error().message().find("agency-access") == std::string::npos);
}

TEST_CASE("no error about a location's token holds the one that was issued") {
  for (const char* body : {R"({"data":{"accessToken":"N3wAcc3ssT0k3n-0123456789abcdef"}})",
                           R"({"message":"N3wAcc3ssT0k3n-0123456789abcdef"})", "N3wAcc3ssT0k3n-0123456789abcdef"}) {
    for (const int status : {201, 400, 500}) {
      script server;
      expect_token(server, "berlin").answer(status, body);
      const scripted_transport transport{server};
      ghl::location_tokens locations{transport, flat_json{}, agency, "company"};
      ghl::client api{transport, json, locations.for_location("berlin")};
      const auto r = api.call(call);
      REQUIRE(!r);
      CHECK(r.error().message().find("N3wAcc3ss") == std::string::npos);
      CHECK(r.error().excerpt.find("N3wAcc3ss") == std::string::npos);
    }
  }
}

TEST_CASE("a pair of the agency that could not be stored is handed over, and never used for a location") {
  script server;
  expect_token(server, "berlin", "access-1").answer(401, R"({"message":"Invalid JWT"})");
  expect_token(server, "berlin", "access-2").answer(200, token_of_berlin);
  expect_call(server, "berlin-access");
  const ghl::refreshing_token pair_of_agency{[] { return first; }, [](const token_pair&) { return second; },
                                             [](const token_pair&) { return false; }};
  const scripted_transport transport{server};
  ghl::location_tokens locations{transport, flat_json{}, pair_of_agency, "company"};
  ghl::client api{transport, json, locations.for_location("berlin")};
  const auto r = api.call(call);
  REQUIRE(!r);
  CHECK(r.error().fault == ghl::fault::tokens_not_stored);
  CHECK(r.error().unsaved_tokens == std::vector{second});
  ghl::client later{transport, json, locations.for_location("berlin")};
  ghl::detail::sleep_for(ghl::milliseconds{1'100});  // the failure is remembered for a second
  CHECK(later.call(call));
}

TEST_CASE("a location's token that is odd is in no error: it can be had again") {
  for (const char* body :
       {R"({"access_token":"paris-access","locationId":"paris"})", R"({"access_token":"berlin-access")"}) {
    script server;
    expect_token(server, "berlin").answer(200, body);
    const scripted_transport transport{server};
    ghl::location_tokens locations{transport, flat_json{}, agency, "company"};
    ghl::client api{transport, json, locations.for_location("berlin")};
    const auto r = api.call(call);
    REQUIRE(!r);
    CHECK(r.error().unsaved_tokens.empty());
  }
}
