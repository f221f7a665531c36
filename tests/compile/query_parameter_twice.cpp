// Two query parameters of one name.
// says: ghl: two parameters have the same name; remove one
// names: limit
#include <ghl/ghl.hpp>

#include <string>

struct get_link {
  std::string link_id;
  int limit{};
  int skip{};
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Get Link", ghl::method::get, "/links/:linkId",
                         ghl::version("2021-07-28"), ghl::scope("links.readonly"), ghl::token::sub_account,
#ifndef GHL_MISTAKE
                         ghl::path("linkId", &get_link::link_id), ghl::query("limit", &get_link::limit),
                         ghl::query("skip", &get_link::skip));
#else
                         ghl::path("linkId", &get_link::link_id), ghl::query("limit", &get_link::limit),
                         ghl::query("limit", &get_link::skip));
#endif
  }
};
static_assert(ghl::well_formed<get_link>);
