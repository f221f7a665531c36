// Two headers whose names differ in case alone.
// says: ghl: two parameters have the same name; remove one
// names: x-source
#include <ghl/ghl.hpp>

#include <string>

struct find_links {
  std::string source;
  std::string other;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Find Links", ghl::method::get, "/links/find", ghl::version("2021-07-28"),
                         ghl::scope("links.readonly"), ghl::token::sub_account, ghl::header("X-Source", &find_links::source),
#ifndef GHL_MISTAKE
                         ghl::header("X-Other", &find_links::other));
#else
                         ghl::header("x-source", &find_links::other));
#endif
  }
};
static_assert(ghl::well_formed<find_links>);
