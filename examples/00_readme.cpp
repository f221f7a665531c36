/// The program on the first screen of the README.
#include <ghl/ghl.hpp>
#include <ghl/api/links.hpp>
#include <ghl/json/nlohmann.hpp>
#include <ghl/transport/httplib.hpp>

#include <cstdio>
#include <cstdlib>

int main() {
  const char* const token = std::getenv("GHL_TOKEN");
  const char* const location = std::getenv("GHL_LOCATION_ID");
  if (!token || !location) return std::puts("set GHL_TOKEN and GHL_LOCATION_ID"), 0;

  ghl::client api{ghl::httplib_transport{}, ghl::nlohmann_json{}, ghl::private_integration_token{token}};
  const auto links = api.call(ghl::links::get_links{.location_id = location});
  if (!links) return std::puts(links.error().message().c_str()), 1;
  for (const auto& link : links->links) std::puts(link.name.value_or("(unnamed)").c_str());
}
