// A transport that gives no response.
// says: ghl: a transport must return ghl::http::response or ghl::result<ghl::http::response>; copy
#include <ghl/ghl.hpp>

#include "parts.hpp"

#ifndef GHL_MISTAKE
constexpr auto send = [](const ghl::http::request&) { return ghl::http::response{.status = 200}; };
#else
constexpr auto send = [](const ghl::http::request&) { return 200; };
#endif

ghl::client my_api{send, json{}, token};
auto call() { return my_api.call(get_links); }
