// A word of a descriptor in fields().
// says: ghl: fields() holds something that is no ghl::field()
#include <ghl/ghl.hpp>

#include <string>

struct get_links {
  struct response {
    std::string name;
#ifndef GHL_MISTAKE
    static consteval auto fields() { return ghl::fields(ghl::field("name", &response::name)); }
#else
    static consteval auto fields() { return ghl::fields(ghl::query("name", &response::name)); }
#endif
  };
  static consteval auto endpoint() {
    return ghl::endpoint("Get Links", ghl::method::get, "/links/", ghl::version("2021-07-28"),
                         ghl::scope("links.readonly"), ghl::token::sub_account);
  }
};
static_assert(ghl::well_formed<get_links>);
