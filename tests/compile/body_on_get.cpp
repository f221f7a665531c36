// A body on a GET.
// says: ghl: a GET has no body; use ghl::query()
// names: Find Links
#include <ghl/ghl.hpp>

#include <string>
#include <vector>

struct find_links {
  std::vector<std::string> tags;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Find Links", ghl::method::get, "/links/find", ghl::version("2021-07-28"),
                         ghl::scope("links.readonly"), ghl::token::sub_account,
#ifndef GHL_MISTAKE
                         ghl::query("tag", &find_links::tags));
#else
                         ghl::body(&find_links::tags));
#endif
  }
};
static_assert(ghl::well_formed<find_links>);
