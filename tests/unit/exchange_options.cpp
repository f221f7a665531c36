// The options of an exchange together: ghl::retry, ghl::throttle and ghl::observe in one client.
#include "../catch.hpp"
#include "scripted_json.hpp"

#include <ghl/ghl.hpp>
#include <ghl/api/links.hpp>
#include <ghl/observe.hpp>
#include <ghl/throttle.hpp>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using ghl::links::delete_link;
using deleted = ghl::result<delete_link::response>;

namespace {

const delete_link call{.link_id = "x"};
const ghl::private_integration_token token{"hush-hush-hush"};
const scripted_json json{[](ghl::json_reader& to) { return to.begin_object() && to.end_object(); }, {}};
const ghl::throttle_options two_in_60_ms{.max = 2, .interval = ghl::milliseconds{60}, .slack = ghl::milliseconds{0}};
const ghl::http::response good{201, {}, "{}"};

/// A transport that keeps its completions in a std::function, and runs them when it is told to.
struct queue {
  std::vector<std::function<void()>> jobs;
  int waits = 0;
  void run() {
    while (!jobs.empty()) {
      for (const auto& job : std::exchange(jobs, {})) job();
      ghl::detail::sleep_for(ghl::milliseconds{5});
    }
  }
};
struct queued_transport {
  std::shared_ptr<queue> on;
  void operator()(ghl::http::request, std::function<void(ghl::result<ghl::http::response>)> done) const {
    on->jobs.emplace_back([done = std::move(done)] { done(good); });
  }
  void wait(ghl::milliseconds span, std::function<void()> done) const {
    ++on->waits;
    on->jobs.emplace_back([span, done = std::move(done)] {
      ghl::detail::sleep_for(span);
      done();
    });
  }
};

}  // namespace

TEST_CASE("a client under a throttle waits for its turn, and the observer sees how long") {
  const ghl::throttle limit{two_in_60_ms};
  std::vector<ghl::observation> seen;
  ghl::client api{[](const ghl::http::request&) { return good; }, json, token, limit,
                  ghl::observe{[&](const ghl::observation& o) { seen.push_back(o); }}};
  for (int i = 0; i < 3; ++i) CHECK(api.call(call));
  REQUIRE(seen.size() == 3);
  CHECK(seen[0].wait.count() == 0);
  CHECK(seen[2].wait.count() > 0);
  CHECK(seen[2].target.empty());
  CHECK(seen[2].attempt == 1);
}

TEST_CASE("calls with handlers keep their turns, though completions are copied") {
  const ghl::throttle limit{two_in_60_ms};
  const auto on = std::make_shared<queue>();
  std::vector<int> order;
  {
    ghl::client api{queued_transport{on}, json, token, ghl::retry{.attempts = 2}, limit};
    for (int i = 0; i < 4; ++i) api.call(call, [&order, i](const deleted& d) { order.push_back(d ? i : -1); });
  }
  on->run();
  CHECK(order == std::vector<int>{0, 1, 2, 3});
  CHECK(on->waits == 2);
}

TEST_CASE("the target is observed where it is asked for by name; the token never is") {
  std::string lines;
  std::string targets;
  ghl::client api{[](const ghl::http::request&) -> ghl::http::response { return {500, {}, "hush-hush-hush"}; },
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

TEST_CASE("the type of a client of several options can be written down, for a member, say") {
  using client =
      ghl::client<queued_transport, scripted_json, ghl::private_integration_token<>, ghl::option_set<ghl::throttle, ghl::retry>>;
  const auto on = std::make_shared<queue>();
  client api{queued_transport{on}, json, token, ghl::retry{.attempts = 2}, ghl::throttle{}};
  int handled = 0;
  api.call(call, [&](const deleted& d) { handled += d ? 1 : 100; });
  on->run();
  CHECK(handled == 1);
}
