// A Version that is neither a date nor v3. One that is meant is written as ghl::unpublished_version().
// says: ghl: this is no published Version (a date as 2021-07-28, or v3); correct it, or write
// names: 2026-preview
#include <ghl/ghl.hpp>

#include <string>

struct get_link {
  std::string link_id;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Get Link", ghl::method::get, "/links/:linkId",
                         ghl::scope("links.readonly"), ghl::token::sub_account,
#ifndef GHL_MISTAKE
                         ghl::unpublished_version("2026-preview"), ghl::path("linkId", &get_link::link_id));
#else
                         ghl::version("2026-preview"), ghl::path("linkId", &get_link::link_id));
#endif
  }
};
static_assert(ghl::well_formed<get_link>);
