// A body that is not described.
// says: ghl: JSON cannot be written from the type of the body; give it fields()
// names: body
#include <ghl/ghl.hpp>

#include <string>

struct data {
  std::string name;
#ifndef GHL_MISTAKE
  static consteval auto fields() { return ghl::fields(ghl::field("name", &data::name)); }
#endif
};

struct create_link {
  data body;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Create Link", ghl::method::post, "/links/", ghl::version("2021-07-28"),
                         ghl::scope("links.write"), ghl::token::sub_account, ghl::body(&create_link::body));
  }
};
static_assert(ghl::well_formed<create_link>);
