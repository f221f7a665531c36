// A header with several values.
// says: ghl: a value of this type cannot be written into a header; use std::string, a number, bool, or a std::optional of one
// names: X-Tag
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
                         ghl::header("X-Tag", &find_links::tags));
#endif
  }
};
static_assert(ghl::well_formed<find_links>);
