// The httplib adapter against the transport suite.
#include "report.hpp"

#include <ghl/testing/transport_suite.hpp>
#include <ghl/transport/httplib.hpp>

#include <sandbox/conformance.hpp>

#include <string>
#include <vector>

namespace {

/// What cpp-httplib cannot do, whoever uses it.
template <class Client = httplib::Client>
std::vector<ghl::testing::known_limit> known_limits() {
  if constexpr (requires(Client c) { c.set_header_writer({}); }) return {};
  return {{"trailers behind the last chunk are no part of the body", "0.11 takes them for an error"}};
}

const ghl::testing::report& report() {
  static const ghl::testing::report once = [] {
    const ghl_sandbox::conformance_server server;
    return ghl::testing::transport_suite(server.url(), ghl::httplib_transport{}, {.known_limits = known_limits()});
  }();
  return once;
}

}  // namespace

TEST_CASE("the httplib adapter passes the transport suite") {
  expect_passed(report());
}

