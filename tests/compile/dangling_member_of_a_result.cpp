// A loop over a part of a result that is gone when the loop begins.
// says: ghl: -> on a result that is about to vanish would dangle; store it first: auto r = api.call(
#include <ghl/ghl.hpp>

#include "parts.hpp"

int call() {
  int count = 0;
#ifndef GHL_MISTAKE
  for (const auto& link : (*api.call(get_links)).links) count += link.id.has_value();
#else
  for (const auto& link : api.call(get_links)->links) count += link.id.has_value();
#endif
  return count;
}
