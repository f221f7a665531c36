// What a program is told to do, call by call: answers that were seen, and what the client makes of them.
#include "../catch.hpp"
#include "flat_json.hpp"

#include <ghl/api/conversations.hpp>
#include <ghl/api/links.hpp>
#include <ghl/api/opportunities.hpp>
#include <ghl/ghl.hpp>
#include <ghl/oauth_refresh.hpp>
#include <ghl/refreshing_token.hpp>
#include <ghl/testing/scripted_transport.hpp>

#include <string>
#include <string_view>
#include <vector>

using ghl::fault;
using ghl::method;
using ghl::remedy;
using ghl::sent;
using ghl::testing::script;
using ghl::testing::scripted_transport;

namespace {

using ghl::conversations::delete_conversation;
using ghl::links::delete_link;
using ghl::links::get_links;
using ghl::opportunities::remove_followers;

const ghl::retry no_jitter{.attempts = 3, .base = ghl::milliseconds{0}, .spread = ghl::milliseconds{0}};

std::string object(std::string_view message) { return R"({"message":")" + std::string{message} + R"("})"; }

/// Writes each body alike.
struct writing_json : flat_json {
  template <class T>
  ghl::result<std::string> encode(const T&) const {
    return std::string{"{}"};
  }
};

struct add_thing {
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Add Thing", method::post, "/things", ghl::token::sub_account);
  }
};

template <class E>
ghl::error failure_of(int status, std::string body) {
  auto r = ghl::interpret<E>(ghl::http::response{.status = status, .body = std::move(body)}, flat_json{});
  REQUIRE(!r);
  return std::move(r).error();
}

/// The error of a call with a token of that kind.
template <class Credential>
ghl::error answered(Credential credential, int status, std::string body) {
  ghl::client api{[&](const ghl::http::request&) { return ghl::http::response{.status = status, .body = body}; },
                  flat_json{}, std::move(credential)};
  auto r = api.call(delete_link{.link_id = "x"});
  REQUIRE(!r);
  return r.error();
}

ghl::error refreshing(int status, std::string body) {
  ghl::oauth_refresh refresh{
      [&](const ghl::http::request&) { return ghl::http::response{.status = status, .body = body}; }, flat_json{},
      ghl::oauth_app{.client_id = "id", .client_secret = ghl::secret{"the-client-secret"}}};
  auto r = refresh({.access_token = ghl::secret{"old-access"}, .refresh_token = ghl::secret{"old-refresh"}});
  REQUIRE(!r);
  return r.error();
}

/// The outcome of a call whose first answer is lost, and whose second is this.
template <class E>
ghl::error repeated(const E& request, const std::string& target, int status, const std::string& body) {
  script server;
  server.expect(method::del, target).fails(fault::connection_lost, sent::maybe);
  server.expect(method::del, target).answer(status, body);
  ghl::client api{scripted_transport{server}, writing_json{}, ghl::access_token{"some-token"}, no_jitter};
  auto r = api.call(request);
  REQUIRE(!r);
  CHECK(server.done());
  return r.error();
}

}  // namespace

TEST_CASE("401 \"Command timed out\" passes: a GET and a DELETE are sent again, and no token is refreshed") {
  for (const char* body : {R"({"message":"Command timed out"})", "Command timed out"}) {
    script server;
    server.expect(method::del, "/links/x").answer(401, body);
    int refreshes = 0;
    ghl::refreshing_token token{[] {
                                  return ghl::token_pair{ghl::secret{"access-1"}, ghl::secret{"refresh-1"}};
                                },
                                [&](const ghl::token_pair& old) {
                                  ++refreshes;
                                  return old;
                                }};
    server.expect(method::del, "/links/x").answer(404, R"({"message":"Link not found"})");
    ghl::client api{scripted_transport{server}, flat_json{}, token, no_jitter};
    const auto deleted = api.call(delete_link{.link_id = "x"});
    REQUIRE(!deleted);
    CHECK(deleted.error().status == 404);
    CHECK(deleted.error().fault == fault::none);  // an API that could not look at the token has not deleted anything
    REQUIRE(deleted.tried().size() == 1);
    CHECK(deleted.tried()[0].why == ghl::reason::transient);
    CHECK(deleted.tried()[0].status == 401);
    CHECK(refreshes == 0);
    CHECK(failure_of<delete_link>(401, body).remedy() == remedy::retry);
    CHECK(failure_of<get_links>(401, body).remedy() == remedy::retry);
    CHECK(failure_of<add_thing>(401, body).remedy() == remedy::unknown);
  }
}

TEST_CASE("an endpoint that a Version does not have asks for another Version") {
  const auto e = failure_of<get_links>(400, object("Endpoint /links/ is not available in API version v3. Please use a "
                                                   "version before v3."));
  CHECK(e.remedy() == remedy::fix_version);
  CHECK(failure_of<get_links>(400, object("Endpoint /links/ was removed. Please use a version before v3.")).remedy() ==
        remedy::fix_version);
}

TEST_CASE("a refused token is refreshed where it can be, and replaced where it cannot") {
  const std::string refused = object("Invalid JWT");
  const ghl::error e = answered(ghl::private_integration_token{"pit-not-a-token"}, 401, refused);
  CHECK(e.remedy() == remedy::replace_token);
  CHECK(e.message() ==
        "Delete Link: HTTP 401; the server says \"Invalid JWT\"; replace the token; refreshing it is "
        "useless");
  // Said of a token that OAuth has issued: so it is one, whatever the program takes it for.
  CHECK(answered(ghl::private_integration_token{"pit-not-a-token"}, 401, object("access token is invalid")).remedy() ==
        remedy::refresh_token);
  CHECK(answered(ghl::access_token{"an-old-token"}, 401, refused).remedy() == remedy::refresh_token);
  CHECK(answered([] { return "an-old-token"; }, 401, refused).remedy() == remedy::refresh_token);
}

TEST_CASE("a failure to get tokens says what to do, and keeps the text") {
  struct row {
    int status;
    std::string body;
    remedy what;
    std::string text;
  };
  const row rows[] = {
      {401, R"({"error":"invalid_client","error_description":"Invalid client credentials!"})", remedy::reinstall_app,
       "invalid_client: Invalid client credentials!"},
      {401, R"({"error_description":"Invalid client credentials!"})", remedy::reinstall_app,
       "Invalid client credentials!"},
      {401, R"({"error_description":"Invalid refresh token"})", remedy::replace_token, "Invalid refresh token"},
      {400, R"({"message":"Invalid refresh token"})", remedy::replace_token, "Invalid refresh token"},
      {400, R"({"message":"Location is not active"})", remedy::reinstall_app, "Location is not active"},
      {400, R"({"message":"Invalid grant: refresh token is invalid"})", remedy::replace_token,
       "Invalid grant: refresh token is invalid"},
      {401, R"({"error":"Invalid grant: refresh token is invalid"})", remedy::replace_token,
       "Invalid grant: refresh token is invalid"},
      {400, R"({"error":"","error_description":"Location is not active"})", remedy::reinstall_app,
       "Location is not active"},
  };
  for (const row& r : rows) {
    INFO(r.body);
    const ghl::error e = refreshing(r.status, r.body);
    CHECK(e.remedy() == r.what);
    CHECK(e.messages == std::vector<std::string>{r.text});
  }
  // Of an endpoint of the API nobody has seen these.
  CHECK(failure_of<get_links>(400, object("Location is not active")).remedy() == remedy::fix_request);
}

TEST_CASE("what the edge says of a server that it cannot reach is as a gateway's failure") {
  for (const int status : {520, 521, 522, 523, 524, 530}) {
    INFO(status);
    CHECK(failure_of<delete_link>(status, "<html>").remedy() == remedy::retry);
    CHECK(failure_of<add_thing>(status, "<html>").remedy() == remedy::unknown);
    script server;
    server.expect(method::del, "/links/x").answer(status, "<html>");
    server.expect(method::del, "/links/x").answer(404, object("Link not found"));
    ghl::client api{scripted_transport{server}, flat_json{}, ghl::access_token{"some-token"}, no_jitter};
    const auto r = api.call(delete_link{.link_id = "x"});
    REQUIRE(!r);
    CHECK(r.error().fault == fault::probably_deleted);  // its answer was lost
    CHECK(r.tried().at(0).why == ghl::reason::gateway);
  }
  for (const int status : {525, 526, 529, 531}) CHECK(failure_of<get_links>(status, "").remedy() == remedy::unknown);
}

TEST_CASE("\"probably deleted\" is said only of what the path names at its end, and only by the API itself") {
  const delete_link link{.link_id = "x"};
  CHECK(repeated(link, "/links/x", 404, object("Link not found")).fault == fault::probably_deleted);
  CHECK(repeated(link, "/links/x", 404, "<html><h1>404 Not Found</h1></html>").fault == fault::none);
  CHECK(repeated(link, "/links/x", 404, "").fault == fault::none);
  CHECK(repeated(link, "/links/x", 404, "[]").fault == fault::none);
  CHECK(repeated(link, "/links/x", 410, object("gone")).fault == fault::probably_deleted);

  const remove_followers followers{.id = "o", .body = {.followers = std::vector<std::string>{"f"}}};
  const auto of_followers = [&](int status, const std::string& body) {
    return repeated(followers, "/opportunities/o/followers", status, body);
  };
  const ghl::error e = of_followers(400, object("Opportunity not found"));
  CHECK(e.fault == fault::none);
  CHECK(e.remedy() == remedy::fix_request);
  CHECK(of_followers(404, object("Opportunity not found")).fault == fault::none);
  CHECK(of_followers(404, "<html>").fault == fault::none);
}

TEST_CASE("500 \"Conversation with id … not found\" is a conversation that is not there") {
  const delete_conversation conversation{.conversation_id = "c"};
  const auto e = repeated(conversation, "/conversations/c", 500, object("Conversation with id c not found"));
  CHECK(e.fault == fault::probably_deleted);
  CHECK(e.remedy() == remedy::consider_deleted);
  CHECK(repeated(conversation, "/conversations/c", 500, object("config not found")).fault == fault::none);
  CHECK(repeated(conversation, "/conversations/c", 500, "Conversation with id c not found").fault == fault::none);
}

TEST_CASE("one odd member of a failure's body does not take the others along") {
  struct row {
    std::string body;
    std::vector<std::string> messages;
    std::string trace_id;
  };
  const row rows[] = {
      {R"({"message":"no","error":{"code":7},"traceId":"t"})", {"no"}, "t"},
      {R"({"message":{"text":"no"},"error":"Bad Request","traceId":"t"})", {"Bad Request"}, "t"},
      {R"({"message":"","error":"Bad Request","traceId":"t"})", {"Bad Request"}, "t"},
      {R"({"message":["","no"],"traceId":"t"})", {"no"}, "t"},
      {R"({"message":[],"error":"Bad Request","error_description":{"x":1},"traceId":7})", {"Bad Request"}, ""},
      {R"({"message":7,"error":8,"error_description":"said so","traceId":"t"})", {"said so"}, "t"},
      {R"({"message":"","error":"","error_description":"","traceId":"t"})", {}, "t"},
      {R"({"message":"no","traceId":{"id":1}})", {"no"}, ""},
      {R"({"data":{"error":"x"},"message":"error","error":{"error":7},"traceId":"t"})", {"error"}, "t"},
      {R"([{"message":7}])", {}, ""},
  };
  for (const row& r : rows) {
    INFO(r.body);
    const ghl::error e = failure_of<delete_link>(400, r.body);
    CHECK(e.messages == r.messages);
    CHECK(e.trace_id == r.trace_id);
  }
}

TEST_CASE("a transport that gives no status has failed, and a sentence says so") {
  for (const int status : {0, -1, 99, 1000}) {
    const ghl::error e = answered(ghl::access_token{"some-token"}, status, "{}");
    CHECK(e.kind == ghl::error_kind::transport);
    CHECK(e.message() ==
          "Delete Link: the transport failed (the answer has no HTTP status); the server may have acted on it");
  }
}
