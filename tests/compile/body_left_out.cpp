// A body with required members that is left out of the braces.
// says: required
#include <ghl/ghl.hpp>
#include <ghl/api/opportunities.hpp>

#include "parts.hpp"

#ifndef GHL_MISTAKE
ghl::opportunities::remove_followers request{.id = "sx6wyHhbFdRXh302Lunr", .body = {.followers = {"1"}}};
#else
ghl::opportunities::remove_followers request{.id = "sx6wyHhbFdRXh302Lunr"};
#endif
