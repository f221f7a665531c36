// What could be read of an answer, of a result that is gone when it is looked at.
// says: ghl: partial() of a result that is about to vanish would dangle; store it first: auto r = api.call(
#include <ghl/ghl.hpp>

#include "parts.hpp"

bool call() {
#ifndef GHL_MISTAKE
  const auto links = api.call(get_links);
  return links.partial() != nullptr && links.partial()->links.empty();
#else
  return api.call(get_links).partial()->links.empty();
#endif
}
