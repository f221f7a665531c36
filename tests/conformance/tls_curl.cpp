// The curl adapter over TLS.
#include "broken_pipe.hpp"
#include "report.hpp"
#include "tls.hpp"

#include <ghl/transport/curl.hpp>

#include <string>
#include <utility>

namespace {

ghl::curl_transport trusting(std::string ca_file) {
  ghl::curl_options options;
  options.ca_file = std::move(ca_file);
  return ghl::curl_transport{std::move(options)};
}

}  // namespace

TEST_CASE("the curl adapter trusts whom it should over TLS") {
  static const auto report = tls::suite(trusting);
  expect_passed(report);
}

TEST_CASE("the curl adapter over TLS: a connection that is gone raises no SIGPIPE") {
  CHECK(tls::use_broken_pipes_in_a_child(trusting) == "");
}
