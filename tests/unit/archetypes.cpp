// The smallest types that keep the contracts, each at work in a client.
#include "archetypes.hpp"

#include "../catch.hpp"
#include "run_task.hpp"
#include "stop_flag.hpp"

#include <ghl/api/links.hpp>
#include <ghl/api/opportunities.hpp>
#include <ghl/future.hpp>
#include <ghl/ghl.hpp>
#include <ghl/policy.hpp>

using ghl::links::delete_link;
using deleted = ghl::result<delete_link::response>;

namespace {

const delete_link call{.link_id = "x"};

}  // namespace

TEST_CASE("a client is a transport, a JSON policy and a credential") {
  ghl::client api{archetypes::blocking_transport{}, archetypes::json_policy{}, archetypes::credential{}};
  CHECK(api.call(call));
  CHECK(api.call(ghl::opportunities::remove_followers{.id = "o", .body = {.followers = {"f"}}}));
}

TEST_CASE("the shape of the smallest transport is that of the call") {
  SECTION("a coroutine") {
    ghl::client api{archetypes::coroutine_transport{}, archetypes::json_policy{}, archetypes::credential{}};
    CHECK(run(api.call(call)));
  }
  SECTION("a handler") {
    ghl::client api{archetypes::callback_transport{}, archetypes::json_policy{}, archetypes::credential{}};
    int handled = 0;
    api.call(call, [&](const deleted& d) { handled += d ? 1 : 100; });
    CHECK(handled == 1);
  }
  SECTION("a future") {
    ghl::client api{archetypes::future_transport{}, archetypes::json_policy{}, archetypes::credential{}};
    CHECK(api.call(call).get());
  }
}

TEST_CASE("the smallest transports that can wait take the smallest policies, and a credential that refreshes") {
  const auto client_of = [](auto transport) {
    return ghl::client{transport, archetypes::json_policy{}, archetypes::refreshing_credential{},
                       archetypes::retry_policy{}, archetypes::admission_policy{}, archetypes::observer{},
                       archetypes::advisor{}};
  };
  SECTION("blocking") {
    CHECK(client_of(archetypes::waiting_blocking_transport{}).call(call));
  }
  SECTION("with a coroutine") {
    auto api = client_of(archetypes::waiting_coroutine_transport{});
    CHECK(run(api.call(call)));
  }
  SECTION("with a handler") {
    int handled = 0;
    client_of(archetypes::waiting_callback_transport{}).call(call, [&](const deleted& d) { handled += d ? 1 : 100; });
    CHECK(handled == 1);
  }
}

TEST_CASE("the smallest transport that can be stopped is") {
  ghl::client api{archetypes::stoppable_transport{}, archetypes::json_policy{}, archetypes::credential{}};
  bool stopped = false;
  CHECK(api.call(call, flag{&stopped}));
  stopped = true;
  CHECK(api.call(call, flag{&stopped}).error().fault == ghl::fault::cancelled);
}
