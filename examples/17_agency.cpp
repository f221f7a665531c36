/// An agency with many locations: one pair of tokens, the agency's, gets a token for each location that is called. A
/// script stands for HighLevel here.
#include "chosen_json.hpp"

#include <ghl/api/links.hpp>
#include <ghl/ghl.hpp>
#include <ghl/location_tokens.hpp>
#include <ghl/testing/scripted_transport.hpp>

#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

namespace {

using ghl::testing::script;
using ghl::testing::scripted_transport;

void expect_location(script& server, const std::string& location) {
  server.expect(ghl::method::post, "/oauth/locationToken")
      .header("Authorization", "Bearer token-of-the-agency")
      .body("companyId=my-company&locationId=" + location)
      .answer(200, R"({"access_token":"token-of-)" + location + R"(","expires_in":86399,"locationId":")" + location +
                       R"("})");
  server.expect(ghl::method::get, "/links/?locationId=" + location)
      .header("Authorization", "Bearer token-of-" + location)
      .answer(200, R"({"links":[{"name":"of )" + location + R"("}]})")
      .times(2);
}

}  // namespace

int main() try {
  script server;
  expect_location(server, "berlin");
  expect_location(server, "paris");

  const scripted_transport transport{server};
  // In your program a ghl::refreshing_token, whose pair is the agency's (userType "Company").
  const ghl::access_token agency{"token-of-the-agency", ghl::token_type<ghl::token::agency>};
  ghl::location_tokens locations{transport, example::chosen_json{}, agency, "my-company"};

  bool good = true;
  for (const std::string location : {"berlin", "paris"}) {
    ghl::client api{transport, example::chosen_json{}, locations.for_location(location)};
    for (int i = 0; i < 2; ++i) {  // the second call uses the token that the first one got
      const auto links = api.call(ghl::links::get_links{.location_id = location});
      good = links && links->links.size() == 1 && links->links[0].name == "of " + location && good;
    }
  }
  good = server.done() && good;
  std::printf("one agency, two locations: %s\n", good ? "passed" : "FAILED");
  return good ? 0 : 1;
} catch (const std::exception& e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}
