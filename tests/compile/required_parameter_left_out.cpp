// A required parameter that is left out of the braces.
// says: required
#include <ghl/ghl.hpp>
#include <ghl/api/links.hpp>

#include "parts.hpp"

#ifndef GHL_MISTAKE
auto call() { return api.call(ghl::links::delete_link{.link_id = "b6wKyBiHTxvBWbMwOqU7"}); }
#else
auto call() { return api.call(ghl::links::delete_link{}); }
#endif
