// An observer that asks for what is no fact of an attempt.
// says: ghl: after its hook, ghl::observe takes ghl::with_target or nothing
#include <ghl/ghl.hpp>
#include <ghl/observe.hpp>

#include "parts.hpp"

const auto hook = [](const ghl::observation&) {};
#ifndef GHL_MISTAKE
ghl::client my_api{transport, json{}, token, ghl::observe{hook, ghl::with_target}};
#else
ghl::client my_api{transport, json{}, token, ghl::observe{hook, "the body"}};
#endif
auto call() { return my_api.call(get_links); }
