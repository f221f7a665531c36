// Files on a GET.
// says: ghl: a GET has no body; use ghl::query()
// names: Find Links
#include <ghl/ghl.hpp>

#include <map>
#include <string>

struct find_links {
#ifdef GHL_MISTAKE
  std::map<std::string, ghl::file> files;
#endif
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Find Links", ghl::method::get, "/links/find", ghl::version("2021-07-28"),
                         ghl::scope("links.readonly"), ghl::token::sub_account,
#ifndef GHL_MISTAKE
                         ghl::query("type", "file"));
#else
                         ghl::multipart(&find_links::files));
#endif
  }
};
static_assert(ghl::well_formed<find_links>);
