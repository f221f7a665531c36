// The tokens of locations from a token that is not an agency's.
// says: ghl: only the token of an agency gets the tokens of locations
#include <ghl/ghl.hpp>
#include <ghl/location_tokens.hpp>

#include "parts.hpp"

#ifndef GHL_MISTAKE
constexpr auto kind = ghl::token::agency;
#else
constexpr auto kind = ghl::token::sub_account;
#endif
const ghl::access_token mine{"a token", ghl::token_type<kind>};
ghl::location_tokens locations{transport, json{}, mine, "company"};
ghl::client my_api{transport, json{}, locations.for_location("berlin")};
auto call() { return my_api.call(get_links); }
