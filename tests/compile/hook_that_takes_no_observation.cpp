// An observer whose hook changes itself, though calls may run at the same time.
// says: ghl: a hook must be callable with const ghl::observation&, and while it is const
#include <ghl/ghl.hpp>
#include <ghl/observe.hpp>

#include "parts.hpp"

int attempts = 0;
#ifndef GHL_MISTAKE
ghl::client my_api{transport, json{}, token, ghl::observe{[](const ghl::observation&) { ++attempts; }}};
#else
ghl::client my_api{transport, json{}, token, ghl::observe{[n = 0](const ghl::observation&) mutable { ++n; }}};
#endif
auto call() { return my_api.call(get_links); }
