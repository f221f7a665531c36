// A constant query of the same name as another.
// says: ghl: two parameters have the same name; remove one
// names: altType
#include <ghl/ghl.hpp>

#include <string>

struct find_links {
  std::string alt_type;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Find Links", ghl::method::get, "/links/find", ghl::version("2021-07-28"),
                         ghl::scope("links.readonly"), ghl::token::sub_account, ghl::query("altType", &find_links::alt_type),
#ifndef GHL_MISTAKE
                         ghl::query("sort", "name"));
#else
                         ghl::query("altType", "location"));
#endif
  }
};
static_assert(ghl::well_formed<find_links>);
