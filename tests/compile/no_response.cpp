// A request struct without a response.
// says: ghl: the endpoint has no response; add struct response, or using response = ghl::no_content
#include <ghl/ghl.hpp>

#include <optional>

struct get_links {
#ifndef GHL_MISTAKE
  using response = ghl::no_content;
#else
#endif
  int limit{};
  static consteval auto endpoint() {
    return ghl::endpoint("Get Links", ghl::method::get, "/links", ghl::version("2021-07-28"),
                         ghl::scope("links.readonly"), ghl::token::sub_account,
                         ghl::query("limit", &get_links::limit));
  }
};
static_assert(ghl::well_formed<get_links>);
