// One placeholder at two places of the path.
// says: ghl: the path has the same placeholder twice; rename one
// names: linkId
#include <ghl/ghl.hpp>

#include <string>

struct get_link {
  std::string link_id;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Get Link", ghl::method::get,
#ifndef GHL_MISTAKE
                         "/links/:linkId/copies",
#else
                         "/links/:linkId/copies/:linkId",
#endif
                         ghl::version("2021-07-28"), ghl::scope("links.readonly"), ghl::token::sub_account,
                         ghl::path("linkId", &get_link::link_id));
  }
};
static_assert(ghl::well_formed<get_link>);
