// An agency's token, on an endpoint that takes a sub-account's.
// says: ghl: the endpoint does not take a token of this kind; use one of the other kind
#include <ghl/ghl.hpp>

#include "parts.hpp"

#ifndef GHL_MISTAKE
constexpr auto kind = ghl::token_type<ghl::token::sub_account>;
#else
constexpr auto kind = ghl::token_type<ghl::token::agency>;
#endif
ghl::client my_api{transport, json{}, ghl::private_integration_token{"a token", kind}};
auto call() { return my_api.call(get_links); }
