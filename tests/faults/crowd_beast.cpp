// Thousands of calls from eight threads through the beast adapter.
#include "adapters/beast.hpp"
#include "crowd.hpp"

TEST_CASE("the beast adapter: with each fifth request failing, the server has done what its callers were told") {
  faults::run_crowd_with_faults<faults::beast_adapter>();
}

TEST_CASE("the beast adapter: a crowd whose token expires now and then refreshes it once each time") {
  faults::run_crowd_with_expiries<faults::beast_adapter>();
}
