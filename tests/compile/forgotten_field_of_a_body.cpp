// A member of a body that fields() does not mention: it would never be sent.
// says: ghl: a struct has a member that neither endpoint() nor fields() mentions; mention it or remove it
// names: data
#include <ghl/ghl.hpp>

#include <string>

struct data {
  std::string name;
#ifdef GHL_MISTAKE
  std::string redirect_to;
#endif
  static consteval auto fields() { return ghl::fields(ghl::field("name", &data::name)); }
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
