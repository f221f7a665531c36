// A word for pages whose items are no list.
// says: ghl: pages cannot be told by members of these types
// names: by_skip
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
                         ghl::by_skip(&list_tags::skip, &response::tags));
#else
                         ghl::by_skip(&list_tags::skip, &response::total));
#endif
  }
};
static_assert(ghl::well_formed<list_tags>);
