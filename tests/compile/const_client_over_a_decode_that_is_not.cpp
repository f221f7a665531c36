// A client is const, and the decode of its JSON policy is not.
// says: ghl: a part of this client changes in a call, and the client is const; make operator(), decode and encode const
#include <ghl/ghl.hpp>

#include "parts.hpp"

#ifndef GHL_MISTAKE
ghl::client my_api{transport, json{}, token};
#else
const ghl::client my_api{transport, json{}, token};
#endif
auto call() { return my_api.call(get_links); }
