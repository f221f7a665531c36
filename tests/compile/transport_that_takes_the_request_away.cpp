// A transport takes the request as an rvalue, which may have to be sent again.
// says: ghl: a transport takes the request as const ghl::http::request&, or by value
#include <ghl/ghl.hpp>

#include "parts.hpp"

#ifndef GHL_MISTAKE
const auto sends = [](const ghl::http::request&) { return ghl::http::response{}; };
#else
const auto sends = [](ghl::http::request&&) { return ghl::http::response{}; };
#endif
ghl::client my_api{sends, json{}, token};
auto call() { return my_api.call(get_links); }
