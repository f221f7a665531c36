// A word for pages with its members in another order.
// says: ghl: a word for pages names a member of another struct
// names: by_cursor
#include <ghl/endpoint.hpp>

#include <optional>
#include <string>
#include <vector>

struct list_tags {
  std::optional<int> skip{};
  struct response {
    std::vector<std::string> tags;
    std::optional<int> total;
    static consteval auto fields() {
      return ghl::fields(ghl::field("tags", &response::tags), ghl::field("total", &response::total));
    }
  };
  static consteval auto endpoint() {
    return ghl::endpoint("List Tags", ghl::method::get, "/tags", ghl::version("2021-07-28"),
                         ghl::token::sub_account, ghl::query("skip", &list_tags::skip),
#ifndef GHL_MISTAKE
                         ghl::by_cursor(&list_tags::skip, &response::total, &response::tags));
#else
                         ghl::by_cursor(&response::total, &list_tags::skip, &response::tags));
#endif
  }
};
static_assert(ghl::well_formed<list_tags>);
