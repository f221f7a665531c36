// A path parameter that may be missing: there would be a hole in the path.
// says: ghl: a path parameter is always one value; make the member a plain type
// names: linkId
#include <ghl/ghl.hpp>

#include <optional>
#include <string>

struct get_links {
#ifndef GHL_MISTAKE
  std::string link_id;
#else
  std::optional<std::string> link_id;
#endif
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Get Links", ghl::method::get, "/links/:linkId", ghl::version("2021-07-28"),
                         ghl::scope("links.readonly"), ghl::token::sub_account,
                         ghl::path("linkId", &get_links::link_id));
  }
};
static_assert(ghl::well_formed<get_links>);
