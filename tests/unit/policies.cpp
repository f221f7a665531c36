// The policies of a client: when to repeat, when to start, whom to tell. Those in the box, a user's own, and several.
#include "../catch.hpp"
#include "delete_link_call.hpp"
#include "event_loop.hpp"
#include "run_task.hpp"
#include "task.hpp"

#include <ghl/ghl.hpp>
#include <ghl/observe.hpp>
#include <ghl/policy.hpp>
#include <ghl/testing/scripted_coroutine.hpp>
#include <ghl/testing/scripted_transport.hpp>
#include <ghl/throttle.hpp>

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
using ghl::testing::script;
using ghl::testing::scripted_callback_transport;
using ghl::testing::scripted_transport;
using scripted_task_transport = ghl::testing::scripted_coroutine_transport<task>;

namespace {

/// Repeats a conflict once, after 7 ms; for all else asks ghl::retry.
struct repeats_conflicts {
  ghl::retry usual{.attempts = 3, .base = 0ms, .spread = 0ms};

  std::optional<milliseconds> pause_after(const ghl::failed_attempt& failed) const {
    if (failed.error.status == 409) return failed.attempts == 1 ? std::optional{milliseconds{7}} : std::nullopt;
    return usual.pause_after(failed);
  }
};

/// Lets a call start when it has asked some times more, and writes down what it is told. `N`: another type for each.
template <int N>
struct gate {
  struct journal {
    int refusals = 1;        ///< before a call may start
    milliseconds wait{25};   ///< after each of them
    int waiting = 0;         ///< calls in line
    int started = 0;
    std::vector<int> answers{};
  };
  struct place {
    std::shared_ptr<journal> in;
    int asked = 0;
    explicit place(std::shared_ptr<journal> where) : in(std::move(where)) { ++in->waiting; }
    place(const place&) = delete;
    place& operator=(const place&) = delete;
    ~place() { --in->waiting; }
  };
  struct ticket {
    std::unique_ptr<place> at{};
  };
  std::shared_ptr<journal> to = std::make_shared<journal>();

  milliseconds acquire(ticket& t, milliseconds) const {
    if (!t.at) t.at = std::make_unique<place>(to);
    if (t.at->asked++ < to->refusals) return to->wait;
    t.at.reset();
    ++to->started;
    return {};
  }
  void on_response(ticket&, const ghl::rate_limit&, int status, const std::optional<milliseconds>&,
                   milliseconds) const {
    to->answers.push_back(status);
  }
};
static_assert(ghl::admission_policy<gate<0>>);

/// Writes each attempt down.
struct notebook {
  std::shared_ptr<std::vector<std::string>> lines = std::make_shared<std::vector<std::string>>();

  void observed(const ghl::observation& o) const {
    lines->push_back(std::string{o.endpoint} + " #" + std::to_string(o.attempt) + ": " + std::to_string(o.status) +
                     (o.last ? ", the last" : "") + std::string{o.target});
  }
};

/// ghl::throttle by the clock of an event loop.
struct throttle_on_loop {
  using ticket = ghl::throttle::ticket;
  ghl::throttle limit;
  std::shared_ptr<event_loop> on;

  milliseconds acquire(ticket& t, milliseconds) const { return limit.acquire(t, on->now()); }
  void on_response(const ticket& t, const ghl::rate_limit& stated, int status,
                   const std::optional<milliseconds>& retry_after, milliseconds) const {
    limit.on_response(t, stated, status, retry_after, on->now());
  }
};
const ghl::throttle_options two_in_60_ms{.max = 2, .interval = 60ms, .slack = 0ms};

/// Keeps its completions in a std::function until its loop runs.
struct queued_transport {
  std::shared_ptr<event_loop> on;

  void operator()(ghl::http::request, std::function<void(answer)> done) const {
    on->post([done = std::move(done)] { done(created); });
  }
  void wait(milliseconds span, std::function<void()> done) const { on->post_after(span, std::move(done)); }
};
/// The same with copies of them.
struct copying_transport {
  std::shared_ptr<event_loop> on;

  void operator()(ghl::http::request, const std::function<void(answer)>& done) const {
    on->post([done] { done(created); });
  }
  void wait(milliseconds span, const std::function<void()>& done) const { on->post_after(span, done); }
};

/// Six calls at once where two may start in 60 ms: the order in which they ended.
template <class Transport>
std::vector<int> six_calls(const Transport& transport) {
  const throttle_on_loop limit{.limit = ghl::throttle{two_in_60_ms}, .on = transport.on};
  std::vector<int> order;
  {
    ghl::client api{transport, json, token, ghl::retry{.attempts = 2}, limit};
    for (int i = 0; i < 6; ++i) api.call(call, [&order, i](const deleted& d) { order.push_back(d ? i : -1); });
  }
  transport.on->run();
  CHECK(limit.limit.waiting() == 0);
  return order;
}

}  // namespace

// ---- policies of a user's own ----

TEST_CASE("policies of a user's own decide when a call is repeated and when it starts, and see each attempt") {
  script server;
  server.expect(ghl::method::del, "/links/x").answer(409, "");
  server.expect(ghl::method::del, "/links/x").answer(201, "{}");
  const gate<0> admission;
  const notebook observer;
  SECTION("in a blocking client") {
    ghl::client api{scripted_transport{server}, json, token, observer, repeats_conflicts{}, admission};
    const deleted d = api.call(call);
    REQUIRE(d);
    REQUIRE(d.tried().size() == 1);
    CHECK(d.tried()[0].why == ghl::reason::policy);
  }
  SECTION("in a client for coroutines") {
    ghl::client api{scripted_task_transport{server}, json, token, observer, repeats_conflicts{}, admission};
    CHECK(run(api.call(call)));
  }
  SECTION("in a client with handlers") {
    ghl::client api{scripted_callback_transport{server}, json, token, observer, repeats_conflicts{}, admission};
    int handled = 0;
    api.call(call, [&](const deleted& d) { handled += d ? 1 : 100; });
    CHECK(handled == 1);
  }
  CHECK(server.waits() == std::vector<milliseconds>{25ms, 7ms, 25ms});
  CHECK(admission.to->started == 2);
  CHECK(admission.to->waiting == 0);
  CHECK(admission.to->answers == std::vector{409, 201});
  CHECK(*observer.lines == std::vector<std::string>{"Delete Link #1: 409", "Delete Link #2: 201, the last"});
}

TEST_CASE("a retry policy of a user's own may ask ghl::retry first") {
  script server;
  server.expect(ghl::method::del, "/links/x").answer(503, "");
  server.expect(ghl::method::del, "/links/x").answer(409, "");
  ghl::client api{scripted_transport{server}, json, token, repeats_conflicts{}};
  CHECK(api.call(call).error().status == 409);  // it was not the first attempt
}

TEST_CASE("an admission policy learns nothing of an attempt without an answer") {
  script server;
  server.expect(ghl::method::del, "/links/x").fails(ghl::fault::connect, ghl::sent::no);
  const gate<0> admission;
  ghl::client api{scripted_transport{server}, json, token, admission};
  CHECK_FALSE(api.call(call));
  CHECK(admission.to->started == 1);
  CHECK(admission.to->answers.empty());
}

TEST_CASE("a call whose turn would come after its deadline is held back at once, and gives up its place") {
  script server;
  const gate<0> admission;
  admission.to->wait = 2h;
  ghl::client api{scripted_transport{server}, json, token, admission};
  const deleted d = api.call(call, ghl::deadline{1h});
  REQUIRE(!d);
  CHECK(d.error().fault == ghl::fault::held_back);
  CHECK(d.error().was_sent == ghl::sent::no);
  CHECK(admission.to->waiting == 0);
  CHECK(server.waits().empty());
}

TEST_CASE("a call that is destroyed while it waits for its turn gives up its place") {
  script server;
  server.hold();
  const gate<0> admission;
  ghl::client api{scripted_task_transport{server}, json, token, admission};
  {
    task<deleted> pending = api.call(call);
    CHECK_FALSE(pending.start());
    CHECK(admission.to->waiting == 1);
  }
  CHECK(admission.to->waiting == 0);
  CHECK(server.requests().empty());
}

// ---- several of them ----

TEST_CASE("of two admission policies both let a call start, and the one that has done so is not asked again") {
  script server;
  server.expect(ghl::method::del, "/links/x").answer(201, "{}");
  const gate<1> one;
  const gate<2> two;
  const int slow = GENERATE(1, 2);
  one.to->refusals = slow == 1 ? 3 : 0;
  two.to->refusals = slow == 2 ? 3 : 0;
  SECTION("in a blocking client") {
    ghl::client api{scripted_transport{server}, json, token, one, two};
    CHECK(api.call(call));
  }
  SECTION("in a client for coroutines") {
    ghl::client api{scripted_task_transport{server}, json, token, one, two};
    CHECK(run(api.call(call)));
  }
  SECTION("in a client with handlers") {
    ghl::client api{scripted_callback_transport{server}, json, token, one, two};
    int handled = 0;
    api.call(call, [&](const deleted& d) { handled += d ? 1 : 100; });
    CHECK(handled == 1);
  }
  CHECK(server.waits() == std::vector<milliseconds>{25ms, 25ms, 25ms});
  for (const auto& [started, answers] :
       {std::pair{one.to->started, one.to->answers}, std::pair{two.to->started, two.to->answers}}) {
    CHECK(started == 1);
    CHECK(answers == std::vector{201});
  }
}

TEST_CASE("a throttle is asked once by a call that waits for another policy, and counts it once") {
  script server;
  server.expect(ghl::method::del, "/links/x").answer(201, "{}").times(2);
  const auto on = std::make_shared<event_loop>();
  const throttle_on_loop limit{.limit = ghl::throttle{two_in_60_ms}, .on = on};
  gate<0> admission;
  admission.to->refusals = 5;
  ghl::client api{scripted_transport{server}, json, token, limit, admission};
  CHECK(api.call(call));
  admission.to->refusals = 0;
  CHECK(api.call(call));  // the second of two
  ghl::throttle::ticket third;
  CHECK(limit.acquire(third, {}) == milliseconds{60});
}

TEST_CASE("calls with handlers are told their own time, and go in their order") {
  const auto on = std::make_shared<event_loop>();
  CHECK(six_calls(queued_transport{on}) == std::vector{0, 1, 2, 3, 4, 5});
  CHECK(on->waits() == 4);
  CHECK(on->now() == milliseconds{120});
}

// A copy of a call has no place in the line: what copies a completion calls one of the two, and the other must not hold
// a place. So the calls of this transport ask more often.
TEST_CASE("calls whose completions are copied go in their order too, and no more of them than may") {
  const auto on = std::make_shared<event_loop>();
  CHECK(six_calls(copying_transport{on}) == std::vector{0, 1, 2, 3, 4, 5});
  CHECK(on->now() == milliseconds{120});
}

TEST_CASE("the target is observed where it is asked for by name; the token never is") {
  std::string lines;
  std::string targets;
  ghl::client api{[](const ghl::http::request&) -> ghl::http::response {
                    return {.status = 500, .body = "hush-hush-hush"};
                  },
                  json,
                  token,
                  ghl::observe{[&](const ghl::observation& o) { lines += ghl::to_line(o) + "\n"; }},
                  ghl::observe{[&](const ghl::observation& o) { targets += o.target; }, ghl::with_target}};
  CHECK_FALSE(api.call(delete_link{.link_id = "someone"}));
  CHECK(targets == "/links/someone");
  CHECK(lines.find("error.type=500") != std::string::npos);
  CHECK(lines.find("someone") == std::string::npos);
  CHECK(lines.find("hush") == std::string::npos);
}

// ---- the type of a client with policies ----

static_assert(std::same_as<ghl::option_set<ghl::retry, ghl::throttle>, ghl::option_set<ghl::throttle, ghl::retry>>);
static_assert(std::same_as<ghl::option_set<gate<1>, gate<2>, notebook>, ghl::option_set<notebook, gate<2>, gate<1>>>);
static_assert(!std::same_as<ghl::option_set<gate<1>>, ghl::option_set<gate<2>>>);

TEST_CASE("the type of a client does not depend on the order of its options") {
  script server;
  server.expect(ghl::method::del, "/links/x").answer(201, "{}").times(2);
  const gate<1> one;
  const gate<2> two;
  const notebook observer;
  const ghl::retry often{.attempts = 5};
  const scripted_transport transport{server};
  ghl::client forwards{transport, json, token, often, one, two, observer, ghl::deadline{1h}};
  ghl::client backwards{transport, json, token, ghl::deadline{1h}, observer, two, one, often};
  static_assert(std::same_as<decltype(forwards), decltype(backwards)>);
  CHECK(forwards.call(call));
  CHECK(backwards.call(call));
  CHECK(one.to->started == 2);
  CHECK(two.to->started == 2);
  CHECK(observer.lines->size() == 2);
}

TEST_CASE("options that are no policies leave no trace in the type of a client") {
  ghl::client plain{scripted_transport{script{}}, json, token};
  ghl::client with_settings{scripted_transport{script{}}, json, token, ghl::user_agent{"tests/1"}, ghl::deadline{1h}};
  static_assert(std::same_as<decltype(plain), decltype(with_settings)>);
}

TEST_CASE("the type of a client of several options can be written down, for a member, say") {
  using client = ghl::client<queued_transport, scripted_json, ghl::private_integration_token<>,
                             ghl::option_set<ghl::throttle, ghl::retry>>;
  const auto on = std::make_shared<event_loop>();
  client api{queued_transport{on}, json, token, ghl::retry{.attempts = 2}, ghl::throttle{}};
  int handled = 0;
  api.call(call, [&](const deleted& d) { handled += d ? 1 : 100; });
  on->run();
  CHECK(handled == 1);
}
