// A client that was given no credential.
// says: ghl: the third argument of a client yields the token; pass ghl::private_integration_token{text}
#include <ghl/ghl.hpp>

#include "parts.hpp"

#ifndef GHL_MISTAKE
ghl::client my_api{transport, json{}, token};
#else
ghl::client my_api{transport, json{}};
#endif
