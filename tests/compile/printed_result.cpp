// A result is printed whatever it holds.
// says: ghl: a result is not printed; print r.error().message() where it is false, else a member of *r
#include <ghl/ghl.hpp>

#include <iostream>

#include "parts.hpp"

void call() {
  const auto found = api.call(get_links);
#ifndef GHL_MISTAKE
  if (!found) std::cout << found.error() << '\n';
#else
  std::cout << found << '\n';
#endif
}
