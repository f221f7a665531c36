// An endpoint() that is no constant expression.
// says: ghl: endpoint() is no constant expression; write static consteval auto endpoint()
// names: get_links
#include <ghl/ghl.hpp>

struct get_links {
  using response = ghl::no_content;
#ifndef GHL_MISTAKE
  static consteval auto endpoint() {
#else
  static auto endpoint() {
#endif
    return ghl::endpoint("Get Links", ghl::method::get, "/links", ghl::token::sub_account);
  }
};
static_assert(ghl::well_formed<get_links>);
