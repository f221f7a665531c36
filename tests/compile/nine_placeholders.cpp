// More placeholders than a path has room for.
// says: ghl: a path has eight placeholders at most
#include <ghl/ghl.hpp>

#include <string>

struct deep {
  std::string a, b, c, d, e, f, g, h, i;
  using response = ghl::no_content;
  static consteval auto endpoint() {
#ifndef GHL_MISTAKE
    return ghl::endpoint("Deep", ghl::method::get, "/:a/:b/:c/:d/:e/:f/:g/:h", ghl::query("i", &deep::i),
#else
    return ghl::endpoint("Deep", ghl::method::get, "/:a/:b/:c/:d/:e/:f/:g/:h/:i", ghl::path("i", &deep::i),
#endif
                         ghl::token::agency, ghl::path("a", &deep::a), ghl::path("b", &deep::b),
                         ghl::path("c", &deep::c), ghl::path("d", &deep::d), ghl::path("e", &deep::e),
                         ghl::path("f", &deep::f), ghl::path("g", &deep::g), ghl::path("h", &deep::h));
  }
};
static_assert(ghl::well_formed<deep>);
