// A descriptor copied from another endpoint, with a member of that one left in it.
// says: ghl: endpoint() names a member of another struct; name a member of this one
// names: linkId
#include <ghl/ghl.hpp>

#include <string>

struct get_link {
  std::string link_id;
};

struct delete_link {
  std::string link_id;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Delete Link", ghl::method::del, "/links/:linkId", ghl::version("2021-07-28"),
                         ghl::scope("links.write"), ghl::token::sub_account,
#ifndef GHL_MISTAKE
                         ghl::path("linkId", &delete_link::link_id));
#else
                         ghl::path("linkId", &get_link::link_id));
#endif
  }
};
static_assert(ghl::well_formed<delete_link>);
