// A required whole number is given one that is none.
// says: ghl: a required member is given a value of a type that could change in it; give it one of its own type
#include <ghl/ghl.hpp>

#include "parts.hpp"

struct page {
  ghl::required<int> number;
};
#ifndef GHL_MISTAKE
const page first{.number = 5};
#else
const page first{.number = 5.9};
#endif
