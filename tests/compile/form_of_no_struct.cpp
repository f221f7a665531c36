// A form of a list.
// says: ghl: a form is written from a struct; give the member of ghl::form() fields()
// names: body
#include <ghl/ghl.hpp>

#include <string>
#include <vector>

struct paint {
  std::vector<std::string> colours;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Paint", ghl::method::post, "/links/paint", ghl::version("2021-07-28"),
                         ghl::scope("links.write"), ghl::token::sub_account,
#ifndef GHL_MISTAKE
                         ghl::body(&paint::colours));
#else
                         ghl::form(&paint::colours));
#endif
  }
};
static_assert(ghl::well_formed<paint>);
