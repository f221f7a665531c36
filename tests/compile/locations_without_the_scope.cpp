// The tokens of locations from an agency's token that was not granted that.
// says: ghl: the agency's token was not granted oauth.write
#include <ghl/ghl.hpp>
#include <ghl/location_tokens.hpp>

#include "parts.hpp"

#ifndef GHL_MISTAKE
const ghl::access_token mine{"a token", ghl::scopes<"oauth.write">};
#else
const ghl::access_token mine{"a token", ghl::scopes<"links.write">};
#endif
ghl::location_tokens locations{transport, json{}, mine, "company"};
ghl::client my_api{transport, json{}, locations.for_location("berlin")};
auto call() { return my_api.call(get_links); }
