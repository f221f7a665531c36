// The parts of a client in another order.
// says: ghl: a transport must be callable with const ghl::http::request&; copy examples/03_transport.cpp
#include <ghl/ghl.hpp>

#include "parts.hpp"

#ifndef GHL_MISTAKE
ghl::client my_api{transport, json{}, token};
#else
ghl::client my_api{json{}, transport, token};
#endif
auto call() { return my_api.call(get_links); }
