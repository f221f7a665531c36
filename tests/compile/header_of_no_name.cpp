// The name of a header with its colon.
// says: ghl: this is no name of a header; write letters, digits and '-' (RFC 9110, section 5.1)
// names: X-Source:
#include <ghl/ghl.hpp>

#include <string>

struct find_links {
  std::string source;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Find Links", ghl::method::get, "/links/find", ghl::version("2021-07-28"),
                         ghl::scope("links.readonly"), ghl::token::sub_account,
#ifndef GHL_MISTAKE
                         ghl::header("X-Source", &find_links::source));
#else
                         ghl::header("X-Source:", &find_links::source));
#endif
  }
};
static_assert(ghl::well_formed<find_links>);
