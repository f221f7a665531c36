// More scopes than an endpoint has room for.
// says: ghl: an endpoint has four scopes at most
// names: Get Link
#include <ghl/ghl.hpp>

#include <string>

struct get_link {
  std::string link_id;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Get Link", ghl::method::get, "/links/:linkId",
                         ghl::version("2021-07-28"), ghl::scope("links.readonly"), ghl::scope("links.write"),
                         ghl::scope("contacts.write"), ghl::scope("users.readonly"), ghl::token::sub_account,
#ifndef GHL_MISTAKE
                         ghl::path("linkId", &get_link::link_id));
#else
                         ghl::scope("users.write"), ghl::path("linkId", &get_link::link_id));
#endif
  }
};
static_assert(ghl::well_formed<get_link>);
