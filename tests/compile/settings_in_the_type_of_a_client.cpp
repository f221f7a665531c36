// A setting among the options that are part of the type of a client.
// says: ghl: ghl::option_set<...> names ghl::retry, ghl::throttle, ghl::observe and policies of your own; other
#include <ghl/ghl.hpp>

#include "parts.hpp"

using transport_type = decltype([](const ghl::http::request&) { return ghl::http::response{.status = 200}; });
using credential = ghl::private_integration_token<>;

#ifndef GHL_MISTAKE
using options = ghl::option_set<ghl::retry>;
#else
using options = ghl::option_set<ghl::user_agent>;
#endif
ghl::client<transport_type, json, credential, options> my_api{transport_type{}, json{}, token};
auto call() { return my_api.call(get_links); }
