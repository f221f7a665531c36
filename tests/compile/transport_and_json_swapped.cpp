// The parts of a client in another order.
// says: ghl: the arguments of a client are in another order; pass the transport, the JSON policy, the credential
#include <ghl/ghl.hpp>

#include "parts.hpp"

#ifndef GHL_MISTAKE
ghl::client my_api{transport, json{}, token};
#else
ghl::client my_api{json{}, transport, token};
#endif
auto call() { return my_api.call(get_links); }
