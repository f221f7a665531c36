// A word for pages that does not say where the items are.
// says: ghl: a word for pages takes members of the request and of its response: ghl::by_skip(&x::skip, &response::items)
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
                         ghl::by_skip(&list_tags::skip));
#endif
  }
};
static_assert(ghl::well_formed<list_tags>);
