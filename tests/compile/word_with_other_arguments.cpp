// The arguments of a word in another order.
// says: ghl: this word does not take such arguments
// names: path
#include <ghl/ghl.hpp>

#include <string>

struct delete_link {
  std::string link_id;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Delete Link", ghl::method::del, "/links/:linkId", ghl::token::sub_account,
#ifndef GHL_MISTAKE
                         ghl::path("linkId", &delete_link::link_id));
#else
                         ghl::path(&delete_link::link_id, "linkId"));
#endif
  }
};
static_assert(ghl::well_formed<delete_link>);
