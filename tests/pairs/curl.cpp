// libcurl with every JSON library, over HTTP and HTTPS.
#include "../json_all.hpp"
#include "five_calls.hpp"

#include <ghl/transport/curl.hpp>

TEMPLATE_LIST_TEST_CASE("the five calls through libcurl", "", json_policies) {
  five_calls<TestType>(ghl::curl_transport{}, ghl_sandbox::sandbox{}, at_once);
}

TEST_CASE("the five calls through libcurl over HTTPS") {
  const secure_sandbox https;
  ghl::curl_options options;
  options.ca_file = https.authority.file();
  five_calls<std::tuple_element_t<0, json_policies>>(ghl::curl_transport{options}, https.server, at_once);
}
