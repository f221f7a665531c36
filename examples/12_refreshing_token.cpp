/// An OAuth token that refreshes itself: `load` and `store` are your two functions around the place where the tokens
/// live, ghl::oauth_refresh is the call that gets new ones. A script stands for HighLevel here; in your program
/// ghl::httplib_transport, or yours, takes its place.
#include "chosen_json.hpp"

#include <ghl/ghl.hpp>
#include <ghl/api/links.hpp>
#include <ghl/oauth_refresh.hpp>
#include <ghl/refreshing_token.hpp>
#include <ghl/testing/scripted_transport.hpp>

#include <cstdio>
#include <exception>
#include <string>
#include <vector>

namespace {

/// Where your tokens live: a row of a table, a file, a vault. ghl runs one of your functions at a time.
struct token_store {
  ghl::token_pair row{ghl::secret{"access-of-yesterday"}, ghl::secret{"refresh-of-yesterday"}};
  bool disk_is_full = false;

  [[nodiscard]] ghl::result<ghl::token_pair> load() const { return row; }
  [[nodiscard]] bool save(const ghl::token_pair& fresh) {
    if (disk_is_full) return false;
    row = fresh;
    return true;
  }
};

using ghl::testing::script;
using ghl::testing::scripted_transport;

/// What HighLevel says to a token of yesterday, and to a refresh token.
void expect_refresh(script& server) {
  server.expect(ghl::method::get, "/links/?locationId=berlin")
      .header("Authorization", "Bearer access-of-yesterday")
      .answer(401, R"({"statusCode":401,"message":"Invalid JWT"})");
  server.expect(ghl::method::post, "/oauth/token")
      .header("Content-Type", "application/x-www-form-urlencoded")
      .body("client_id=my-app&client_secret=my-app%27s-secret&grant_type=refresh_token&"
            "refresh_token=refresh-of-yesterday&user_type=Location")
      .answer(200, R"({"access_token":"access-of-today","token_type":"Bearer","expires_in":86399,)"
                   R"("refresh_token":"refresh-of-today","scope":"links.readonly","userType":"Location"})");
}

/// A client of yours. The credential goes into it by value; copies share one token.
auto client_of(const scripted_transport& transport, token_store& store) {
  const ghl::oauth_app app{.client_id = "my-app",
                           .client_secret = ghl::secret{"my-app's-secret"},
                           .user_type = ghl::token::sub_account};
  const ghl::refreshing_token token{[&store] { return store.load(); },
                                    ghl::oauth_refresh{transport, example::chosen_json{}, app},
                                    [&store](const ghl::token_pair& fresh) { return store.save(fresh); },
                                    ghl::scopes<"links.readonly">};
  return ghl::client{transport, example::chosen_json{}, token};
}

const ghl::links::get_links links_of_berlin{.location_id = "berlin"};

bool refreshes_once() {
  script server;
  expect_refresh(server);
  server.expect(ghl::method::get, "/links/?locationId=berlin")
      .header("Authorization", "Bearer access-of-today")
      .answer(200, R"({"links":[]})")
      .times(2);

  token_store store;
  auto api = client_of(scripted_transport{server}, store);
  const bool both = api.call(links_of_berlin).has_value() && api.call(links_of_berlin).has_value();
  return both && store.row.refresh_token.reveal() == "refresh-of-today" && server.done();
}

/// The old refresh token is used up, so the new pair must not be lost: it is in the error.
bool hands_over_what_could_not_be_stored() {
  script server;
  expect_refresh(server);
  token_store store;
  store.disk_is_full = true;
  auto api = client_of(scripted_transport{server}, store);
  const auto links = api.call(links_of_berlin);
  if (links) return false;
  std::printf("%s\n", links.error().message().c_str());
  store.disk_is_full = false;
  for (const ghl::token_pair& unsaved : links.error().unsaved_tokens)
    if (!store.save(unsaved)) return false;
  return store.row.refresh_token.reveal() == "refresh-of-today" && server.done();
}

bool report(const char* name, bool passed) {
  std::printf("%s: %s\n", name, passed ? "passed" : "FAILED");
  return passed;
}

}  // namespace

int main() try {
  bool good = report("an expired token is refreshed, once", refreshes_once());
  good = report("what could not be stored is not lost", hands_over_what_could_not_be_stored()) && good;
  return good ? 0 : 1;
} catch (const std::exception& e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}
