// An endpoint with two Versions.
// says: ghl: an endpoint has one ghl::version() at most; remove one
// names: v3
#include <ghl/ghl.hpp>

#include <string>

struct get_link {
  std::string link_id;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Get Link", ghl::method::get, "/links/:linkId",
                         ghl::scope("links.readonly"), ghl::token::sub_account,
#ifndef GHL_MISTAKE
                         ghl::version("2021-07-28"), ghl::path("linkId", &get_link::link_id));
#else
                         ghl::version("2021-07-28"), ghl::version("v3"), ghl::path("linkId", &get_link::link_id));
#endif
  }
};
static_assert(ghl::well_formed<get_link>);
