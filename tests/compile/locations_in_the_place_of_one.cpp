// The tokens of all locations where the token of one belongs.
// says: ghl: ghl::location_tokens has a token for each location; pass locations.for_location("the location id")
#include "parts.hpp"

#include <ghl/location_tokens.hpp>

#include <functional>

inline const ghl::access_token agency{"a token", ghl::token_type<ghl::token::agency>};
inline ghl::location_tokens locations{transport, json{}, agency, "ve9EPM428h8vShlRW1KT"};

#ifndef GHL_MISTAKE
inline ghl::client of_one{transport, json{}, locations.for_location("ve9EPM428h8vShlRW1KT")};
#else
inline ghl::client of_one{transport, json{}, std::ref(locations)};
#endif
