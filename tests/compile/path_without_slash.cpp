// A path that does not begin with a slash.
// says: ghl: the path of an endpoint begins with '/'
// names: links/:linkId
#include <ghl/ghl.hpp>

#include <string>

struct get_link {
  std::string link_id;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Get Link", ghl::method::get,
#ifndef GHL_MISTAKE
                         "/links/:linkId",
#else
                         "links/:linkId",
#endif
                         ghl::version("2021-07-28"), ghl::scope("links.readonly"), ghl::token::sub_account,
                         ghl::path("linkId", &get_link::link_id));
  }
};
static_assert(ghl::well_formed<get_link>);
