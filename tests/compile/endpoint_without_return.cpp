// An endpoint() that does not return its descriptor.
// says: ghl: endpoint() returns no descriptor; write return ghl::endpoint(...);
#include <ghl/ghl.hpp>

#include "parts.hpp"

struct find_links {
  using response = ghl::no_content;
  static consteval auto endpoint() {
#ifndef GHL_MISTAKE
    return
#endif
        ghl::endpoint("Find Links", ghl::method::get, "/links/", ghl::token::sub_account);
  }
};
static_assert(ghl::well_formed<find_links>);
