// Rows of a user's own for the table of remedies, and advisors of their own: through every shape of transport.
#include "../catch.hpp"
#include "flat_json.hpp"
#include "run_task.hpp"
#include "task.hpp"

#include <ghl/advice.hpp>
#include <ghl/api/links.hpp>
#include <ghl/future.hpp>
#include <ghl/ghl.hpp>
#include <ghl/oauth_refresh.hpp>
#include <ghl/policy.hpp>
#include <ghl/refreshing_token.hpp>
#include <ghl/testing/scripted_coroutine.hpp>
#include <ghl/testing/scripted_transport.hpp>

#include <concepts>
#include <future>
#include <optional>
#include <string>
#include <utility>

using ghl::advice;
using ghl::fault;
using ghl::method;
using ghl::remedy;
using ghl::sent;
using ghl::links::delete_link;
using ghl::testing::script;
using ghl::testing::scripted_callback_transport;
using ghl::testing::scripted_transport;
using scripted_task_transport = ghl::testing::scripted_coroutine_transport<task>;

namespace {

const delete_link call{.link_id = "x"};
const ghl::access_token token{"some-token"};
const ghl::retry no_jitter{.attempts = 3, .base = ghl::milliseconds{0}, .spread = ghl::milliseconds{0}};
const advice merging{{.status = 409, .text = "is being MERGED", .meaning = remedy::retry},
                     {.status = 400, .text = "bad request", .meaning = remedy::unknown},
                     {.status = 401, .text = "stale", .meaning = remedy::refresh_token},
                     {.status = 403, .text = "Too many", .meaning = remedy::wait},
                     {.status = 418, .meaning = remedy::use_right_location},
                     {.text = "teapot", .meaning = remedy::change_user_agent, .path = "/links/"}};

struct add_thing {
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Add Thing", method::post, "/things", ghl::token::sub_account);
  }
};

/// The remedy of a call that is answered like this.
template <class E = delete_link, class... Options>
ghl::error answered(int status, std::string body, const E& request, Options... options) {
  ghl::client api{[&](const ghl::http::request&) { return ghl::http::response{.status = status, .body = body}; },
                  flat_json{}, token, std::move(options)...};
  auto r = api.call(request);
  REQUIRE(!r);
  return r.error();
}

/// Knows what to do about everything.
struct knows_all {
  std::optional<remedy> advise(const ghl::error&) const { return remedy::fix_version; }
};
/// Tells nothing; fails the test where it is shown a token.
struct looks_for_tokens {
  bool* asked;
  std::optional<remedy> advise(const ghl::error& e) const {
    *asked = true;
    CHECK(e.message().find("access-") == std::string::npos);
    CHECK(e.excerpt.find("access-") == std::string::npos);
    return std::nullopt;
  }
};

}  // namespace

TEST_CASE("a row of one's own says what an answer means: by its status, a part of its text, the path") {
  const auto of = [](int status, std::string body) { return answered(status, std::move(body), call, merging); };
  CHECK(of(409, R"({"message":"The contact is being merged."})").remedy() == remedy::retry);
  CHECK(of(409, R"({"message":"The contact is being merged."})").message() ==
        "Delete Link: HTTP 409; the server says \"The contact is being merged.\"; the call may be repeated");
  CHECK(of(409, "is being merged").remedy() == remedy::retry);  // no JSON: the excerpt
  CHECK(of(409, R"({"message":"no"})").remedy() == remedy::unknown);
  CHECK(of(418, "").remedy() == remedy::use_right_location);
  CHECK(of(451, R"({"message":["no","TEAPOT"]})").remedy() == remedy::change_user_agent);
  CHECK(of(400, R"({"message":"Bad Request"})").remedy() == remedy::unknown);  // takes a row back
  CHECK(of(400, R"({"message":"else"})").remedy() == remedy::fix_request);
  CHECK(of(200, "teapot").remedy() == remedy::unknown);  // not of an answer that cannot be read
  CHECK(answered(409, "is being merged", add_thing{}, merging).remedy() == remedy::unknown);
  CHECK(answered(451, "teapot", add_thing{}, merging).remedy() == remedy::unknown);
}

TEST_CASE("the first row, and the first advisor, that knows counts; without one nothing changes") {
  const advice two{{.status = 409, .meaning = remedy::wait}, {.status = 409, .meaning = remedy::fix_request}};
  CHECK(answered(409, "", call, two).remedy() == remedy::wait);
  CHECK(answered(500, "", call, two, knows_all{}).remedy() == remedy::fix_version);
  CHECK(answered(500, "", call).advised == std::nullopt);
  CHECK(answered(500, "", call, advice{}).advised == std::nullopt);
}

TEST_CASE("a client with advice alone makes its calls as one without, in each shape") {
  const std::string body = R"({"message":"is being merged"})";
  script server;
  for (int i = 0; i < 4; ++i) server.expect(method::del, "/links/x").answer(409, body);
  {
    const ghl::client api{scripted_transport{server}, flat_json{}, token, merging};
    static_assert(
        std::same_as<decltype(api),
                     const ghl::client<scripted_transport, flat_json, ghl::access_token<>, ghl::option_set<advice>>>);
    CHECK(api.call(call).error().remedy() == remedy::retry);
  }
  {
    auto api = std::make_optional(ghl::client{scripted_task_transport{server}, flat_json{}, token, merging});
    auto pending = api->call(call);
    api.reset();  // the rows outlive the client
    CHECK(run(std::move(pending)).error().remedy() == remedy::retry);
  }
  {
    std::optional<remedy> got;
    ghl::client api{scripted_callback_transport{server}, flat_json{}, token, merging};
    api.call(call, [&](ghl::result<delete_link::response> r) { got = r.error().remedy(); });
    CHECK(got == remedy::retry);
  }
  {
    ghl::client api{[&](ghl::http::request r) {
                      std::promise<ghl::http::response> answer;
                      answer.set_value(*scripted_transport{server}(r));
                      return answer.get_future();
                    },
                    flat_json{}, token, merging};
    CHECK(api.call(call).get().error().remedy() == remedy::retry);
  }
  CHECK(server.done());
}

TEST_CASE("a private integration token that is refused is to be replaced, in each shape, with options and without") {
  const ghl::private_integration_token pit{"pit-some-token"};
  const ghl::http::response refused{.status = 401, .body = R"({"message":"Invalid JWT"})"};
  const auto transport = [&](const ghl::http::request&) { return refused; };
  script server;
  for (int i = 0; i < 2; ++i) server.expect(method::del, "/links/x").answer(refused);
  const auto replaced = [](const ghl::error& e) { return e.remedy() == remedy::replace_token; };
  CHECK(replaced(ghl::client{transport, flat_json{}, pit}.call(call).error()));
  CHECK(replaced(ghl::client{transport, flat_json{}, pit, no_jitter}.call(call).error()));
  CHECK(replaced(ghl::client{transport, flat_json{}, pit, merging}.call(call).error()));
  CHECK(ghl::client{transport, flat_json{}, pit, knows_all{}}.call(call).error().remedy() == remedy::fix_version);
  {
    ghl::client api{scripted_task_transport{server}, flat_json{}, pit};
    auto pending = api.call(call);
    CHECK(replaced(run(std::move(pending)).error()));
  }
  {
    ghl::client api{scripted_callback_transport{server}, flat_json{}, pit};
    bool is_replaced = false;
    api.call(call, [&](ghl::result<delete_link::response> r) { is_replaced = replaced(r.error()); });
    CHECK(is_replaced);
  }
  ghl::client api{[&](ghl::http::request) {
                    std::promise<ghl::http::response> answer;
                    answer.set_value(refused);
                    return answer.get_future();
                  },
                  flat_json{}, pit};
  CHECK(replaced(api.call(call).get().error()));
}

TEST_CASE("ghl::retry follows a row of one's own: `retry` for a GET and a DELETE, `wait` for all, and no other") {
  const auto tried = [](int status, const std::string& body, const auto& request, const advice& rows) {
    const ghl::error e = answered(status, body, request, no_jitter, rows);
    return e.tried;
  };
  REQUIRE(tried(409, "is being merged", call, merging).size() == 2);
  CHECK(tried(409, "is being merged", call, merging)[0].why == ghl::reason::transient);
  CHECK(tried(409, "is being merged", add_thing{}, merging).empty());
  CHECK(tried(403, "too many", add_thing{}, merging).size() == 2);
  CHECK(tried(409, "else", call, merging).empty());
  const advice lasting{{.status = 503, .text = "until Monday", .meaning = remedy::unknown}};
  CHECK(tried(503, "until Monday", call, lasting).empty());
  CHECK(tried(503, "a moment", call, lasting).size() == 2);
}

TEST_CASE("what a row calls an expired token is refreshed, and advisors are shown no token, not the old one either") {
  script server;
  server.expect(method::del, "/links/x").answer(401, R"({"message":"stale access-1"})");
  server.expect(method::del, "/links/x").answer(500, "access-1 and access-2");
  ghl::refreshing_token refreshing{[] {
                                     return ghl::token_pair{ghl::secret{"access-1"}, ghl::secret{"refresh-1"}};
                                   },
                                   [](const ghl::token_pair&) {
                                     return ghl::token_pair{ghl::secret{"access-2"}, ghl::secret{"refresh-2"}};
                                   }};
  bool asked = false;
  ghl::client api{scripted_transport{server}, flat_json{}, refreshing, merging, looks_for_tokens{&asked}};
  const auto r = api.call(call);
  REQUIRE(!r);
  CHECK(r.error().status == 500);
  CHECK(r.tried().size() == 1);
  CHECK(asked);
  CHECK(server.done());
}

TEST_CASE("an advisor knows of errors that have no answer, and cannot hide what must be seen") {
  const auto e = [&] {
    ghl::client api{[](const ghl::http::request&) -> ghl::result<ghl::http::response> {
                      return ghl::transport_error(fault::tls, sent::no);
                    },
                    flat_json{}, token, knows_all{}};
    return api.call(call).error();
  }();
  CHECK(e.remedy() == remedy::fix_version);
  ghl::client api{[](const ghl::http::request&) { return ghl::http::response{}; }, flat_json{}, token, knows_all{}};
  CHECK(api.call(delete_link{.link_id = ".."}).error().remedy() == remedy::fix_version);

  ghl::error unsaved = ghl::invalid_request(fault::tokens_not_stored, "the refreshed tokens");
  unsaved.advised = remedy::wait;
  CHECK(unsaved.remedy() == remedy::store_tokens);
}
