// A required text is given no text.
// says: ghl: a required member is given a nullptr; give it a value, or make it std::optional
#include <ghl/ghl.hpp>

#include "parts.hpp"

#ifndef GHL_MISTAKE
const ghl::links::get_links request{.location_id = "ve9EPM428h8vShlRW1KT"};
#else
const ghl::links::get_links request{.location_id = nullptr};
#endif
