// The fourth argument of a client is an option instead of a set of them.
// says: ghl: the fourth argument of a client is ghl::option_set<...>; write ghl::option_set<ghl::retry>
#include "parts.hpp"

#if defined(GHL_MISTAKE)
using options = ghl::retry;
#else
using options = ghl::option_set<ghl::retry>;
#endif

using client = ghl::client<std::remove_const_t<decltype(transport)>, json, ghl::private_integration_token<>, options>;

client connect() { return client{transport, json{}, token, ghl::retry{}}; }
