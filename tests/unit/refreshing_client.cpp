// A client whose credential refreshes: what the server sees, and what the caller is told.
#include "../catch.hpp"
#include "delete_link_call.hpp"
#include "task.hpp"
#include "token_pairs.hpp"

#include <ghl/ghl.hpp>
#include <ghl/api/links.hpp>
#include <ghl/oauth_refresh.hpp>
#include <ghl/refreshing_token.hpp>
#include <ghl/testing/scripted_coroutine.hpp>
#include <ghl/testing/scripted_transport.hpp>

#include <atomic>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

using namespace fixture;
using ghl::testing::script;
using ghl::testing::scripted_callback_transport;
using ghl::testing::scripted_coroutine_transport;
using ghl::testing::scripted_transport;
using ghl::token_pair;
using pair_answer = ghl::result<token_pair>;

namespace {

constexpr const char* expired_token = R"({"message":"Invalid JWT"})";

ghl::testing::step expect(script& server, std::string_view token, int status, const char* body) {
  auto step = server.expect(ghl::method::del, "/links/x");
  return step.header("Authorization", std::string{"Bearer "}.append(token)).answer(status, body);
}

/// The user's side.
struct house {
  pair_answer stored = first;
  pair_answer next = second;
  bool can_store = true;
  int refreshes = 0;

  auto token() {
    return ghl::refreshing_token{[this] { return stored; }, [this](const token_pair&) { return ++refreshes, next; },
                                 [this](const token_pair& fresh) {
                                   if (can_store) stored = fresh;
                                   return can_store;
                                 }};
  }
};

/// A pair that is refreshed over OAuth. `reads`: the server's answers.
template <class Transport>
auto token_over_oauth(const Transport& transport, scripted_json reads = {.script = says_tokens}) {
  return ghl::refreshing_token{
      [] { return first; },
      ghl::oauth_refresh{transport, std::move(reads),
                         ghl::oauth_app{.client_id = "app", .client_secret = ghl::secret{"hush-hush"}}}};
}

}  // namespace

TEST_CASE("a call that meets an expired token refreshes it and is sent again with the new one") {
  script server;
  house h;
  expect(server, "access-1", 401, expired_token);
  expect(server, "access-2", 201, "{}");
  expect(server, "access-2", 201, "{}");
  ghl::client api{scripted_transport{server}, json, h.token()};
  CHECK(api.call(call));
  CHECK(api.call(call));
  CHECK(h.refreshes == 1);
  CHECK(h.stored == second);
}

TEST_CASE("a refresh over OAuth goes through the user's own transport") {
  script server;
  expect(server, "access-1", 401, expired_token);
  server.expect(ghl::method::post, "/oauth/token")
      .no_header("Authorization")
      .body("client_id=app&client_secret=hush-hush&grant_type=refresh_token&refresh_token=refresh-1")
      .answer(200, "{}");
  expect(server, "access-2", 201, "{}");
  const scripted_transport transport{server};
  ghl::client api{transport, json, token_over_oauth(transport)};
  CHECK(api.call(call));
}

TEST_CASE("a new token that is refused too ends the call, and is not refreshed again for it") {
  script server;
  house h;
  expect(server, "access-1", 401, expired_token);
  expect(server, "access-2", 401, expired_token);
  ghl::client api{scripted_transport{server}, json, h.token()};
  const auto r = api.call(call);
  REQUIRE(!r);
  CHECK(r.error().status == 401);
  CHECK(r.error().remedy() == ghl::remedy::refresh_token);
  CHECK(h.refreshes == 1);
}

TEST_CASE("after a refresh neither token stands in an error, whichever the server quotes") {
  script server;
  house h;
  expect(server, "access-1", 401, expired_token);
  expect(server, "access-2", 400, "access-1 and access-2");
  ghl::client api{scripted_transport{server}, json, h.token()};
  const auto r = api.call(call);
  REQUIRE(!r);
  CHECK(r.error().excerpt == "[token] and [token]");
}

TEST_CASE("no other 401 uses up a refresh token") {
  for (const char* body :
       {R"({"message":"Invalid Private Integration token"})",
        R"({"message":"The token is not authorized for this scope."})", R"({"message":"version header was not found."})",
        R"({"message":"This AuthClass is not yet supported"})",
        R"({"message":"This location is not accessible from this token!"})", R"({"message":"something new"})", ""}) {
    INFO(body);
    script server;
    house h;
    expect(server, "access-1", 401, body);
    ghl::client api{scripted_transport{server}, json, h.token()};
    CHECK(api.call(call).error().status == 401);
    CHECK(h.refreshes == 0);
  }
}

TEST_CASE("a token that another process has stored is used without a refresh") {
  script server;
  house h;
  expect(server, "access-1", 401, expired_token);
  expect(server, "access-9", 201, "{}");
  const auto credential = h.token();
  CHECK(credential() == "access-1");
  h.stored = pair_of("access-9", "refresh-9");
  ghl::client api{scripted_transport{server}, json, credential};
  CHECK(api.call(call));
  CHECK(h.refreshes == 0);
}

TEST_CASE("a pair that could not be stored is handed to the caller, and the next call works") {
  script server;
  house h;
  h.can_store = false;
  expect(server, "access-1", 401, expired_token);
  expect(server, "access-2", 201, "{}");
  ghl::client api{scripted_transport{server}, json, h.token()};
  const auto r = api.call(call);
  REQUIRE(!r);
  CHECK(r.error().fault == ghl::fault::tokens_not_stored);
  CHECK(r.error().was_sent == ghl::sent::no);
  CHECK(r.error().endpoint == "Delete Link");
  CHECK(r.error().unsaved_tokens == std::vector{second});
  CHECK(r.error().message().find("ss-2") == std::string::npos);
  CHECK(api.call(call));
  CHECK(h.refreshes == 1);
}

TEST_CASE("a call whose refresh failed ends with the error of the refresh") {
  script server;
  expect(server, "access-1", 401, expired_token);
  server.expect(ghl::method::post, "/oauth/token")
      .answer(400, R"({"error":"invalid_grant","error_description":"refresh-1 is invalid"})");
  const scripted_transport transport{server};
  ghl::client api{transport, json, token_over_oauth(transport, scripted_json{})};
  const auto r = api.call(call);
  REQUIRE(!r);
  CHECK(r.error().endpoint == "Get Access Token");
  CHECK(r.error().status == 400);
  CHECK(r.error().excerpt == R"({"error":"invalid_grant","error_description":"[secret] is invalid"})");
}

TEST_CASE("a load that fails ends the call before anything is sent") {
  script server;
  house h;
  h.stored = ghl::invalid_request(ghl::fault::other, "the vault");
  ghl::client api{scripted_transport{server}, json, h.token()};
  CHECK(api.call(call).error().where == "the vault");
  CHECK(server.requests().empty());
}

TEST_CASE("what a refresh throws passes through the call, and the next call may refresh") {
  script server;
  bool throws = true;
  expect(server, "access-1", 401, expired_token);
  expect(server, "access-1", 401, expired_token);
  expect(server, "access-2", 201, "{}");
  ghl::client api{scripted_transport{server}, json,
                  ghl::refreshing_token{[] { return first; },
                                        [&](const token_pair&) {
                                          if (std::exchange(throws, false)) throw std::runtime_error{"no network"};
                                          return second;
                                        }}};
  CHECK_THROWS_AS(static_cast<void>(api.call(call)), std::runtime_error);
  CHECK(api.call(call));
}

TEST_CASE("coroutines that meet an expired token share one refresh, which may be a coroutine") {
  script server;
  server.in_any_order();
  expect(server, "access-1", 401, expired_token).times(3);
  server.expect(ghl::method::post, "/oauth/token").answer(200, "{}");
  expect(server, "access-2", 201, "{}").times(3);
  server.hold();
  const scripted_coroutine_transport<task> transport{server};
  ghl::client api{transport, json, token_over_oauth(transport)};
  std::vector<task<deleted>> calls;
  for (int i = 0; i < 3; ++i) calls.push_back(api.call(call));
  for (auto& c : calls) CHECK(!c.start());
  server.deliver();
  for (auto& c : calls) {
    REQUIRE(c.done());
    CHECK(c.taken());
  }
}

TEST_CASE("a coroutine that is destroyed while it refreshes leaves the lease to the next") {
  script server;
  server.in_any_order();
  expect(server, "access-1", 401, expired_token).times(2);
  server.expect(ghl::method::post, "/oauth/token").answer(200, "{}").times(2);
  expect(server, "access-2", 201, "{}");
  server.hold();
  const scripted_coroutine_transport<task> transport{server};
  ghl::client api{transport, json, token_over_oauth(transport)};
  {
    auto given_up = api.call(call);
    CHECK(!given_up.start());
    server.deliver(0);  // 401; the refresh is on its way
    CHECK(server.waiting() == 1);
  }
  auto next = api.call(call);
  CHECK(!next.start());
  server.deliver();
  REQUIRE(next.done());
  CHECK(next.taken());
}

TEST_CASE("calls that are answered by calling back share one refresh, which may call back") {
  script server;
  server.in_any_order();
  expect(server, "access-1", 401, expired_token).times(3);
  server.expect(ghl::method::post, "/oauth/token").answer(200, "{}");
  expect(server, "access-2", 201, "{}").times(3);
  server.hold();
  const scripted_callback_transport transport{server};
  ghl::client api{transport, json, token_over_oauth(transport)};
  int done = 0;
  for (int i = 0; i < 3; ++i) api.call(call, [&](const deleted& d) { done += d ? 1 : 0; });
  server.deliver();
  CHECK(done == 3);
}

TEST_CASE("eight threads that meet an expired token share one refresh") {
  constexpr int threads = 8;
  std::atomic<int> refused{0};
  std::atomic<int> refreshes{0};
  std::atomic<int> good{0};
  const auto transport = [&](const ghl::http::request& r) -> ghl::http::response {
    if (r.headers.get("Authorization") == "Bearer access-2") return created;
    ++refused;
    while (refused < threads) std::this_thread::yield();  // all have sent the old one
    return expired;
  };
  const ghl::refreshing_token shared{[] { return first; },
                                    [&](const token_pair&) {
                                      ++refreshes;
                                      return second;
                                    },
                                    [](const token_pair&) {}};
  std::vector<std::thread> crew;
  for (int i = 0; i < threads; ++i)
    crew.emplace_back([&] {
      ghl::client api{transport, json, shared};  // a client each, and one token
      if (api.call(call)) ++good;
    });
  for (std::thread& t : crew) t.join();
  CHECK(good == threads);
  CHECK(refused == threads);
  CHECK(refreshes == 1);
}

TEST_CASE("eight threads whose refresh fails get the same error from one refresh") {
  constexpr int threads = 8;
  std::atomic<int> refused{0};
  std::atomic<int> refreshes{0};
  std::atomic<int> told{0};
  const auto transport = [&](const ghl::http::request&) -> ghl::http::response {
    ++refused;
    while (refused < threads) std::this_thread::yield();
    return expired;
  };
  const ghl::refreshing_token shared{[] { return first; },
                                    [&](const token_pair&) -> pair_answer {
                                      ++refreshes;
                                      return ghl::transport_error(ghl::fault::timeout, ghl::sent::maybe, "refresh-1");
                                    }};
  std::vector<std::thread> crew;
  for (int i = 0; i < threads; ++i)
    crew.emplace_back([&] {
      ghl::client api{transport, json, shared};
      const auto r = api.call(call);
      if (!r && r.error().fault == ghl::fault::timeout && r.error().detail == "[secret]") ++told;
    });
  for (std::thread& t : crew) t.join();
  CHECK(told == threads);
  CHECK(refreshes == 1);
}

TEST_CASE("a refresh that copies its completion keeps the lease until it calls it") {
  script server;
  server.in_any_order();
  expect(server, "access-1", 401, expired_token).times(2);
  expect(server, "access-2", 201, "{}").times(2);
  server.hold();
  std::function<void(pair_answer)> kept;
  int refreshes = 0;
  ghl::client api{scripted_callback_transport{server}, json,
                  ghl::refreshing_token{[] { return first; },
                                        [&](const token_pair&, const std::function<void(pair_answer)>& done) {
                                          ++refreshes;
                                          kept = done;
                                        }}};
  int good = 0;
  for (int i = 0; i < 2; ++i) api.call(call, [&](const deleted& d) { good += d ? 1 : 0; });
  server.deliver(0);
  server.deliver(0);
  CHECK(refreshes == 1);
  CHECK(server.waiting() == 1);  // the other one, for the lease
  kept(second);
  kept = nullptr;
  server.deliver();
  CHECK(good == 2);
  CHECK(refreshes == 1);
}
