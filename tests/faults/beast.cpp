// The beast adapter against the fault server.
#include "adapters/beast.hpp"
#include "run_cases.hpp"
#include "tokens.hpp"

TEST_CASE("the beast adapter: each fault of a server is told as it was, or mended, and the next call works") {
  faults::run_all<faults::beast_adapter>();
}

TEST_CASE("the beast adapter: a token that expires in the middle is refreshed once, and no pair is lost") {
  faults::run_tokens<faults::beast_adapter>();
}
