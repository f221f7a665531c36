// A parameter without a name.
// says: ghl: a parameter has an empty name; name it as on the wire
// names: Get Link
#include <ghl/ghl.hpp>

#include <string>

struct get_link {
  std::string link_id;
  int limit{};
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Get Link", ghl::method::get, "/links/:linkId",
                         ghl::version("2021-07-28"), ghl::scope("links.readonly"), ghl::token::sub_account,
#ifndef GHL_MISTAKE
                         ghl::path("linkId", &get_link::link_id), ghl::query("limit", &get_link::limit));
#else
                         ghl::path("linkId", &get_link::link_id), ghl::query("", &get_link::limit));
#endif
  }
};
static_assert(ghl::well_formed<get_link>);
