// The httplib adapter over TLS.
#include "report.hpp"
#include "tls.hpp"

#include <ghl/transport/httplib.hpp>

#include <string>
#include <utility>

TEST_CASE("the httplib adapter trusts whom it should over TLS") {
  static const auto report = tls::suite([](std::string ca_file) {
    ghl::httplib_options options;
    options.ca_file = std::move(ca_file);
    return ghl::httplib_transport{std::move(options)};
  });
  expect_passed(report);
}
