// A defect of a descriptor that nothing checked before the call.
// says: ghl: a placeholder of the path has no parameter; add ghl::path(
// names: linkId
#include <ghl/ghl.hpp>

#include "parts.hpp"

struct get_link {
  std::string link_id;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Get Link", ghl::method::get, "/links/:linkId", ghl::token::sub_account,
#ifndef GHL_MISTAKE
                         ghl::path("linkId", &get_link::link_id));
#else
                         ghl::query("linkId", &get_link::link_id));
#endif
  }
};
auto call() { return api.call(get_link{.link_id = "b6wKyBiHTxvBWbMwOqU7"}); }
