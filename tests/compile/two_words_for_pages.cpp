// An endpoint whose pages follow each other in two ways.
// says: ghl: an endpoint has one word for its pages at most; remove one
// names: by_page
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
                         ghl::by_skip(&list_tags::skip, &response::tags), ghl::by_page(&list_tags::skip, &response::tags));
#endif
  }
};
static_assert(ghl::well_formed<list_tags>);
