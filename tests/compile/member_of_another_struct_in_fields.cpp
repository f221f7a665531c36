// A description copied from another struct, with a member of that one left in it.
// says: ghl: fields() names a member of another struct; name a member of this one
// names: name
#include <ghl/ghl.hpp>

#include <string>

struct contact {
  std::string name;
};

struct get_links {
  struct response {
    std::string name;
    static consteval auto fields() {
#ifndef GHL_MISTAKE
      return ghl::fields(ghl::field("name", &response::name));
#else
      return ghl::fields(ghl::field("name", &contact::name));
#endif
    }
  };
  static consteval auto endpoint() {
    return ghl::endpoint("Get Links", ghl::method::get, "/links/", ghl::version("2021-07-28"),
                         ghl::scope("links.readonly"), ghl::token::sub_account);
  }
};
static_assert(ghl::well_formed<get_links>);
