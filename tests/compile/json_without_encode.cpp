// A JSON policy that cannot write. It serves the four endpoints without a body, and only those.
// says: ghl: this endpoint has a body, and the JSON policy cannot write it; give it template
#include <ghl/ghl.hpp>
#include <ghl/api/associations.hpp>
#include <ghl/api/conversations.hpp>
#include <ghl/api/links.hpp>
#include <ghl/api/opportunities.hpp>

#include "parts.hpp"

struct my_json {
  template <class T>
  ghl::result<T> decode(std::string_view) {
    return ghl::decode_error(ghl::fault::none);
  }
};

ghl::client my_api{transport, my_json{}, token};
auto call_1() { return my_api.call(ghl::links::get_links{.location_id = "ve9EPM428h8vShlRW1KT"}); }
auto call_2() { return my_api.call(ghl::links::delete_link{.link_id = "b6wKyBiHTxvBWbMwOqU7"}); }
auto call_3() { return my_api.call(ghl::associations::delete_association{.association_id = "67ade73d"}); }
auto call_4() { return my_api.call(ghl::conversations::delete_conversation{.conversation_id = "tDtDnQdg"}); }
#ifdef GHL_MISTAKE
auto call_5() { return my_api.call(ghl::opportunities::remove_followers{.id = "1", .body = {.followers = {"2"}}}); }
#endif
