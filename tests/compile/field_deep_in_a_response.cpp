// A member of a struct in a list in a response, of a type that JSON has not.
// says: ghl: JSON cannot say a field of this type; use bool, a number, std::string, std::optional
// names: redirectTo
#include <ghl/ghl.hpp>

#include <optional>
#include <string>
#include <vector>

struct get_links {
  struct link {
#ifndef GHL_MISTAKE
    std::optional<std::string> redirect_to;
#else
    std::optional<const char*> redirect_to;
#endif
    static consteval auto fields() { return ghl::fields(ghl::field("redirectTo", &link::redirect_to)); }
  };
  struct response {
    std::optional<std::vector<link>> links;
    static consteval auto fields() { return ghl::fields(ghl::field("links", &response::links)); }
  };
  static consteval auto endpoint() {
    return ghl::endpoint("Get Links", ghl::method::get, "/links/", ghl::version("2021-07-28"),
                         ghl::scope("links.readonly"), ghl::token::sub_account);
  }
};
static_assert(ghl::well_formed<get_links>);
