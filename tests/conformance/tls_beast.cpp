// The beast adapter over TLS.
#include "beast_call.hpp"
#include "report.hpp"
#include "tls.hpp"

#include <string>
#include <utility>

TEST_CASE("the beast adapter trusts whom it should over TLS") {
  static const auto report = tls::suite([](std::string ca_file) {
    ghl::beast_options options;
    options.ca_file = std::move(ca_file);
    return beast_call{std::move(options)};
  });
  expect_passed(report);
}
