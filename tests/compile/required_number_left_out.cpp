// A required number that is left out of the braces.
// says: required
#include <ghl/ghl.hpp>

#include "parts.hpp"

struct page {
  std::string text;
  ghl::required<int> limit;
};
#ifndef GHL_MISTAKE
page first{.text = "a", .limit = 10};
#else
page first{.text = "a"};
#endif
