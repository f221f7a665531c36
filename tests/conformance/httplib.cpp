// The httplib adapter against the transport suite.
#include "report.hpp"

#include <ghl/testing/transport_suite.hpp>
#include <ghl/transport/httplib.hpp>

#include <sandbox/conformance.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace {

/// What cpp-httplib cannot do, whoever uses it.
template <class Client = httplib::Client>
std::vector<ghl::testing::known_limit> known_limits() {
  std::vector<ghl::testing::known_limit> limits = {
      {"headers of an answer are not decoded", "cpp-httplib percent-decodes the values of headers"},
      {"an interim 103 is skipped", "cpp-httplib takes a 103 for the answer; the adapter makes an error of it"},
  };
  if constexpr (!requires(Client c) { c.set_max_timeout(std::chrono::milliseconds{1}); }) {
    limits.push_back({"a header of an answer may be empty", "older releases lose it"});
    limits.push_back({"trailers behind the last chunk are no part of the body",
                      "older releases take the answer as cut short"});
  }
  return limits;
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

