// A ghl::path() that names no placeholder of the path.
// says: ghl: ghl::path() names no placeholder of the path; correct the name, or write :name into the path
// names: linkIdd
#include <ghl/ghl.hpp>

#include <string>

struct get_link {
  std::string link_id;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Get Link", ghl::method::get, "/links/:linkId",
                         ghl::version("2021-07-28"), ghl::scope("links.readonly"), ghl::token::sub_account,
#ifndef GHL_MISTAKE
                         ghl::path("linkId", &get_link::link_id));
#else
                         ghl::path("linkId", &get_link::link_id), ghl::path("linkIdd", &get_link::link_id));
#endif
  }
};
static_assert(ghl::well_formed<get_link>);
