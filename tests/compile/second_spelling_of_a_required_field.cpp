// A second spelling of a field that must be there.
// says: ghl: only a std::optional member may have a second spelling
#include <ghl/ghl.hpp>

#include <optional>

struct get_links {
  struct response {
#ifndef GHL_MISTAKE
    std::optional<bool> done;
#else
    bool done;
#endif
    static consteval auto fields() {
      return ghl::fields(ghl::field("done", &response::done, ghl::also{"succeded"}));
    }
  };
  static consteval auto endpoint() {
    return ghl::endpoint("Get Links", ghl::method::get, "/links/", ghl::version("2021-07-28"),
                         ghl::scope("links.readonly"), ghl::token::sub_account);
  }
};
static_assert(ghl::well_formed<get_links>);
