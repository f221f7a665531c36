// A result is taken for the list in it.
// says: ghl: a result is no range, and may hold an error; first auto r = api.call(...); if (!r) ...
#include <ghl/ghl.hpp>

#include "parts.hpp"

int call() {
  int count = 0;
  const auto found = api.call(get_links);
#ifndef GHL_MISTAKE
  if (found)
    for (const auto& link : found->links) count += link.id.has_value();
#else
  for (const auto& link : found) count += link.id.has_value();
#endif
  return count;
}
