// Thousands of calls from eight threads through the httplib adapter.
#include "adapters/httplib.hpp"
#include "crowd.hpp"

TEST_CASE("the httplib adapter: with each fifth request failing, the server has done what its callers were told") {
  faults::run_crowd_with_faults<faults::httplib_adapter>();
}

TEST_CASE("the httplib adapter: a crowd whose token expires now and then refreshes it once each time") {
  faults::run_crowd_with_expiries<faults::httplib_adapter>();
}
