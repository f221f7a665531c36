// A struct as a part of a multipart body.
// says: ghl: a part of a multipart body cannot be of this type; use ghl::file, std::string, a number, bool, a std::vector or std::optional of those, or a map of ghl::file
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
                         ghl::multipart(&paint::body));
#endif
  }
};
static_assert(ghl::well_formed<paint>);
