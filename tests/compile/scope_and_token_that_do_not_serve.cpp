// A token that has neither the scope nor the kind that the endpoint needs: one thing at a time.
// says: ghl: the credential was not granted this scope; grant it, and add it to ghl::scopes<...>
// names: links.readonly
#include <ghl/ghl.hpp>

#include "parts.hpp"

#ifndef GHL_MISTAKE
ghl::client my_api{transport, json{},
                   ghl::access_token{"a", ghl::scopes<"links.readonly">, ghl::token_type<ghl::token::sub_account>}};
#else
ghl::client my_api{transport, json{},
                   ghl::access_token{"a", ghl::scopes<"contacts.readonly">, ghl::token_type<ghl::token::agency>}};
#endif
auto call() { return my_api.call(get_links); }
