// Clients that send again: through each shape of transport, with what the server saw and what the caller is told.
#include "../catch.hpp"
#include "scripted_json.hpp"
#include "task.hpp"

#include <ghl/any_transport.hpp>
#include <ghl/ghl.hpp>
#include <ghl/api/links.hpp>
#include <ghl/testing/scripted_transport.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using ghl::links::delete_link;
using ghl::links::get_links;
using ghl::testing::script;
using ghl::testing::scripted_callback_transport;
using ghl::testing::scripted_transport;
using deleted = ghl::result<delete_link::response>;

namespace {

const delete_link call{.link_id = "x"};
const ghl::private_integration_token token{"hush-hush-hush"};

bool says_succeeded(ghl::json_reader& to) {
  return to.begin_object() && to.key("succeded") && to.boolean(true) && to.end_object();
}
const scripted_json json{says_succeeded, {}};

std::vector<std::int64_t> counts(const std::vector<ghl::milliseconds>& waits) {
  std::vector<std::int64_t> out;
  for (const auto& w : waits) out.push_back(w.count());
  return out;
}

/// The same script through a coroutine transport.
struct scripted_task_transport {
  std::shared_ptr<scripted_transport> under;
  std::shared_ptr<std::vector<std::int64_t>> waits = std::make_shared<std::vector<std::int64_t>>();

  task<ghl::result<ghl::http::response>> operator()(ghl::http::request r) const { co_return (*under)(r); }
  task<int> wait(std::chrono::milliseconds span) const {
    waits->push_back(span.count());
    co_return 0;
  }
};

template <class Task>
auto run(Task t) {
  REQUIRE(t.start());
  return t.taken();
}

struct stateless_json {
  template <class T>
  ghl::result<T> decode(std::string_view) const {
    return T{};
  }
};

const ghl::retry no_jitter{.attempts = 3, .base = 0ms, .spread = 0ms};

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
  server.expect(ghl::method::del, "/links/x").answer(ghl::http::response{429, {{"Retry-After", "7"}}, ""});
  server.expect(ghl::method::del, "/links/x").answer(201, "{}");
  ghl::client api{scripted_transport{server}, json, token, no_jitter, ghl::deadline{60s}};
  static_assert(std::same_as<decltype(api), ghl::client<scripted_transport, scripted_json, ghl::private_integration_token<>,
                                                        ghl::option_set<ghl::retry>>>);
  const deleted d = api.call(call);
  REQUIRE(d);
  CHECK(d->succeeded == true);
  CHECK(counts(server.waits()) == std::vector<std::int64_t>{7000});
  CHECK(d.tried() ==
        std::vector<ghl::attempt>{
            {1, ghl::milliseconds{0}, ghl::reason::connection, 0, ghl::fault::connect, ghl::sent::no},
            {2, ghl::milliseconds{7000}, ghl::reason::rate_limited, 429, ghl::fault::none, ghl::sent::yes}});
  const auto seen = server.requests();
  REQUIRE(seen.size() == 3);
  CHECK(seen[0].headers == seen[1].headers);
  CHECK(seen[0].headers == seen[2].headers);
  CHECK(seen[2].target() == "/links/x");
  CHECK(seen[2].timeout.count() <= 53'000);  // the wait is a part of the deadline
  CHECK(seen[2].timeout.count() > 40'000);
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
  CHECK((d.error().fault == ghl::fault::connect));
  CHECK((d.error().was_sent == ghl::sent::maybe));
  CHECK(d.tried().size() == 2);
  CHECK(d.error().tried == d.tried());
}

TEST_CASE("a repeated DELETE that meets \"not found\" is told as probably deleted") {
  script server;
  server.expect(ghl::method::del, "/links/x").fails(ghl::fault::connection_lost, ghl::sent::maybe);
  server.expect(ghl::method::del, "/links/x").answer(404, R"({"message":"Link not found"})");
  ghl::client api{scripted_transport{server}, json, token, no_jitter};
  const deleted d = api.call(call);
  REQUIRE(!d);
  CHECK((d.error().kind == ghl::error_kind::status));
  CHECK(d.error().status == 404);
  CHECK((d.error().fault == ghl::fault::probably_deleted));
  CHECK(d.error().message().find("was probably deleted by an earlier attempt") != std::string::npos);
}

TEST_CASE("a coroutine call waits with the transport's own wait") {
  script server;
  server.expect(ghl::method::del, "/links/x").answer(ghl::http::response{429, {{"Retry-After", "3"}}, ""});
  server.expect(ghl::method::del, "/links/x").answer(201, "{}");
  const scripted_task_transport transport{std::make_shared<scripted_transport>(server)};
  std::optional<task<deleted>> pending;
  {
    ghl::client api{transport, json, token, no_jitter};
    pending.emplace(api.call(call));
    static_assert(std::same_as<decltype(api.call(call)), task<deleted>>);
  }
  REQUIRE(pending->start());
  const deleted d = pending->taken();
  REQUIRE(d);
  CHECK(*transport.waits == std::vector<std::int64_t>{3000});
  CHECK(d.tried().size() == 1);
}

TEST_CASE("a call with a handler waits with the transport's own wait, and outlives its client") {
  script server;
  server.hold();
  server.expect(ghl::method::del, "/links/x").answer(ghl::http::response{429, {{"Retry-After", "3"}}, ""});
  server.expect(ghl::method::del, "/links/x").answer(201, "{}");
  std::optional<deleted> got;
  {
    ghl::client api{scripted_callback_transport{server}, json, token, no_jitter};
    api.call(call, [&](deleted d) { got.emplace(std::move(d)); });
  }
  CHECK(server.requests().size() == 1);
  CHECK(!got);
  while (server.deliver() > 0) {
  }
  REQUIRE(got);
  REQUIRE(*got);
  CHECK(counts(server.waits()) == std::vector<std::int64_t>{3000});
  CHECK(got->tried().size() == 1);
}

TEST_CASE("a handler may be move-only, and a request that is refused reaches it at once") {
  script server;
  ghl::client api{scripted_callback_transport{server}, json, token, no_jitter};
  int called = 0;
  api.call(delete_link{.link_id = ".."}, [&, one = std::make_unique<int>(1)](const deleted& d) {
    called += *one;
    CHECK((d.error().fault == ghl::fault::dot_segment));
  });
  CHECK(called == 1);
}

namespace {

/// Says "stop" from the n-th time on that it is asked.
struct stops_later {
  std::shared_ptr<int> asked = std::make_shared<int>(0);
  int from;
  bool stop_requested() const { return ++*asked >= from; }
};

}  // namespace

TEST_CASE("a stop token ends a wait within 50 ms, and the error says whether the server may have acted") {
  const auto first = [](script& server, ghl::http::response answer) {
    server.expect(ghl::method::del, "/links/x").answer(std::move(answer));
  };
  {
    script server;
    first(server, {429, {{"Retry-After", "20"}}, ""});
    ghl::client api{scripted_transport{server}, json, token, no_jitter};
    const deleted d = api.call(call, stops_later{.from = 8});
    REQUIRE(!d);
    CHECK((d.error().fault == ghl::fault::cancelled));
    CHECK((d.error().was_sent == ghl::sent::no));
    CHECK(d.error().endpoint == "Delete Link");
    CHECK(d.tried().size() == 1);
    for (const auto w : counts(server.waits())) CHECK(w <= 50);
    CHECK(server.waits().size() <= 8);
  }
  {
    script server;
    first(server, {503, {{"Retry-After", "20"}}, ""});
    const scripted_task_transport transport{std::make_shared<scripted_transport>(server)};
    ghl::client api{transport, json, token, no_jitter};
    const deleted d = run(api.call(call, stops_later{.from = 8}));
    REQUIRE(!d);
    CHECK((d.error().fault == ghl::fault::cancelled));
    CHECK((d.error().was_sent == ghl::sent::maybe));
    for (const auto w : *transport.waits) CHECK(w <= 50);
  }
  {
    script server;
    first(server, {503, {{"Retry-After", "20"}}, ""});
    ghl::client api{scripted_callback_transport{server}, json, token, no_jitter};
    std::optional<deleted> got;
    api.call(call, stops_later{.from = 8}, [&](deleted d) { got.emplace(std::move(d)); });
    REQUIRE(got);
    CHECK((got->error().fault == ghl::fault::cancelled));
    for (const auto w : counts(server.waits())) CHECK(w <= 50);
  }
}

TEST_CASE("a transport without a wait of its own: the thread sleeps") {
  int sent = 0;
  ghl::client api{[&](const ghl::http::request&) -> ghl::http::response {
                    return ++sent == 1 ? ghl::http::response{429, {{"X-RateLimit-Interval-Milliseconds", "30"}}, ""}
                                       : ghl::http::response{201, {}, "{}"};
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
      .answer(ghl::http::response{201, {{"X-RateLimit-Max", "100"}, {"X-RateLimit-Remaining", "99"}}, "{}"});
  ghl::client api{scripted_transport{server}, json, token, no_jitter};
  const deleted d = api.call(call);
  REQUIRE(d);
  CHECK(d.rate_limit().max == 100);
  CHECK(d.rate_limit().remaining == 99);
}

// ---- an own credential, gate and observer: the seams of ghl::refreshing_token, ghl::throttle and ghl::observe ----

namespace {

struct account {
  std::string stored = "old-token-old-token";
  int refreshes = 0;
  bool busy_once = false;
  bool open = false;
};
struct own_credential {
  static constexpr bool refreshes = true;
  std::shared_ptr<account> of;

  struct refresh_lease {
    enum kind { superseded, leader, follower, failed } what;
    std::string token{};
    ghl::token_pair pair{};
    std::optional<ghl::error> why{};
  };
  ghl::result<std::string> operator()() const { return of->stored; }
  refresh_lease begin_refresh(std::string_view refused) const {
    if (of->stored != refused) return {refresh_lease::superseded, of->stored};
    if (std::exchange(of->busy_once, false)) return {refresh_lease::follower};
    of->open = true;
    return {refresh_lease::leader};
  }
  ghl::result<ghl::token_pair> refresh(const ghl::token_pair&) const {
    ++of->refreshes;
    return ghl::token_pair{ghl::secret{"new-token-new-token-1"}, ghl::secret{"r"}};
  }
  ghl::result<std::string> end_refresh(ghl::result<ghl::token_pair> pair) const {
    of->open = false;
    if (!pair) return std::move(pair).error();
    return of->stored = pair->access_token.reveal();
  }
  struct kept {
    std::shared_ptr<account> of{};
    void release() noexcept { of.reset(); }
    kept() = default;
    explicit kept(std::shared_ptr<account> a) : of(std::move(a)) {}
    kept(kept&&) = default;
    kept& operator=(kept&&) = default;
    ~kept() {
      if (of) of->open = false;
    }
  };
  kept hold_lease() const { return kept{of}; }
};
/// The same, refreshing with co_await, or calling back.
struct awaiting_credential : own_credential {
  task<ghl::result<ghl::token_pair>> refresh(const ghl::token_pair& pair) const {
    co_return own_credential::refresh(pair);
  }
};
struct calling_credential : own_credential {
  template <class Done>
  void refresh(const ghl::token_pair& pair, Done done) const {
    done(own_credential::refresh(pair));
  }
};

const ghl::http::response expired{401, {}, R"({"message":"Invalid JWT"})"};

void expect_refresh(script& server) {
  server.expect(ghl::method::del, "/links/x").header("Authorization", "Bearer old-token-old-token").answer(expired);
  server.expect(ghl::method::del, "/links/x").header("Authorization", "Bearer new-token-new-token-1").answer(201, "{}");
}

}  // namespace

TEST_CASE("an expired token is refreshed once, in each shape, and the next request has the new one") {
  {
    script server;
    expect_refresh(server);
    const auto of = std::make_shared<account>();
    ghl::client api{scripted_transport{server}, json, own_credential{of}};
    const deleted d = api.call(call);
    REQUIRE(d);
    REQUIRE(d.tried().size() == 1);
    CHECK((d.tried()[0].why == ghl::reason::token));
    CHECK(of->refreshes == 1);
    CHECK_FALSE(of->open);
  }
  {
    script server;
    expect_refresh(server);
    const auto of = std::make_shared<account>();
    of->busy_once = true;
    const scripted_task_transport transport{std::make_shared<scripted_transport>(server)};
    ghl::client api{transport, json, awaiting_credential{{of}}};
    CHECK(run(api.call(call)));
    CHECK(of->refreshes == 1);
    CHECK(*transport.waits == std::vector<std::int64_t>{10});
  }
  {
    script server;
    expect_refresh(server);
    const auto of = std::make_shared<account>();
    ghl::client api{scripted_callback_transport{server}, json, calling_credential{{of}}};
    int handled = 0;
    api.call(call, [&](const deleted& d) { handled += d ? 1 : 100; });
    CHECK(handled == 1);
    CHECK(of->refreshes == 1);
  }
}

TEST_CASE("another caller's newer token is used without a refresh, and one refresh is all that a call gets") {
  script server;
  expect_refresh(server);
  server.expect(ghl::method::del, "/links/x").answer(expired);
  const auto of = std::make_shared<account>();
  ghl::client api{scripted_transport{server},
                  json,
                  own_credential{of}};
  CHECK(api.call(call));
  CHECK(of->refreshes == 1);
  of->stored = "new-token-new-token-1";
  server.expect(ghl::method::del, "/links/x").answer(expired);
  const deleted d = api.call(call);  // refreshes to the same text, and is refused again
  REQUIRE(!d);
  CHECK(d.error().status == 401);
  CHECK((d.error().remedy() == ghl::remedy::refresh_token));
  CHECK(of->refreshes == 2);
}

TEST_CASE("a call that is destroyed while it has the turn to refresh gives it back") {
  struct never_done {
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<>) const noexcept {}
    ghl::result<ghl::token_pair> await_resume() const { return ghl::token_pair{}; }
  };
  struct hanging_credential : own_credential {
    never_done refresh(const ghl::token_pair&) const { return {}; }
  };
  script server;
  server.expect(ghl::method::del, "/links/x").answer(expired);
  const auto of = std::make_shared<account>();
  const scripted_task_transport transport{std::make_shared<scripted_transport>(server)};
  ghl::client api{transport, json, hanging_credential{{of}}};
  {
    auto pending = api.call(call);
    CHECK_FALSE(pending.start());
    CHECK(of->open);
  }
  CHECK_FALSE(of->open);
}

TEST_CASE("a refreshed token that cannot stand in a header is refused, and nothing is sent with it") {
  struct broken_credential : own_credential {
    ghl::result<ghl::token_pair> refresh(const ghl::token_pair&) const {
      return ghl::token_pair{ghl::secret{"new\r\nHost: elsewhere"}, ghl::secret{"r"}};
    }
  };
  script server;
  server.expect(ghl::method::del, "/links/x").answer(expired);
  ghl::client api{scripted_transport{server}, json, broken_credential{{std::make_shared<account>()}}};
  const deleted d = api.call(call);
  REQUIRE(!d);
  CHECK((d.error().fault == ghl::fault::bad_token));
  CHECK(d.error().message().find("elsewhere") == std::string::npos);
}

namespace {

struct own_gate {
  static constexpr bool is_exchange_option = true;
  struct ticket {
    int asked = 0;
  };
  struct journal {
    int waits = 1;
    int left = 0;
    std::vector<int> learned{};
    std::int64_t wait_ms = 25;
  };
  std::shared_ptr<journal> to = std::make_shared<journal>();

  ghl::milliseconds acquire(ticket& p, ghl::milliseconds) const {
    return ghl::milliseconds{p.asked++ < to->waits ? to->wait_ms : 0};
  }
  void release(ticket&) const noexcept { ++to->left; }
  void on_response(const ticket&, const ghl::rate_limit&, int status, const std::optional<ghl::milliseconds>&, ghl::milliseconds) const {
    to->learned.push_back(status);
  }
};
struct own_observer {
  static constexpr bool is_exchange_option = true;
  struct seen {
    std::string facts;
    int attempt;
    int status;
    bool last;
  };
  std::shared_ptr<std::vector<seen>> to = std::make_shared<std::vector<seen>>();
  void observed(const ghl::observation& o) const {
    to->push_back({std::string{o.endpoint} + " " + std::string{o.method} + " " + std::string{o.path_template} + " " +
                       std::string{o.server_address} + ":" + std::to_string(o.server_port) + " " +
                       std::string{o.error_type} + std::string{o.target},
                   o.attempt, o.status, o.last});
  }
};

}  // namespace

TEST_CASE("a gate is asked before each attempt, and learns from each answer; an observer sees each attempt") {
  script server;
  server.expect(ghl::method::del, "/links/x").answer(503, "");
  server.expect(ghl::method::del, "/links/x").answer(201, "{}");
  const own_gate gate;
  const own_observer observer;
  ghl::client api{scripted_transport{server}, json, token, observer, no_jitter, gate};
  CHECK(api.call(call));
  CHECK(counts(server.waits()) == std::vector<std::int64_t>{25, 25});
  CHECK(gate.to->learned == std::vector<int>{503, 201});
  REQUIRE(observer.to->size() == 2);
  CHECK(observer.to->at(0).facts == "Delete Link DELETE /links/:linkId services.leadconnectorhq.com:443 503");
  CHECK(observer.to->at(0).attempt == 1);
  CHECK(observer.to->at(0).status == 503);
  CHECK_FALSE(observer.to->at(0).last);
  CHECK(observer.to->at(1).facts == "Delete Link DELETE /links/:linkId services.leadconnectorhq.com:443 ");
  CHECK(observer.to->at(1).attempt == 2);
  CHECK(observer.to->at(1).status == 201);
  CHECK(observer.to->at(1).last);
}

TEST_CASE("where a pause takes longer than the deadline, nothing more is sent") {
  struct slow {
    int sent = 0;
    ghl::http::response operator()(const ghl::http::request&) {
      return ++sent, ghl::http::response{429, {{"X-RateLimit-Interval-Milliseconds", "5"}}, ""};
    }
    void wait(ghl::milliseconds) const { ghl::detail::sleep_for(ghl::milliseconds{120}); }
  };
  slow transport;
  ghl::client gated{std::ref(transport), json, token, own_gate{}};
  const deleted never = gated.call(call, ghl::deadline{100ms});
  REQUIRE(!never);
  CHECK((never.error().fault == ghl::fault::timeout));
  CHECK((never.error().was_sent == ghl::sent::no));
  CHECK(never.error().endpoint == "Delete Link");
  CHECK(transport.sent == 0);

  ghl::client repeating{std::ref(transport), json, token, no_jitter};
  const deleted once = repeating.call(call, ghl::deadline{100ms});
  REQUIRE(!once);
  CHECK(once.error().status == 429);
  CHECK(transport.sent == 1);
}

TEST_CASE("a call whose turn would come after its deadline is held back at once, and gives up its place") {
  script server;
  const own_gate gate;
  gate.to->wait_ms = 1000;
  ghl::client api{scripted_transport{server}, json, token, gate};
  const deleted d = api.call(call, ghl::deadline{1s});
  REQUIRE(!d);
  CHECK((d.error().fault == ghl::fault::held_back));
  CHECK((d.error().was_sent == ghl::sent::no));
  CHECK(gate.to->left == 1);
  CHECK(server.waits().empty());
}

TEST_CASE("transports whose type is left out, and references to transports, wait as what they stand for") {
  const auto play = [](script& server) {
    server.expect(ghl::method::del, "/links/x").answer(ghl::http::response{429, {{"Retry-After", "3"}}, ""});
    server.expect(ghl::method::del, "/links/x").answer(201, "{}");
  };
  const std::vector<std::int64_t> three_seconds{3000};
  {
    script server;
    play(server);
    ghl::client api{ghl::any_transport{scripted_transport{server}}, json, token, no_jitter};
    CHECK(api.call(call));
    CHECK(counts(server.waits()) == three_seconds);
    play(server);
    scripted_transport transport{server};
    ghl::client by_reference{std::ref(transport), json, token, no_jitter};
    CHECK(by_reference.call(call));
    CHECK(counts(server.waits()).size() == 2);
  }
  {
    script server;
    play(server);
    ghl::client api{ghl::any_callback_transport{scripted_callback_transport{server}}, json, token, no_jitter};
    int handled = 0;
    api.call(call, [&](const deleted& d) { handled += d ? 1 : 100; });
    CHECK(handled == 1);
    CHECK(counts(server.waits()) == three_seconds);
    play(server);
    scripted_callback_transport transport{server};
    ghl::client by_reference{std::ref(transport), json, token, no_jitter};
    by_reference.call(call, [&](const deleted& d) { handled += d ? 1 : 100; });
    CHECK(handled == 2);
  }
  {
    script server;
    play(server);
    scripted_task_transport transport{std::make_shared<scripted_transport>(server)};
    using any = ghl::any_coroutine_transport<task<ghl::result<ghl::http::response>>>;
    ghl::client api{any{transport}, json, token, no_jitter};
    CHECK(run(api.call(call)));
    CHECK(*transport.waits == three_seconds);
    play(server);
    ghl::client by_reference{std::ref(transport), json, token, no_jitter};
    CHECK(run(by_reference.call(call)));
    CHECK(transport.waits->size() == 2);
  }
}

TEST_CASE("what cannot wait is asleep behind a type that can") {
  int sent = 0;
  const auto answer = [&sent] {
    return ++sent % 2 == 1 ? ghl::http::response{429, {{"X-RateLimit-Interval-Milliseconds", "1"}}, ""}
                           : ghl::http::response{201, {}, "{}"};
  };
  ghl::client blocking{ghl::any_transport{[&](const ghl::http::request&) { return answer(); }}, json, token, no_jitter};
  CHECK(blocking.call(call));
  ghl::client calling{ghl::any_callback_transport{[&](ghl::http::request, auto done) { done(answer()); }}, json, token,
                      no_jitter};
  int handled = 0;
  calling.call(call, [&](const deleted& d) { handled += d ? 1 : 100; });
  CHECK(handled == 1);
  const auto as_task = [&](ghl::http::request) -> task<ghl::result<ghl::http::response>> { co_return answer(); };
  ghl::client tasks{ghl::any_coroutine_transport<task<ghl::result<ghl::http::response>>>{as_task}, json, token, no_jitter};
  CHECK(run(tasks.call(call)));
  CHECK(sent == 6);
}
