// A token that is refreshed before it expires: by whom, when, and what a failure means.
#include "../catch.hpp"
#include "delete_link_call.hpp"
#include "run_task.hpp"
#include "task.hpp"
#include "token_pairs.hpp"

#include <ghl/ghl.hpp>
#include <ghl/refreshing_token.hpp>
#include <ghl/runner/clock.hpp>
#include <ghl/testing/scripted_coroutine.hpp>
#include <ghl/testing/scripted_transport.hpp>

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace fixture;
using ghl::refresh_lease;
using ghl::token_pair;
using ghl::testing::script;
using ghl::testing::scripted_callback_transport;
using ghl::testing::scripted_coroutine_transport;
using ghl::testing::scripted_transport;
using pair_answer = ghl::result<token_pair>;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t day = 86'400;

/// A pair that ends so many seconds from now; far enough from the limits of the tests for a slow machine.
token_pair ending(token_pair pair, std::int64_t in_s) {
  pair.expires_at = ghl::detail::unix_now() + in_s;
  return pair;
}
token_pair living(token_pair pair, long long for_s) {
  pair.expires_in_s = for_s;
  return pair;
}

struct house {
  pair_answer stored = first;
  pair_answer next = living(second, day);
  int loads = 0;
  int refreshes = 0;

  template <class... Words>
  auto token(Words... words) {
    return ghl::refreshing_token{[this] { return ++loads, stored; },
                                 [this](const token_pair&) { return ++refreshes, next; },
                                 [this](const token_pair& fresh) { stored = fresh; }, words...};
  }
  auto ahead() { return token(ghl::refresh_options{.ahead = 1h}); }
};

void expect(script& server, std::string_view bearer, int status = 201, const char* body = "{}") {
  server.expect(ghl::method::del, "/links/x")
      .header("Authorization", std::string{"Bearer "}.append(bearer))
      .answer(status, body);
}

}  // namespace

TEST_CASE("a token that ends soon is refreshed before the call, once, in each shape") {
  house h;
  h.stored = ending(first, 600);
  script server;
  expect(server, "access-2");
  expect(server, "access-2");
  SECTION("blocking") {
    ghl::client api{scripted_transport{server}, json, h.ahead()};
    CHECK(api.call(call));
    CHECK(api.call(call));
  }
  SECTION("coroutine") {
    ghl::client api{scripted_coroutine_transport<task>{server}, json, h.ahead()};
    CHECK(run(api.call(call)));
    CHECK(run(api.call(call)));
  }
  SECTION("callback") {
    ghl::client api{scripted_callback_transport{server}, json, h.ahead()};
    int good = 0;
    for (int i = 0; i < 2; ++i) api.call(call, [&](const deleted& d) { good += d ? 1 : 0; });
    CHECK(good == 2);
  }
  CHECK(h.refreshes == 1);
  REQUIRE(h.stored);
  CHECK(h.stored->refresh_token.reveal() == "refresh-2");
  CHECK(h.stored->expires_at > ghl::detail::unix_now() + day / 2);  // from the server's expires_in
  CHECK(server.done());
}

TEST_CASE("a token that lives longer than that, or whose end is not known, is left alone") {
  for (const token_pair& stored : {ending(first, 2 * 3'600), first, living(first, 60)}) {
    house h;
    h.stored = stored;
    script server;
    expect(server, "access-1");
    ghl::client api{scripted_transport{server}, json, h.ahead()};
    CHECK(api.call(call));
    CHECK(h.refreshes == 0);
  }
}

TEST_CASE("without refresh_options the end of a token does not matter") {
  house h;
  h.stored = ending(first, -day);
  script server;
  expect(server, "access-1");
  ghl::client api{scripted_transport{server}, json, h.token()};
  CHECK(api.call(call));
  CHECK(h.refreshes == 0);
}

TEST_CASE("another process may have refreshed it") {
  house h;
  h.stored = ending(first, 600);
  const auto shared = h.ahead();
  CHECK(shared() == "access-1");
  h.stored = ending(second, day);
  script server;
  expect(server, "access-2");
  ghl::client api{scripted_transport{server}, json, shared};
  CHECK(api.call(call));
  CHECK(h.refreshes == 0);
}

TEST_CASE("a token that is still good is used where it cannot be refreshed, and left alone for a while") {
  house h;
  h.stored = ending(first, 600);
  h.next = ghl::transport_error(ghl::fault::connect, ghl::sent::no);
  script server;
  for (int i = 0; i < 3; ++i) expect(server, "access-1");
  ghl::client api{scripted_transport{server}, json, h.ahead()};
  for (int i = 0; i < 3; ++i) CHECK(api.call(call));
  CHECK(h.refreshes == 1);
}

TEST_CASE("where the store cannot be read a token that is still good is used") {
  house h;
  h.stored = ending(first, 600);
  const auto shared = h.ahead();
  CHECK(shared() == "access-1");
  h.stored = ghl::invalid_request(ghl::fault::other, "the vault");
  script server;
  expect(server, "access-1");
  ghl::client api{scripted_transport{server}, json, shared};
  CHECK(api.call(call));
  CHECK(h.refreshes == 0);
}

TEST_CASE("a token that has ended and cannot be refreshed ends the call, and nothing is sent with it") {
  house h;
  h.stored = ending(first, -10);
  h.next = ghl::transport_error(ghl::fault::connect, ghl::sent::no, "no route");
  script server;
  ghl::client api{scripted_transport{server}, json, h.ahead()};
  const auto r = api.call(call);
  REQUIRE(!r);
  CHECK(r.error().fault == ghl::fault::connect);
  CHECK(server.requests().empty());
}

TEST_CASE("a pair that could not be stored is handed over, though the old token would still do") {
  house h;
  h.stored = ending(first, 600);
  const ghl::refreshing_token shared{[&] { return h.stored; }, [&](const token_pair&) { return h.next; },
                                     [](const token_pair&) { return false; }, ghl::refresh_options{.ahead = 1h}};
  script server;
  expect(server, "access-2");
  ghl::client api{scripted_transport{server}, json, shared};
  const auto r = api.call(call);
  REQUIRE(!r);
  CHECK(r.error().fault == ghl::fault::tokens_not_stored);
  REQUIRE(r.error().unsaved_tokens.size() == 1);
  CHECK(r.error().unsaved_tokens[0].refresh_token.reveal() == "refresh-2");
  CHECK(api.call(call));
}

TEST_CASE("those who come while one refreshes use the token that is still good, and wait for one that is not") {
  house h;
  h.stored = ending(first, 600);
  auto shared = h.ahead();
  CHECK(shared.begin_use().what == refresh_lease::leader);
  CHECK(shared.begin_use().what == refresh_lease::superseded);
  CHECK(shared.begin_use().token == "access-1");

  house late;
  late.stored = ending(first, -10);
  const auto gone = late.ahead();
  CHECK(gone.begin_use().what == refresh_lease::leader);
  CHECK(gone.begin_use().what == refresh_lease::follower);
}

TEST_CASE("after a refresh before the call the call is not refreshed again") {
  house h;
  h.stored = ending(first, 600);
  script server;
  expect(server, "access-2", 401, R"({"message":"Invalid JWT"})");
  ghl::client api{scripted_transport{server}, json, h.ahead()};
  const auto r = api.call(call);
  REQUIRE(!r);
  CHECK(r.error().status == 401);
  CHECK(h.refreshes == 1);
}

TEST_CASE("a token that the API refuses before its end is refreshed then") {
  house h;
  h.stored = ending(first, day);
  script server;
  expect(server, "access-1", 401, R"({"message":"Invalid JWT"})");
  expect(server, "access-2");
  ghl::client api{scripted_transport{server}, json, h.ahead()};
  const auto r = api.call(call);
  REQUIRE(r);
  CHECK(r.tried().size() == 1);
  CHECK(h.refreshes == 1);
}

TEST_CASE("a pair without an access token is refreshed before the first call") {
  house h;
  h.stored = pair_of("", "refresh-1");
  script server;
  expect(server, "access-2");
  ghl::client api{scripted_transport{server}, json, h.token()};
  CHECK(api.call(call));
  CHECK(h.refreshes == 1);
}

TEST_CASE("load and store may take the limits of the call, and are told what is left") {
  std::vector<std::int64_t> left;
  bool stopped = false;
  struct stop_flag {
    const bool* is;
    [[nodiscard]] bool stop_requested() const { return *is; }
  };
  const ghl::refreshing_token shared{[&](const ghl::call_limits& limits) -> pair_answer {
                                       left.push_back(limits.time_left().count());
                                       stopped = true;  // meanwhile the caller changes his mind
                                       if (limits.stop_requested())
                                         return ghl::transport_error(ghl::fault::cancelled, ghl::sent::no);
                                       return first;
                                     },
                                     [](const token_pair&) { return second; },
                                     [](const token_pair&, const ghl::call_limits&) { return true; }};
  script server;
  ghl::client api{scripted_transport{server}, json, shared};
  const auto r = api.call(call, ghl::deadline{5s}, stop_flag{&stopped});
  REQUIRE(!r);
  CHECK(r.error().fault == ghl::fault::cancelled);
  REQUIRE(left.size() == 1);
  CHECK(left[0] > 0);
  CHECK(left[0] <= 5'000);
  CHECK(server.requests().empty());
}

TEST_CASE("without a deadline and a stop token the limits say so") {
  std::vector<std::int64_t> left;
  bool stops = true;
  const ghl::refreshing_token shared{[&](const ghl::call_limits& limits) {
                                       left.push_back(limits.time_left().count());
                                       stops = limits.stop_requested();
                                       return first;
                                     },
                                     [](const token_pair&) { return second; }};
  script server;
  expect(server, "access-1");
  ghl::client api{scripted_transport{server}, json, shared};
  CHECK(api.call(call, ghl::deadline{0s}));
  CHECK(left == std::vector<std::int64_t>{0});
  CHECK(!stops);
}

TEST_CASE("a token that lives for less than the time ahead is not refreshed by each call") {
  house h;
  h.stored = pair_of("", "refresh-1");
  h.next = living(second, 600);
  script server;
  for (int i = 0; i < 3; ++i) expect(server, "access-2");
  ghl::client api{scripted_transport{server}, json, h.ahead()};
  for (int i = 0; i < 3; ++i) CHECK(api.call(call));
  CHECK(h.refreshes == 1);
}

TEST_CASE("what a server and a store say of the end of a token may be anything") {
  for (const long long odd : {(std::numeric_limits<long long>::max)(), (std::numeric_limits<long long>::min)(), -1LL}) {
    house h;
    h.stored = pair_of("", "refresh-1");
    h.next = living(second, odd);
    script server;
    for (int i = 0; i < 2; ++i) expect(server, "access-2");
    ghl::client api{scripted_transport{server}, json, h.ahead()};
    for (int i = 0; i < 2; ++i) CHECK(api.call(call));
    CHECK(h.refreshes == 1);
  }
  house h;
  h.stored = first;
  h.stored->expires_at = (std::numeric_limits<std::int64_t>::min)();
  script server;
  expect(server, "access-2");
  ghl::client api{scripted_transport{server}, json, h.ahead()};
  CHECK(api.call(call));
}

TEST_CASE("the other tokens of the pair stand in no error either") {
  house h;
  h.stored = pair_of("access-1-access-1", "refresh-1-refresh-1");
  script server;
  expect(server, "access-1-access-1", 403, R"({"message":"you also have refresh-1-refresh-1"})");
  ghl::client api{scripted_transport{server}, json, h.token()};
  CHECK(api.call(call).error().message().find("refresh-1-refresh-1") == std::string::npos);
}
