// Pages of a request that does not say how they follow each other.
// says: ghl: this request does not say how its pages follow each other; add ghl::by_skip()
#include <ghl/endpoint.hpp>
#include <ghl/ghl.hpp>
#include <ghl/uses/pages.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct list_tags {
  std::optional<int> skip{};
  struct response {
    std::vector<std::string> tags;
    static consteval auto fields() { return ghl::fields(ghl::field("tags", &response::tags)); }
  };
  static consteval auto endpoint() {
    return ghl::endpoint("List Tags", ghl::method::get, "/tags", ghl::version("2021-07-28"),
                         ghl::token::sub_account, ghl::query("skip", &list_tags::skip)
#ifndef GHL_MISTAKE
                         , ghl::by_skip(&list_tags::skip, &response::tags)
#endif
    );
  }
};
struct json {
  template <class T>
  ghl::result<T> decode(std::string_view) const {
    return T{};
  }
};
inline constexpr auto transport = [](const ghl::http::request&) { return ghl::http::response{.status = 200}; };
void read() {
  ghl::client api{transport, json{}, ghl::private_integration_token{"token"}};
  ghl::pages all{api, list_tags{}};
  for (auto& tag : all) static_cast<void>(tag);
}
