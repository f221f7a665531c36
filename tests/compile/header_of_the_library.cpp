// A header that the library writes.
// says: ghl: the library or the transport writes this header; leave it out
// names: content-type
#include <ghl/ghl.hpp>

#include <string>

struct find_links {
  std::string type;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Find Links", ghl::method::get, "/links/find", ghl::version("2021-07-28"),
                         ghl::scope("links.readonly"), ghl::token::sub_account,
#ifndef GHL_MISTAKE
                         ghl::header("X-Type", &find_links::type));
#else
                         ghl::header("content-type", &find_links::type));
#endif
  }
};
static_assert(ghl::well_formed<find_links>);
