// A transport that is called with something else.
// says: ghl: a transport must be callable with const ghl::http::request&; copy examples/03_transport.cpp
#include <ghl/ghl.hpp>

#include "parts.hpp"

#ifndef GHL_MISTAKE
constexpr auto send = [](const ghl::http::request&) { return ghl::http::response{.status = 200}; };
#else
constexpr auto send = [](const std::string& /*url*/) { return ghl::http::response{.status = 200}; };
#endif

ghl::client my_api{send, json{}, token};
auto call() { return my_api.call(get_links); }
