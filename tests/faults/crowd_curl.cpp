// Thousands of calls from eight threads through the curl adapter.
#include "adapters/curl.hpp"
#include "crowd.hpp"

TEST_CASE("the curl adapter: with each fifth request failing, the server has done what its callers were told") {
  faults::run_crowd_with_faults<faults::curl_adapter>();
}

TEST_CASE("the curl adapter: a crowd whose token expires now and then refreshes it once each time") {
  faults::run_crowd_with_expiries<faults::curl_adapter>();
}
