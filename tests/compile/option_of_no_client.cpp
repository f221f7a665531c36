// An option that a client has not.
// says: ghl: this is no option of a client; pass ghl::base_url, ghl::user_agent, ghl::deadline, ghl::retry, ghl::throttle
#include <ghl/ghl.hpp>

#include "parts.hpp"

#ifndef GHL_MISTAKE
ghl::client my_api{transport, json{}, token, ghl::user_agent{"my program"}};
#else
ghl::client my_api{transport, json{}, token, "my program"};
#endif
auto call() { return my_api.call(get_links); }
