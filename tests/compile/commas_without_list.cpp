// Commas for one text.
// says: ghl: ghl::commas joins the elements of a list; make the member a std::vector, or remove ghl::commas
// names: ids
#include <ghl/ghl.hpp>

#include <string>

struct find_links {
  std::string ids;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Find Links", ghl::method::get, "/links/find", ghl::version("2021-07-28"),
                         ghl::scope("links.readonly"), ghl::token::sub_account,
#ifndef GHL_MISTAKE
                         ghl::query("ids", &find_links::ids));
#else
                         ghl::query("ids", &find_links::ids, ghl::commas));
#endif
  }
};
static_assert(ghl::well_formed<find_links>);
