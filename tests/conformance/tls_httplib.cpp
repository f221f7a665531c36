// The httplib adapter over TLS.
#include "broken_pipe.hpp"
#include "report.hpp"
#include "tls.hpp"

#include <ghl/transport/httplib.hpp>

#include <string>
#include <utility>

namespace {

ghl::httplib_transport trusting(std::string ca_file) {
  ghl::httplib_options options;
  options.ca_file = std::move(ca_file);
  return ghl::httplib_transport{std::move(options)};
}

}  // namespace

TEST_CASE("the httplib adapter trusts whom it should over TLS") {
  static const auto report = tls::suite(trusting);
  expect_passed(report);
}

TEST_CASE("the httplib adapter over TLS: a connection that is gone raises no SIGPIPE") {
  CHECK(tls::use_broken_pipes_in_a_child(trusting) == "");
}
