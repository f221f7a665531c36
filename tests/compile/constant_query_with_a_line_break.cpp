// A constant query whose value is more than one line.
// says: ghl: the name or the constant value of this query parameter has a control byte in it, as a line break; remove it (all else is percent-encoded)
// names: altType
#include <ghl/ghl.hpp>

struct find_links {
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Find Links", ghl::method::get, "/links/find", ghl::version("2021-07-28"),
                         ghl::scope("links.readonly"), ghl::token::sub_account,
#ifndef GHL_MISTAKE
                         ghl::query("altType", "location & company"));
#else
                         ghl::query("altType", "location\n"));
#endif
  }
};
static_assert(ghl::well_formed<find_links>);
