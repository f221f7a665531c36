// The curl adapter over TLS.
#include "report.hpp"
#include "tls.hpp"

#include <ghl/transport/curl.hpp>

#include <string>
#include <utility>

TEST_CASE("the curl adapter trusts whom it should over TLS") {
  static const auto report = tls::suite([](std::string ca_file) {
    ghl::curl_options options;
    options.ca_file = std::move(ca_file);
    return ghl::curl_transport{std::move(options)};
  });
  expect_passed(report);
}
