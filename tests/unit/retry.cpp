// Clients that send again: through each shape of transport, with what the server saw and what the caller is told.
#include "../catch.hpp"
#include "delete_link_call.hpp"
#include "flat_json.hpp"
#include "stop_flag.hpp"
#include "run_task.hpp"
#include "task.hpp"

#include <ghl/any_transport.hpp>
#include <ghl/api/links.hpp>
#include <ghl/ghl.hpp>
#include <ghl/testing/scripted_coroutine.hpp>
#include <ghl/testing/scripted_transport.hpp>

#include <chrono>
#include <concepts>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace fixture;
using namespace std::chrono_literals;
using ghl::milliseconds;
using ghl::links::get_links;
using ghl::testing::script;
using ghl::testing::scripted_callback_transport;
using ghl::testing::scripted_transport;
using scripted_task_transport = ghl::testing::scripted_coroutine_transport<task>;
using waits = std::vector<milliseconds>;

namespace {

const ghl::retry no_jitter{.attempts = 3, .base = 0ms, .spread = 0ms};

ghl::http::response wait_a_while(int status, std::string seconds) {
  return {.status = status, .headers = {{"Retry-After", seconds}}};
}

/// Two attempts, with three seconds between them.
void expect_two_attempts(script& server) {
  server.expect(ghl::method::del, "/links/x").answer(wait_a_while(429, "3"));
  server.expect(ghl::method::del, "/links/x").answer(created);
}

/// Reads everything as nothing, and has no state.
struct stateless_json {
  template <class T>
  ghl::result<T> decode(std::string_view) const {
    return T{};
  }
};

}  // namespace

TEST_CASE("without ghl::retry nothing is sent twice, and the client has the type that it always had") {
  script server;
  server.expect(ghl::method::del, "/links/x").answer(503, "");
  ghl::client api{scripted_transport{server}, json, token};
  static_assert(std::same_as<decltype(api), ghl::client<scripted_transport, scripted_json,
                                                        ghl::private_integration_token<>>>);
  const deleted d = api.call(call);
  REQUIRE(!d);
  CHECK(d.error().status == 503);
  CHECK(d.tried().empty());
}

TEST_CASE("with ghl::retry a DELETE is sent again, with the same bytes, and the result tells what was tried") {
  script server;
  server.expect(ghl::method::del, "/links/x").fails(ghl::fault::connect, ghl::sent::no);
  server.expect(ghl::method::del, "/links/x").answer(wait_a_while(429, "7"));
  server.expect(ghl::method::del, "/links/x").answer(201, "{}");
  ghl::client api{scripted_transport{server}, json, token, no_jitter, ghl::deadline{60s}};
  using written_down = ghl::client<scripted_transport, scripted_json, ghl::private_integration_token<>,
                                   ghl::option_set<ghl::retry>>;
  static_assert(std::same_as<decltype(api), written_down>);
  const deleted d = api.call(call);
  REQUIRE(d);
  CHECK(d->succeeded == true);
  CHECK(server.waits() == waits{7s});
  CHECK(d.tried() ==
        std::vector<ghl::attempt>{
            {.number = 1, .why = ghl::reason::connection, .fault = ghl::fault::connect},
            {.number = 2, .wait = 7s, .why = ghl::reason::rate_limited, .status = 429, .was_sent = ghl::sent::yes}});
  const auto seen = server.requests();
  REQUIRE(seen.size() == 3);
  CHECK(seen[0].headers == seen[1].headers);
  CHECK(seen[0].headers == seen[2].headers);
  CHECK(seen[2].target() == "/links/x");
  CHECK(seen[2].timeout <= milliseconds{53s});  // the wait is a part of the deadline
}

TEST_CASE("a client that is a member names its options; one that is not given has its defaults") {
  script server;
  for (int i = 0; i < 3; ++i) server.expect(ghl::method::del, "/links/x").answer(502, "");
  ghl::client<scripted_transport, scripted_json, ghl::private_integration_token<>, ghl::option_set<ghl::retry>> member{
      scripted_transport{server}, json, token};
  CHECK_FALSE(member.call(call));
  CHECK(server.requests().size() == 3);
  CHECK(server.waits().size() <= 2);
}

TEST_CASE("a const client sends again too") {
  script server;
  server.expect(ghl::method::get, "/links/?locationId=l").answer(503, "");
  server.expect(ghl::method::get, "/links/?locationId=l").answer(200, "{}");
  const ghl::client api{scripted_transport{server}, stateless_json{}, token, no_jitter};
  CHECK(api.call(get_links{.location_id = "l"}));
}

TEST_CASE("the last error says what happened before it, and that the server may have acted") {
  script server;
  server.expect(ghl::method::del, "/links/x").fails(ghl::fault::connection_lost, ghl::sent::maybe);
  server.expect(ghl::method::del, "/links/x").fails(ghl::fault::connect, ghl::sent::no);
  server.expect(ghl::method::del, "/links/x").fails(ghl::fault::connect, ghl::sent::no);
  ghl::client api{scripted_transport{server}, json, token, no_jitter};
  const deleted d = api.call(call);
  REQUIRE(!d);
  CHECK(d.error().fault == ghl::fault::connect);
  CHECK(d.error().was_sent == ghl::sent::maybe);
  CHECK(d.tried().size() == 2);
  CHECK(d.error().tried == d.tried());
}

TEST_CASE("a repeated DELETE that meets \"not found\" is told as probably deleted") {
  script server;
  server.expect(ghl::method::del, "/links/x").fails(ghl::fault::connection_lost, ghl::sent::maybe);
  server.expect(ghl::method::del, "/links/x").answer(404, R"({"message":"Link not found"})");
  ghl::client api{scripted_transport{server}, flat_json{}, token, no_jitter};
  const deleted d = api.call(call);
  REQUIRE(!d);
  CHECK(d.error().kind == ghl::error_kind::status);
  CHECK(d.error().status == 404);
  CHECK(d.error().fault == ghl::fault::probably_deleted);
  CHECK(d.error().message().find("was probably deleted by an earlier attempt") != std::string::npos);
}

TEST_CASE("a coroutine call waits with the transport's own wait, and outlives its client") {
  script server;
  server.hold();
  expect_two_attempts(server);
  std::optional<task<deleted>> pending;
  {
    ghl::client api{scripted_task_transport{server}, json, token, no_jitter};
    pending.emplace(api.call(call));
    static_assert(std::same_as<decltype(api.call(call)), task<deleted>>);
  }
  CHECK_FALSE(pending->start());
  server.deliver();
  REQUIRE(pending->done());
  const deleted d = pending->taken();
  REQUIRE(d);
  CHECK(server.waits() == waits{3s});
  CHECK(d.tried().size() == 1);
}

TEST_CASE("a call with a handler waits with the transport's own wait, and outlives its client") {
  script server;
  server.hold();
  expect_two_attempts(server);
  std::optional<deleted> got;
  {
    ghl::client api{scripted_callback_transport{server}, json, token, no_jitter};
    api.call(call, [&](deleted d) { got.emplace(std::move(d)); });
  }
  CHECK(server.requests().size() == 1);
  CHECK(!got);
  server.deliver();
  REQUIRE(got);
  REQUIRE(*got);
  CHECK(server.waits() == waits{3s});
  CHECK(got->tried().size() == 1);
}

TEST_CASE("a handler may be move-only, and a request that is refused reaches it at once") {
  script server;
  ghl::client api{scripted_callback_transport{server}, json, token, no_jitter};
  int called = 0;
  api.call(delete_link{.link_id = ".."}, [&, one = std::make_unique<int>(1)](const deleted& d) {
    called += *one;
    CHECK(d.error().fault == ghl::fault::dot_segment);
  });
  CHECK(called == 1);
}

namespace {

void is_cancelled(const deleted& d, const script& server, ghl::sent was_sent) {
  REQUIRE(!d);
  CHECK(d.error().fault == ghl::fault::cancelled);
  CHECK(d.error().was_sent == was_sent);
  CHECK(d.error().endpoint == "Delete Link");
  CHECK(d.tried().size() == 1);
  for (const milliseconds piece : server.waits()) CHECK(piece <= milliseconds{50});
  CHECK(server.waits().size() <= 8);
}

}  // namespace

TEST_CASE("a stop token ends a wait within 50 ms, and the error says whether the server may have acted") {
  const stops_later stop{.from = 8};
  script server;
  SECTION("blocking") {
    server.expect(ghl::method::del, "/links/x").answer(wait_a_while(429, "20"));
    ghl::client api{scripted_transport{server}, json, token, no_jitter};
    is_cancelled(api.call(call, stop), server, ghl::sent::no);
  }
  SECTION("with a coroutine") {
    server.expect(ghl::method::del, "/links/x").answer(wait_a_while(503, "20"));
    ghl::client api{scripted_task_transport{server}, json, token, no_jitter};
    is_cancelled(run(api.call(call, stop)), server, ghl::sent::maybe);
  }
  SECTION("with a handler") {
    server.expect(ghl::method::del, "/links/x").answer(wait_a_while(503, "20"));
    ghl::client api{scripted_callback_transport{server}, json, token, no_jitter};
    int handled = 0;
    api.call(call, stop, [&](const deleted& d) {
      ++handled;
      is_cancelled(d, server, ghl::sent::maybe);
    });
    CHECK(handled == 1);
  }
}

TEST_CASE("where a transport has no wait of its own, the thread sleeps, and no shorter than it is to") {
  int sent = 0;
  ghl::client api{[&](const ghl::http::request&) -> ghl::http::response {
                    if (++sent == 2) return created;
                    return {.status = 429, .headers = {{"X-RateLimit-Interval-Milliseconds", "30"}}};
                  },
                  json, token, no_jitter};
  const auto began = std::chrono::steady_clock::now();
  CHECK(api.call(call));
  CHECK(std::chrono::steady_clock::now() - began >= 30ms);
  CHECK(sent == 2);
}

TEST_CASE("the rate limits of a success are on the result") {
  script server;
  server.expect(ghl::method::del, "/links/x")
      .answer(201, "{}", {{"X-RateLimit-Max", "100"}, {"X-RateLimit-Remaining", "99"}});
  ghl::client api{scripted_transport{server}, json, token, no_jitter};
  const deleted d = api.call(call);
  REQUIRE(d);
  CHECK(d.rate_limit().max == 100);
  CHECK(d.rate_limit().remaining == 99);
}

TEST_CASE("a transport whose type is left out waits as the one inside") {
  script server;
  expect_two_attempts(server);
  SECTION("blocking") {
    ghl::client api{ghl::any_transport{scripted_transport{server}}, json, token, no_jitter};
    CHECK(api.call(call));
  }
  SECTION("with a handler") {
    ghl::client api{ghl::any_callback_transport{scripted_callback_transport{server}}, json, token, no_jitter};
    int handled = 0;
    api.call(call, [&](const deleted& d) { handled += d ? 1 : 100; });
    CHECK(handled == 1);
  }
  SECTION("with a coroutine") {
    using any = ghl::any_coroutine_transport<task<answer>>;
    ghl::client api{any{scripted_task_transport{server}}, json, token, no_jitter};
    CHECK(run(api.call(call)));
  }
  CHECK(server.waits() == waits{3s});
}

TEST_CASE("a reference to a transport waits as what it refers to") {
  script server;
  expect_two_attempts(server);
  SECTION("blocking") {
    scripted_transport transport{server};
    ghl::client api{std::ref(transport), json, token, no_jitter};
    CHECK(api.call(call));
  }
  SECTION("with a handler") {
    scripted_callback_transport transport{server};
    ghl::client api{std::ref(transport), json, token, no_jitter};
    int handled = 0;
    api.call(call, [&](const deleted& d) { handled += d ? 1 : 100; });
    CHECK(handled == 1);
  }
  SECTION("with a coroutine") {
    scripted_task_transport transport{server};
    ghl::client api{std::ref(transport), json, token, no_jitter};
    CHECK(run(api.call(call)));
  }
  CHECK(server.waits() == waits{3s});
}

TEST_CASE("a blocking transport that cannot wait sleeps behind the type that is left out, too") {
  int sent = 0;
  ghl::client api{ghl::any_transport{[&](const ghl::http::request&) -> ghl::http::response {
                    if (++sent == 2) return created;
                    return {.status = 429, .headers = {{"X-RateLimit-Interval-Milliseconds", "1"}}};
                  }},
                  json, token, no_jitter};
  CHECK(api.call(call));
  CHECK(sent == 2);
}
