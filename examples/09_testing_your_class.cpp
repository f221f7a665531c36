/// Unit tests of a class of yours that calls HighLevel, without a network and without a test framework: the scripted
/// transport answers from a script, keeps what was sent, and is loud about what was not expected.
#include "chosen_json.hpp"

#include <ghl/any_transport.hpp>
#include <ghl/ghl.hpp>
#include <ghl/api/links.hpp>
#include <ghl/testing/scripted_transport.hpp>

#include <cstddef>
#include <cstdio>
#include <exception>
#include <string>
#include <utility>

namespace {

/// The class to be tested: deletes the links of a location, and stops where the server cannot be reached.
class link_cleaner {
 public:
  struct summary {
    std::size_t deleted = 0;
    std::size_t refused = 0;
    bool complete = false;
    friend bool operator==(const summary&, const summary&) = default;
  };

  /// ghl::any_transport: the real one in the program, a scripted one in its tests.
  link_cleaner(ghl::any_transport transport, ghl::private_integration_token<> token)
      : api_(std::move(transport), {}, std::move(token)) {}

  summary clean(const std::string& location) {
    summary done;
    const auto found = api_.call(ghl::links::get_links{.location_id = location});
    if (!found) return done;
    for (const auto& link : found->links) {
      if (!link.id) continue;
      const auto gone = api_.call(ghl::links::delete_link{.link_id = *link.id});
      if (gone) ++done.deleted;
      else if (gone.error().kind == ghl::error_kind::transport) return done;
      else ++done.refused;
    }
    done.complete = true;
    return done;
  }

 private:
  ghl::client<ghl::any_transport, example::chosen_json, ghl::private_integration_token<>> api_;
};

// ---- its tests ----

using ghl::testing::script;
using ghl::testing::scripted_transport;
const ghl::private_integration_token token{"pit-of-the-test"};

bool deletes_what_it_finds() {
  script server;
  server.expect(ghl::method::get, "/links/?locationId=berlin")
      .header("Version", "2021-07-28")
      .header("Authorization", "Bearer pit-of-the-test")
      .body("")
      .answer(200, R"({"links":[{"id":"a"},{"id":"b"}]})");
  server.expect(ghl::method::del, "/links/a").answer(201, R"({"succeded":true})");
  server.expect(ghl::method::del, "/links/b").answer(400, R"({"statusCode":400,"message":"Bad Request"})");

  link_cleaner cleaner{scripted_transport{server}, token};
  const link_cleaner::summary done = cleaner.clean("berlin");
  return done == link_cleaner::summary{.deleted = 1, .refused = 1, .complete = true} && server.done();
}

bool stops_when_the_server_is_gone() {
  script server;
  server.expect(ghl::method::get, "/links/?locationId=berlin").answer(200, R"({"links":[{"id":"a"},{"id":"b"}]})");
  server.expect(ghl::method::del, "/links/a").fails(ghl::fault::timeout, ghl::sent::maybe);

  link_cleaner cleaner{scripted_transport{server}, token};
  return !cleaner.clean("berlin").complete && server.requests().size() == 2 && server.done();
}

/// What a test looks like that fails: the script says what came instead of what.
bool is_loud_about_the_unexpected() {
  script server;
  server.expect(ghl::method::get, "/links/?locationId=hamburg").answer(200, R"({"links":[]})");
  link_cleaner cleaner{scripted_transport{server}, token};
  try {
    cleaner.clean("berlin");
  } catch (const ghl::testing::unexpected_request& e) {
    std::printf("%s\n", e.what());
    server.abandon();  // or its end would be as loud: an answer was not used
    return true;
  }
  return false;
}

bool report(const char* name, bool passed) {
  std::printf("%s: %s\n", name, passed ? "passed" : "FAILED");
  return passed;
}

}  // namespace

int main() try {
  bool good = report("deletes what it finds", deletes_what_it_finds());
  good = report("stops when the server is gone", stops_when_the_server_is_gone()) && good;
  good = report("is loud about the unexpected", is_loud_about_the_unexpected()) && good;
  return good ? 0 : 1;
} catch (const std::exception& e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}
