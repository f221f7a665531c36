// A credential that yields something that is no text.
// says: ghl: the third argument of a client yields the token; pass ghl::private_integration_token{text}
#include <ghl/ghl.hpp>

#include "parts.hpp"

#ifndef GHL_MISTAKE
ghl::client my_api{transport, json{}, [] { return std::string{"a token"}; }};
#else
ghl::client my_api{transport, json{}, [] { return 42; }};
#endif
auto call() { return my_api.call(get_links); }
