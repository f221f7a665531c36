// A call that needs a scope that the token was not granted.
// says: ghl: the credential was not granted this scope; grant it, and add it to ghl::scopes<
// names: links.write
#include <ghl/ghl.hpp>
#include <ghl/api/links.hpp>

#include "parts.hpp"

ghl::client my_api{transport, json{}, ghl::access_token{"a token", ghl::scopes<"links.readonly">}};
#ifndef GHL_MISTAKE
auto call() { return my_api.call(get_links); }
#else
auto call() { return my_api.call(ghl::links::delete_link{.link_id = "b6wKyBiHTxvBWbMwOqU7"}); }
#endif
