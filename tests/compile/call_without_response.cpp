// A request struct without a response that nothing checked before the call.
// says: ghl: the endpoint has no response; add struct response, or using response = ghl::no_content
#include <ghl/ghl.hpp>

#include "parts.hpp"

struct find_link {
#ifndef GHL_MISTAKE
  using response = ghl::no_content;
#endif
  static consteval auto endpoint() {
    return ghl::endpoint("Find Link", ghl::method::get, "/links/find", ghl::token::sub_account);
  }
};
auto call() { return api.call(find_link{}); }
