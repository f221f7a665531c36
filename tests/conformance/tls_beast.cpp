// The beast adapter over TLS.
#include "beast_call.hpp"
#include "broken_pipe.hpp"
#include "report.hpp"
#include "tls.hpp"

#include <string>
#include <utility>

namespace {

beast_call trusting(std::string ca_file) {
  ghl::beast_options options;
  options.ca_file = std::move(ca_file);
  return beast_call{std::move(options)};
}

}  // namespace

TEST_CASE("the beast adapter trusts whom it should over TLS") {
  static const auto report = tls::suite(trusting);
  expect_passed(report);
}

TEST_CASE("the beast adapter over TLS: a connection that is gone raises no SIGPIPE") {
  CHECK(tls::use_broken_pipes_in_a_child(trusting) == "");
}
