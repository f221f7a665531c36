// The tokens of locations from a private integration token.
// says: ghl: only a token that OAuth has issued gets the tokens of locations; pass a ghl::refreshing_token or a ghl::access_token of the agency
#include <ghl/ghl.hpp>
#include <ghl/location_tokens.hpp>

#include "parts.hpp"

#ifndef GHL_MISTAKE
const ghl::access_token mine{"a token", ghl::token_type<ghl::token::agency>};
#else
const ghl::private_integration_token mine{"a token", ghl::token_type<ghl::token::agency>};
#endif
ghl::location_tokens locations{transport, json{}, mine, "company"};
ghl::client my_api{transport, json{}, locations.for_location("berlin")};
auto call() { return my_api.call(get_links); }
