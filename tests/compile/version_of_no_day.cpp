// A Version that is a date of no calendar.
// says: ghl: this is no published Version (a date as 2021-07-28, or v3); correct it, or write
// names: 2021-02-29
#include <ghl/ghl.hpp>

#include <string>

struct get_link {
  std::string link_id;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Get Link", ghl::method::get, "/links/:linkId",
                         ghl::scope("links.readonly"), ghl::token::sub_account,
#ifndef GHL_MISTAKE
                         ghl::version("2024-02-29"), ghl::path("linkId", &get_link::link_id));
#else
                         ghl::version("2021-02-29"), ghl::path("linkId", &get_link::link_id));
#endif
  }
};
static_assert(ghl::well_formed<get_link>);
