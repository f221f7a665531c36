// A placeholder of the path that no ghl::path() fills.
// says: ghl: a placeholder of the path has no parameter; add ghl::path(
// names: linkId
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
                         ghl::query("linkId", &get_link::link_id));
#endif
  }
};
static_assert(ghl::well_formed<get_link>);
