// A number that may be empty.
// says: ghl: only a text may be empty; make the member a std::string, or remove ghl::may_be_empty
// names: limit
#include <ghl/ghl.hpp>


struct find_links {
  int limit = 20;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Find Links", ghl::method::get, "/links/find", ghl::version("2021-07-28"),
                         ghl::scope("links.readonly"), ghl::token::sub_account,
#ifndef GHL_MISTAKE
                         ghl::query("limit", &find_links::limit));
#else
                         ghl::query("limit", &find_links::limit, ghl::may_be_empty));
#endif
  }
};
static_assert(ghl::well_formed<find_links>);
