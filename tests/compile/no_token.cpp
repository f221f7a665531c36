// An endpoint that says of no token that it takes it.
// says: ghl: the endpoint names no token; add ghl::token::sub_account or ghl::token::agency
// names: Get Link
#include <ghl/ghl.hpp>

#include <string>

struct get_link {
  std::string link_id;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Get Link", ghl::method::get, "/links/:linkId",
                         ghl::version("2021-07-28"), ghl::scope("links.readonly"),
#ifndef GHL_MISTAKE
                         ghl::token::agency, ghl::path("linkId", &get_link::link_id));
#else
                         ghl::path("linkId", &get_link::link_id));
#endif
  }
};
static_assert(ghl::well_formed<get_link>);
