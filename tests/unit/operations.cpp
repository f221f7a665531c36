// Operations driven by hand: what a call says is to be done, step by step, without a transport, a runner or a clock.
#include "../catch.hpp"
#include "delete_link_call.hpp"
#include "token_pairs.hpp"

#include <ghl/oauth_refresh.hpp>
#include <ghl/observe.hpp>
#include <ghl/operation/prepare.hpp>
#include <ghl/operation/retrying_call.hpp>
#include <ghl/operation/single_call.hpp>
#include <ghl/operation/token_call.hpp>
#include <ghl/policy.hpp>
#include <ghl/refreshing_token.hpp>
#include <ghl/retry.hpp>
#include <ghl/throttle.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace fixture;
using ghl::clock_sample;
using ghl::milliseconds;
using ghl::step;

namespace {

constexpr bool stopped = true;
constexpr bool goes_on = false;

clock_sample at(std::int64_t ms, std::uint64_t random = 0) { return {.now = milliseconds{ms}, .random = random}; }
step send(std::int64_t limit) { return {.what = step::send, .time = milliseconds{limit}}; }
step wait(std::int64_t ms) { return {.what = step::wait, .time = milliseconds{ms}}; }
constexpr step look_at_the_clock{.what = step::wait};  // functions of the user ran
constexpr step refresh{.what = step::refresh};
constexpr step over{.what = step::done};

/// What a client does to make one: the deadline of the call is `limit`.
auto prepared(const delete_link& request, std::int64_t limit) {
  return [&request, limit] {
    ghl::settings how;
    how.timeout = milliseconds{limit};
    return ghl::prepare(request, json, "access-1", how);
  };
}
auto single_call(const delete_link& request = call, std::int64_t limit = 1'000) {
  return ghl::detail::single_call<delete_link, scripted_json, std::string>{json, "access-1", prepared(request, limit)};
}
/// A call with these policies that begins at 0, with a second to its deadline.
template <class Credential, class... Policies>
auto call_of(Credential credential, Policies... policies) {
  using options = ghl::option_set<Policies...>;
  return ghl::detail::retrying_call<delete_link, scripted_json, Credential, options, std::string>{
      json,
      std::move(credential),
      options(ghl::detail::from_options{}, policies...),
      "access-1",
      prepared(call, 1'000),
      ghl::detail::server_name{ghl::base_url{}},
      at(0)};
}
template <class... Policies>
auto call_with(Policies... policies) {
  return call_of(ghl::access_token{"access-1"}, std::move(policies)...);
}

ghl::http::response status(int code) { return {.status = code}; }

}  // namespace

// ---- one request and one answer ----

TEST_CASE("a plain call says send, and is done with the answer") {
  auto operation = single_call();
  CHECK(operation.next({}, goes_on) == send(1'000));
  CHECK(operation.request().target() == "/links/x");
  operation.answered(created, {});
  CHECK(operation.next({}, goes_on) == over);
  CHECK(operation.take().value().succeeded == true);
}

TEST_CASE("a plain call whose request cannot be made is done before anything is sent") {
  auto operation = single_call(delete_link{.link_id = ".."});
  CHECK(operation.next({}, goes_on) == over);
  CHECK(operation.take().error().fault == ghl::fault::dot_segment);
}

TEST_CASE("a plain call that is stopped before it is sent is done, and cancelled") {
  auto operation = single_call();
  CHECK(operation.next({}, stopped) == over);
  const deleted d = operation.take();
  CHECK(d.error().fault == ghl::fault::cancelled);
  CHECK(d.error().was_sent == ghl::sent::no);
  CHECK(d.error().endpoint == "Delete Link");
}

TEST_CASE("the core of a plain call gives the transport's answer as it is, whatever the endpoint") {
  ghl::detail::single_core core{prepared(call, 20)};
  CHECK(core.next({}, goes_on) == send(20));
  core.answered(status(418), {});
  CHECK(core.next({}, stopped) == over);  // too late to stop
  CHECK(core.answer().value().status == 418);
}

// ---- a call with policies ----

TEST_CASE("a retried call says send, wait, send, done; each attempt has what is left of the deadline") {
  auto operation = call_with(ghl::retry{.attempts = 3});
  CHECK(operation.next(at(0), goes_on) == send(1'000));
  operation.answered(status(503), at(20, 100));
  CHECK(operation.next(at(20), goes_on) == wait(100));
  operation.waited(at(120));
  CHECK(operation.next(at(121), goes_on) == send(879));
  CHECK(operation.request().timeout == milliseconds{879});
  operation.answered(created, at(200));
  CHECK(operation.next(at(200), goes_on) == over);
  const deleted d = operation.take();
  REQUIRE(d);
  CHECK(d.tried() == std::vector<ghl::attempt>{{.number = 1,
                                                .wait = milliseconds{100},
                                                .why = ghl::reason::gateway,
                                                .status = 503,
                                                .was_sent = ghl::sent::yes}});
}

TEST_CASE("a retried call that is stopped during its wait is done, and says that the server may have acted") {
  auto operation = call_with(ghl::retry{.attempts = 3});
  CHECK(operation.next(at(0), goes_on) == send(1'000));
  operation.answered(status(503), at(20, 100));
  CHECK(operation.next(at(20), goes_on) == wait(100));
  operation.waited(at(40));
  CHECK(operation.next(at(40), stopped) == over);
  const deleted d = operation.take();
  CHECK(d.error().fault == ghl::fault::cancelled);
  CHECK(d.error().was_sent == ghl::sent::maybe);
}

TEST_CASE("a pause that takes longer than the deadline ends the call with the last error, and nothing more is sent") {
  auto operation = call_with(ghl::retry{.attempts = 3});
  CHECK(operation.next(at(0), goes_on) == send(1'000));
  operation.answered(status(503), at(20, 100));
  CHECK(operation.next(at(20), goes_on) == wait(100));
  operation.waited(at(1'000));
  CHECK(operation.next(at(1'000), goes_on) == over);
  CHECK(operation.take().error().status == 503);
}

TEST_CASE("a call that is held back for longer than its deadline was never sent") {
  const ghl::throttle limit{ghl::throttle_options{.max = 1, .interval = milliseconds{500}, .slack = milliseconds{0}}};
  auto before = call_with(limit);
  CHECK(before.next(at(0), goes_on) == send(1'000));
  auto operation = call_with(limit);
  CHECK(operation.next(at(0), goes_on) == wait(500));
  SECTION("where the wait took too long, it timed out") {
    operation.waited(at(1'001));
    CHECK(operation.next(at(1'001), goes_on) == over);
    CHECK(operation.take().error().fault == ghl::fault::timeout);
  }
  SECTION("where its turn comes too late, it is held back at once, and leaves the line") {
    limit.on_response({}, 429, milliseconds{700}, at(400).now);
    operation.waited(at(500));
    CHECK(limit.waiting() == 1);
    CHECK(operation.next(at(500), goes_on) == over);
    CHECK(limit.waiting() == 0);
    CHECK(operation.take().error().fault == ghl::fault::held_back);
  }
}

TEST_CASE("a call under a throttle waits for its turn, and the observer sees how long") {
  const ghl::throttle limit{ghl::throttle_options{.max = 2, .interval = milliseconds{60}, .slack = milliseconds{0}}};
  std::vector<ghl::observation> seen;
  const ghl::observe hook{[&](const ghl::observation& o) { seen.push_back(o); }};
  for (int i = 0; i < 2; ++i) {
    auto operation = call_with(limit, hook);
    CHECK(operation.next(at(0), goes_on) == send(1'000));
    operation.answered(created, at(7));
    CHECK(operation.next(at(7), goes_on) == over);
  }
  auto operation = call_with(limit, hook);
  CHECK(operation.next(at(0), goes_on) == wait(60));
  operation.waited(at(60));
  CHECK(operation.next(at(60), goes_on) == send(940));
  operation.answered(created, at(63));
  CHECK(operation.next(at(63), goes_on) == over);
  REQUIRE(seen.size() == 3);
  CHECK(seen[1].wait == milliseconds{0});
  CHECK(seen[1].duration == milliseconds{7});
  CHECK(seen[2].wait == milliseconds{60});
  CHECK(seen[2].duration == milliseconds{3});
  CHECK(seen[2].attempt == 1);
  CHECK(seen[2].last);
  CHECK(seen[2].target.empty());
}

TEST_CASE("a call whose token has expired says send, refresh, send, done") {
  const ghl::refreshing_token credential{[] { return first; },
                                         [](const ghl::token_pair& old) {
                                           CHECK(old == first);
                                           return second;
                                         }};
  auto operation = call_of(credential);
  CHECK(operation.next(at(0), goes_on) == look_at_the_clock);  // the pair was loaded
  operation.waited(at(2));
  CHECK(operation.next(at(2), goes_on) == send(998));
  CHECK(operation.request().headers.get("Authorization") == "Bearer access-1");
  operation.answered(expired, at(5));
  CHECK(operation.next(at(5), goes_on) == look_at_the_clock);  // and looked at again
  operation.waited(at(5));
  CHECK(operation.next(at(5), goes_on) == refresh);
  operation.refreshed(operation.refresh(), at(105));
  CHECK(operation.next(at(105), goes_on) == send(895));
  CHECK(operation.request().headers.get("Authorization") == "Bearer access-2");
  operation.answered(created, at(110));
  CHECK(operation.next(at(110), goes_on) == over);
  const deleted d = operation.take();
  REQUIRE(d);
  CHECK(d.tried() == std::vector<ghl::attempt>{
                         {.number = 1, .why = ghl::reason::token, .status = 401, .was_sent = ghl::sent::yes}});
}

TEST_CASE("a load and a look at the store count: what is left of the deadline is what the API gets") {
  const ghl::refreshing_token credential{[] { return first; }, [](const ghl::token_pair&) { return second; }};
  auto operation = call_of(credential);
  CHECK(operation.next(at(0), goes_on) == look_at_the_clock);
  operation.waited(at(700));
  CHECK(operation.next(at(700), goes_on) == send(300));
  operation.answered(expired, at(710));
  CHECK(operation.next(at(710), goes_on) == look_at_the_clock);
  operation.waited(at(1'100));
  CHECK(operation.next(at(1'100), goes_on) == over);
  CHECK(operation.take().error().fault == ghl::fault::timeout);
  // The lease is free again.
  CHECK(credential.begin_refresh("access-1").what == ghl::refresh_lease::leader);

  const ghl::refreshing_token slow{[] { return first; }, [](const ghl::token_pair&) { return second; }};
  auto late = call_of(slow);
  CHECK(late.next(at(0), goes_on) == look_at_the_clock);
  late.waited(at(2'000));
  CHECK(late.next(at(2'000), goes_on) == over);
  CHECK(late.take().error().fault == ghl::fault::timeout);
  CHECK(late.request().headers.get("Authorization") == "Bearer access-1");
}

TEST_CASE("while another call loads, a call waits for 10 ms at a time, and no longer than it has") {
  const ghl::refreshing_token credential{[] { return pair_of("", "refresh-1"); },
                                         [](const ghl::token_pair&) { return second; }};
  REQUIRE(credential.begin_use().what == ghl::refresh_lease::leader);  // there is no token yet
  auto patient = call_of(credential);
  auto given_up = call_of(credential);
  CHECK(patient.next(at(0), goes_on) == wait(10));
  CHECK(given_up.next(at(0), goes_on) == wait(10));
  given_up.waited(at(10));
  CHECK(given_up.next(at(10), true) == over);
  CHECK(given_up.take().error().fault == ghl::fault::cancelled);
  patient.waited(at(992));
  CHECK(patient.next(at(992), goes_on) == over);
  const deleted d = patient.take();
  CHECK(d.error().fault == ghl::fault::timeout);
  CHECK(d.error().was_sent == ghl::sent::no);
}

TEST_CASE("while another call refreshes, a call waits for 10 ms at a time, and then sends the new token") {
  const ghl::refreshing_token credential{[] { return first; }, [](const ghl::token_pair&) { return second; }};
  auto leader = call_of(credential);
  auto follower = call_of(credential);
  CHECK(leader.next(at(0), goes_on) == look_at_the_clock);
  leader.waited(at(0));
  for (auto* each : {&leader, &follower}) {
    CHECK(each->next(at(0), goes_on) == send(1'000));
    each->answered(expired, at(5));
  }
  CHECK(leader.next(at(5), goes_on) == look_at_the_clock);
  leader.waited(at(5));
  CHECK(leader.next(at(5), goes_on) == refresh);
  for (const std::int64_t now : {5, 15, 25}) {
    CHECK(follower.next(at(now), goes_on) == wait(10));
    follower.waited(at(now + 10));
  }
  leader.refreshed(second, at(30));
  CHECK(follower.next(at(35), goes_on) == send(965));
  CHECK(follower.request().headers.get("Authorization") == "Bearer access-2");
}

// ---- the request for tokens ----

namespace {

ghl::detail::token_call<scripted_json> token_call(const ghl::token_pair& old) {
  const ghl::oauth_app app{.client_id = "app", .client_secret = ghl::secret{"hush-hush"}};
  return {scripted_json{.script = says_tokens}, ghl::detail::ask_for_tokens(app, ghl::settings{}, old)};
}

}  // namespace

TEST_CASE("a request for tokens says send, and is done with the pair") {
  auto operation = token_call(first);
  CHECK(operation.next({}, goes_on) == send(30'000));
  CHECK(operation.request().target() == "/oauth/token");
  operation.answered(ghl::http::response{.status = 200, .body = "{}"}, {});
  CHECK(operation.next({}, goes_on) == over);
  CHECK(operation.take() == second);
}

TEST_CASE("a request for tokens is never said to be sent twice, since a refresh token works once") {
  auto operation = token_call(first);
  CHECK(operation.next({}, goes_on) == send(30'000));
  operation.answered(ghl::transport_error(ghl::fault::connection_lost, ghl::sent::maybe), {});
  CHECK(operation.next({}, goes_on) == over);
  CHECK(operation.take().error().fault == ghl::fault::connection_lost);
}

TEST_CASE("a request for tokens that cannot be made is done before anything is sent") {
  auto operation = token_call(pair_of("access-1", ""));
  CHECK(operation.next({}, goes_on) == over);
  const auto pair = operation.take();
  CHECK(pair.error().where == "refresh_token");
  CHECK(pair.error().endpoint == "Get Access Token");
}
