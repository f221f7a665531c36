// A path that was encoded by hand; the library encodes.
// says: ghl: the path holds a character that a URL path may not hold; queries go into ghl::query()
// names: %
#include <ghl/ghl.hpp>

#include <string>

struct get_link {
  std::string link_id;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Get Link", ghl::method::get,
#ifndef GHL_MISTAKE
                         "/trigger-links/:linkId",
#else
                         "/trigger%20links/:linkId",
#endif
                         ghl::version("2021-07-28"), ghl::scope("links.readonly"), ghl::token::sub_account,
                         ghl::path("linkId", &get_link::link_id));
  }
};
static_assert(ghl::well_formed<get_link>);
