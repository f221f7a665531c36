// A second spelling that is the name of another field.
// says: ghl: fields() has the same name twice; remove one
// names: succeeded
#include <ghl/ghl.hpp>

#include <optional>

struct get_links {
  struct response {
    std::optional<bool> done;
    std::optional<bool> succeeded;
    static consteval auto fields() {
#ifndef GHL_MISTAKE
      return ghl::fields(ghl::field("done", &response::done, ghl::also{"succeded"}),
#else
      return ghl::fields(ghl::field("done", &response::done, ghl::also{"succeeded"}),
#endif
                         ghl::field("succeeded", &response::succeeded));
    }
  };
  static consteval auto endpoint() {
    return ghl::endpoint("Get Links", ghl::method::get, "/links/", ghl::version("2021-07-28"),
                         ghl::scope("links.readonly"), ghl::token::sub_account);
  }
};
static_assert(ghl::well_formed<get_links>);
