// A scope that is not written as the reference writes scopes.
// says: ghl: this is not the form of a scope; write it as in links.readonly
// names: conversations/message
#include <ghl/ghl.hpp>

#include <string>

struct get_link {
  std::string link_id;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Get Link", ghl::method::get, "/links/:linkId",
                         ghl::version("2021-07-28"), ghl::token::sub_account,
#ifndef GHL_MISTAKE
                         ghl::scope("conversations/message.write"), ghl::path("linkId", &get_link::link_id));
#else
                         ghl::scope("conversations/message"), ghl::path("linkId", &get_link::link_id));
#endif
  }
};
static_assert(ghl::well_formed<get_link>);
