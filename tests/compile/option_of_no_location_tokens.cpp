// An option that location tokens do not take.
// says: ghl: this is no option of ghl::location_tokens
#include <ghl/ghl.hpp>
#include <ghl/location_tokens.hpp>
#include <ghl/throttle.hpp>

#include "parts.hpp"

const ghl::access_token mine{"a token"};
#ifndef GHL_MISTAKE
ghl::location_tokens locations{transport, json{}, mine, "company", ghl::deadline{std::chrono::seconds{2}}};
#else
ghl::location_tokens locations{transport, json{}, mine, "company", ghl::throttle{}};
#endif
ghl::client my_api{transport, json{}, locations.for_location("berlin")};
auto call() { return my_api.call(get_links); }
