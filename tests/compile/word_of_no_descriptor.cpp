// A text where a word of the descriptor belongs.
// says: ghl: endpoint() holds something that is no word of a descriptor
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
                         "2021-07-28", ghl::path("linkId", &get_link::link_id));
#endif
  }
};
static_assert(ghl::well_formed<get_link>);
