// A transport whose author forgot to return.
// says: ghl: a transport must return ghl::http::response or ghl::result<ghl::http::response>; copy
#include <ghl/ghl.hpp>

#include "parts.hpp"

constexpr auto send = [](const ghl::http::request&) {
#ifndef GHL_MISTAKE
  return ghl::http::response{.status = 200};
#endif
};

ghl::client my_api{send, json{}, token};
auto call() { return my_api.call(get_links); }
