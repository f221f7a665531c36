// A response that is not described.
// says: ghl: JSON cannot be read into the endpoint's response; give it fields()
#include <ghl/ghl.hpp>

#include <string>

struct get_links {
  struct response {
    std::string name;
#ifndef GHL_MISTAKE
    static consteval auto fields() { return ghl::fields(ghl::field("name", &response::name)); }
#endif
  };
  static consteval auto endpoint() {
    return ghl::endpoint("Get Links", ghl::method::get, "/links/", ghl::version("2021-07-28"),
                         ghl::scope("links.readonly"), ghl::token::sub_account);
  }
};
static_assert(ghl::well_formed<get_links>);
