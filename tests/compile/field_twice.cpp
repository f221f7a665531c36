// Two fields of one name.
// says: ghl: fields() has the same name twice; remove one
// names: name
#include <ghl/ghl.hpp>

#include <string>

struct get_links {
  struct response {
    std::string name;
    std::string key;
    static consteval auto fields() {
      return ghl::fields(ghl::field("name", &response::name),
#ifndef GHL_MISTAKE
                         ghl::field("key", &response::key));
#else
                         ghl::field("name", &response::key));
#endif
    }
  };
  static consteval auto endpoint() {
    return ghl::endpoint("Get Links", ghl::method::get, "/links/", ghl::version("2021-07-28"),
                         ghl::scope("links.readonly"), ghl::token::sub_account);
  }
};
static_assert(ghl::well_formed<get_links>);
