// An endpoint with two bodies.
// says: ghl: an endpoint has one body at most, of ghl::body(), ghl::form() or ghl::multipart(); join them in one struct
#include <ghl/ghl.hpp>

#include <string>
#include <vector>

struct tag_link {
  std::vector<std::string> tags;
  std::vector<std::string> colours;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Tag Link", ghl::method::post, "/links/tags", ghl::version("2021-07-28"),
                         ghl::scope("links.write"), ghl::token::sub_account, ghl::body(&tag_link::tags),
#ifndef GHL_MISTAKE
                         ghl::query("colour", &tag_link::colours));
#else
                         ghl::body(&tag_link::colours));
#endif
  }
};
static_assert(ghl::well_formed<tag_link>);
