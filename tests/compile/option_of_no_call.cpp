// An option that a call has not.
// says: ghl: this is no option of a call; pass ghl::deadline
#include <ghl/ghl.hpp>

#include "parts.hpp"

#ifndef GHL_MISTAKE
auto call() { return api.call(get_links, ghl::deadline{std::chrono::seconds{2}}); }
#else
auto call() { return api.call(get_links, std::chrono::seconds{2}); }
#endif
