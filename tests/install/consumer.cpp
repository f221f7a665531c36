// A program of someone else's: it uses the core, and the adapters that its build says it has.
#include <ghl/ghl.hpp>
#if defined(WITH_ADAPTERS)
#include <ghl/json/nlohmann.hpp>
#include <ghl/transport/httplib.hpp>
#endif

int main() {
#if defined(WITH_ADAPTERS)
  [[maybe_unused]] ghl::httplib_transport transport;
  [[maybe_unused]] ghl::nlohmann_json json;
#endif
  return ghl::library_version.empty() ? 1 : 0;
}
