// A deadline of five of nobody knows what.
// says: ghl: a deadline is a span of time with a unit, and begins with the call; write ghl::deadline{5s}
#include <ghl/ghl.hpp>

#include "parts.hpp"

#ifndef GHL_MISTAKE
const ghl::deadline soon{std::chrono::seconds{5}};
#else
const ghl::deadline soon{5};
#endif
