// Two members for one placeholder.
// says: ghl: two parameters have the same name; remove one
// names: linkId
#include <ghl/ghl.hpp>

#include <string>

struct get_link {
  std::string link_id;
  std::string name;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Get Link", ghl::method::get, "/links/:linkId",
                         ghl::version("2021-07-28"), ghl::scope("links.readonly"), ghl::token::sub_account,
#ifndef GHL_MISTAKE
                         ghl::path("linkId", &get_link::link_id), ghl::query("name", &get_link::name));
#else
                         ghl::path("linkId", &get_link::link_id), ghl::path("linkId", &get_link::name));
#endif
  }
};
static_assert(ghl::well_formed<get_link>);
