// A member of a body, of a type that JSON has not.
// says: ghl: JSON cannot say a field of this type; use bool, a number, std::string, std::optional
// names: redirectTo
#include <ghl/ghl.hpp>

#include <string>

struct data {
#ifndef GHL_MISTAKE
  std::string redirect_to;
#else
  const char* redirect_to;
#endif
  static consteval auto fields() { return ghl::fields(ghl::field("redirectTo", &data::redirect_to)); }
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
