// The type of a client names an option twice.
// says: ghl: ghl::option_set<...> names an option twice; remove one
#include "parts.hpp"

#if defined(GHL_MISTAKE)
using options = ghl::option_set<ghl::retry, ghl::retry>;
#else
using options = ghl::option_set<ghl::retry>;
#endif

using client = ghl::client<std::remove_const_t<decltype(transport)>, json, ghl::private_integration_token<>, options>;

client connect() { return client{transport, json{}, token, ghl::retry{}}; }
