// A text where ghl::scopes<…> or ghl::token_type<…> belongs.
// says: ghl: this is no fact of a token; pass ghl::scopes<
#include <ghl/ghl.hpp>

#include "parts.hpp"

#ifndef GHL_MISTAKE
ghl::client my_api{transport, json{}, ghl::access_token{"a token", ghl::scopes<"links.readonly">}};
#else
ghl::client my_api{transport, json{}, ghl::access_token{"a token", "links.readonly"}};
#endif
auto call() { return my_api.call(get_links); }
