// A scope for a call that carries no token.
// says: ghl: ghl::token::none says that a call carries no token; remove it, or the scopes and the other words about tokens
// names: Find Links
#include <ghl/ghl.hpp>


struct find_links {
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Find Links", ghl::method::get, "/links/find", ghl::version("2021-07-28"),
                         ghl::scope("links.readonly"),
#ifndef GHL_MISTAKE
                         ghl::token::sub_account);
#else
                         ghl::token::none);
#endif
  }
};
static_assert(ghl::well_formed<find_links>);
