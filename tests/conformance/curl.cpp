// The curl adapter against the transport suite.
#include "report.hpp"

#include <ghl/testing/transport_suite.hpp>
#include <ghl/transport/curl.hpp>

#include <sandbox/conformance.hpp>

TEST_CASE("the curl adapter passes the transport suite, one object serving two threads") {
  static const auto report = [] {
    const ghl_sandbox::conformance_server server;
    return ghl::testing::transport_suite(server.url(), ghl::curl_transport{}, {.a_copy_for_each_thread = false});
  }();
  expect_passed(report);
}
