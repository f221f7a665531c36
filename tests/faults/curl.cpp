// The curl adapter against the fault server.
#include "adapters/curl.hpp"
#include "run_cases.hpp"
#include "tokens.hpp"

TEST_CASE("the curl adapter: each fault of a server is told as it was, or mended, and the next call works") {
  faults::run_all<faults::curl_adapter>();
}

TEST_CASE("the curl adapter: a token that expires in the middle is refreshed once, and no pair is lost") {
  faults::run_tokens<faults::curl_adapter>();
}
