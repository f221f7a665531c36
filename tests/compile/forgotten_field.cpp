// A member of a response that fields() does not mention: it would never be read.
// says: ghl: a struct has a member that neither endpoint() nor fields() mentions; mention it or remove it
// names: get_links::link
#include <ghl/ghl.hpp>

#include <optional>
#include <string>
#include <vector>

struct get_links {
  struct link {
    std::string id;
#ifdef GHL_MISTAKE
    std::optional<std::string> name;
#endif
    static consteval auto fields() { return ghl::fields(ghl::field("id", &link::id)); }
  };
  struct response {
    std::vector<link> links;
    static consteval auto fields() { return ghl::fields(ghl::field("links", &response::links)); }
  };
  static consteval auto endpoint() {
    return ghl::endpoint("Get Links", ghl::method::get, "/links/", ghl::version("2021-07-28"),
                         ghl::scope("links.readonly"), ghl::token::sub_account);
  }
};
static_assert(ghl::well_formed<get_links>);
