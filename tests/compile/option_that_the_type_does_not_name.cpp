// A client whose type was written down without the option that its constructor is given.
// says: ghl: the type of this client does not name this option; write it as
#include <ghl/ghl.hpp>

#include "parts.hpp"

using transport_type = decltype([](const ghl::http::request&) { return ghl::http::response{.status = 200}; });
using credential = ghl::private_integration_token<>;

#ifndef GHL_MISTAKE
using my_client = ghl::client<transport_type, json, credential, ghl::option_set<ghl::retry>>;
#else
using my_client = ghl::client<transport_type, json, credential>;
#endif
my_client my_api{transport_type{}, json{}, token, ghl::retry{.attempts = 3}};
auto call() { return my_api.call(get_links); }
