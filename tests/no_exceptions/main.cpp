// The library in a program without exceptions and RTTI: it compiles, and bad input is an error value as ever.
#include <ghl/ghl.hpp>
#include <ghl/api/links.hpp>
#include <ghl/api/opportunities.hpp>
#include <ghl/observe.hpp>
#include <ghl/refreshing_token.hpp>
#include <ghl/endpoint.hpp>
#include <ghl/throttle.hpp>
#include <ghl/uses/pages.hpp>

#if defined(GHL_WITH_HTTPLIB)
#include <ghl/transport/httplib.hpp>
#endif
#if defined(GHL_WITH_GLAZE)
#include <ghl/json/glaze.hpp>
#endif
#if defined(GHL_WITH_NLOHMANN)
#include <ghl/json/nlohmann.hpp>
#endif

#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#if defined(__cpp_exceptions) || defined(__cpp_rtti)
#error "this file is to be compiled without exceptions and RTTI"
#endif

namespace {

int failures = 0;

void expect(bool holds, const char* what) {
  if (holds) return;
  std::printf("failed: %s\n", what);
  ++failures;
}

/// What the core needs of a JSON policy, where no adapter is there.
struct nothing_read {
  template <class T>
  ghl::result<T> decode(std::string_view) const {
    return ghl::decode_error(ghl::fault::malformed);
  }
  template <class T>
  ghl::result<std::string> encode(const T&) const {
    return std::string{"{}"};
  }
};

template <class Json>
void check(const char* body, bool good) {
  ghl::client api{[&](const ghl::http::request&) { return ghl::http::response{.status = 200, .body = body}; }, Json{},
                  ghl::private_integration_token{"t"}};
  const auto links = api.call(ghl::links::get_links{.location_id = "l"});
  expect(links.has_value() == good, body);
  expect(good || links.error().kind == ghl::error_kind::decode, "a bad body is a decode error");
  const auto followers = api.call(ghl::opportunities::remove_followers{.id = "o", .body = {.followers = {"\xFF"}}});
  expect(!followers, "a body that is no UTF-8 is an error");
}

struct list_names {
  std::optional<int> page{};
  struct response {
    std::vector<std::string> names;
    static consteval auto fields() { return ghl::fields(ghl::field("names", &response::names)); }
  };
  static consteval auto endpoint() {
    return ghl::endpoint("List Names", ghl::method::get, "/names", ghl::version("2021-07-28"), ghl::token::sub_account,
                         ghl::query("page", &list_names::page), ghl::by_page(&list_names::page, &response::names));
  }
};

void check_pages() {
  ghl::client api{[](const ghl::http::request&) { return ghl::http::response{.status = 404}; }, nothing_read{},
                  ghl::private_integration_token{"t"}};
  ghl::pages all{api, list_names{}};
  for (const std::string& name : all) expect(false, name.c_str());
  expect(all.failed() && all.error().status == 404, "an error ends a list");
}

/// The first answer says that the token has expired, the second comes from a gateway.
void check_policies() {
  int sent = 0;
  int observed = 0;
  const auto transport = [&](const ghl::http::request& r) -> ghl::http::response {
    if (++sent == 1) return {.status = 401, .body = "Invalid JWT"};
    expect(r.headers.get("Authorization") == "Bearer second", "the new token is used");
    return {.status = sent == 2 ? 503 : 500};
  };
  const auto pair = [](const char* token) {
    return ghl::token_pair{.access_token = ghl::secret{token}, .refresh_token = ghl::secret{"r"}};
  };
  ghl::client api{transport,
                  nothing_read{},
                  ghl::refreshing_token{[&]() -> ghl::result<ghl::token_pair> { return pair("first"); },
                                        [&](const ghl::token_pair&) -> ghl::result<ghl::token_pair> {
                                          return pair("second");
                                        },
                                        [](const ghl::token_pair&) { return true; }},
                  ghl::retry{.attempts = 2, .base = ghl::milliseconds{0}},
                  ghl::throttle{},
                  ghl::observe{[&](const ghl::observation&) { ++observed; }}};
  const auto gone = api.call(ghl::links::delete_link{.link_id = "x"});
  expect(!gone && gone.error().status == 500 && gone.tried().size() == 2, "policies work without exceptions");
  expect(observed == 3, "each attempt is observed");
}

}  // namespace

int main() {
  check_policies();
  check_pages();
  check<nothing_read>("{}", false);
#if defined(GHL_WITH_GLAZE)
  check<ghl::glaze_json>(R"({"links":[]})", true);
  check<ghl::glaze_json>(R"({"links":[1]})", false);
  check<ghl::glaze_json>(R"({"links":)", false);
#endif
#if defined(GHL_WITH_NLOHMANN)
  check<ghl::nlohmann_json>(R"({"links":[]})", true);
  check<ghl::nlohmann_json>(R"({"links":[1]})", false);
  check<ghl::nlohmann_json>(R"({"links":)", false);
#endif
#if defined(GHL_WITH_HTTPLIB)
  ghl::httplib_transport transport;
  ghl::http::request request;
  request.url = "http://127.0.0.1:1/";
  expect(!transport(request), "nothing listens on port 1");
#endif
  return failures == 0 ? 0 : 1;
}
