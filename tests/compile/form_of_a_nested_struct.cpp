// A struct within a form.
// says: ghl: a form cannot say a field of this type; use std::string, a number, bool, a std::vector of those, or a std::optional (for a ghl::file: ghl::multipart())
// names: colours
#include <ghl/ghl.hpp>

#include <string>

struct colours {
  std::string first;
  static consteval auto fields() { return ghl::fields(ghl::field("first", &colours::first)); }
};

struct paint_content {
  colours all;
  static consteval auto fields() { return ghl::fields(ghl::field("colours", &paint_content::all)); }
};

struct paint {
  paint_content body;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Paint", ghl::method::post, "/links/paint", ghl::version("2021-07-28"),
                         ghl::scope("links.write"), ghl::token::sub_account,
#ifndef GHL_MISTAKE
                         ghl::body(&paint::body));
#else
                         ghl::form(&paint::body));
#endif
  }
};
static_assert(ghl::well_formed<paint>);
