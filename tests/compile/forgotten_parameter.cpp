// A member of a request that endpoint() does not mention: it would never be sent.
// says: ghl: a struct has a member that neither endpoint() nor fields() mentions; mention it or remove it
// names: get_links
#include <ghl/ghl.hpp>

#include <optional>

struct get_links {
#ifndef GHL_MISTAKE
  int limit{};
#else
  int limit{};
  int skip{};
#endif
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Get Links", ghl::method::get, "/links", ghl::version("2021-07-28"),
                         ghl::scope("links.readonly"), ghl::token::sub_account,
                         ghl::query("limit", &get_links::limit));
  }
};
static_assert(ghl::well_formed<get_links>);
