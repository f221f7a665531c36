// A member that endpoint() does not mention, and that nothing checked before the call.
// says: ghl: a struct has a member that neither endpoint() nor fields() mentions; mention it or remove it
// names: find_link
#include <ghl/ghl.hpp>

#include "parts.hpp"

struct find_link {
#ifdef GHL_MISTAKE
  int limit{};
#endif
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Find Link", ghl::method::get, "/links/find", ghl::token::sub_account);
  }
};
auto call() { return api.call(find_link{}); }
