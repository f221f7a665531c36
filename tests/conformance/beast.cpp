// The beast adapter against the transport suite.
#include "beast_call.hpp"
#include "report.hpp"

#include <ghl/testing/transport_suite.hpp>

#include <sandbox/conformance.hpp>

TEST_CASE("the beast adapter passes the transport suite") {
  static const auto report = [] {
    const ghl_sandbox::conformance_server server;
    return ghl::testing::transport_suite(server.url(), beast_call{});
  }();
  expect_passed(report);
}
