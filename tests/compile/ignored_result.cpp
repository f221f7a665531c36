// A result that nobody looks at: a warning, which these tests turn into an error.
// says: ghl: a result was ignored; it may hold an error: if (!result)
#include <ghl/ghl.hpp>

#include "parts.hpp"

bool call() {
#ifndef GHL_MISTAKE
  return api.call(get_links).has_value();
#else
  api.call(get_links);
  return true;
#endif
}
