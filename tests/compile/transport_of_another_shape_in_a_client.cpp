// A transport that returns the answer, on its way into a client of the erased type of those that call back.
// says: ghl: ghl::any_callback_transport holds a transport that calls back; for one that returns the answer use
#include <ghl/any_transport.hpp>
#include <ghl/ghl.hpp>

#include "parts.hpp"

#ifdef GHL_MISTAKE
using erased = ghl::any_callback_transport;
#else
using erased = ghl::any_transport;
#endif

ghl::client<erased, json, ghl::private_integration_token<>> my_api{transport, json{}, token};
