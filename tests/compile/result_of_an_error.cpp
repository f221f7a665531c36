// A result whose value is an error.
// says: ghl: result<T> holds a value; T must be an object type other than ghl::error
#include <ghl/ghl.hpp>

#include "parts.hpp"

#ifndef GHL_MISTAKE
ghl::result<std::string> outcome{"fine"};
#else
ghl::result<ghl::error> outcome;
#endif
