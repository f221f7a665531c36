// The library in a program without exceptions and RTTI: it compiles, and bad input is an error value as ever.
#include <ghl/ghl.hpp>

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
#include <string_view>

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
  ghl::client api{[&](const ghl::http::request&) { return ghl::http::response{200, {}, body}; }, Json{},
                  ghl::private_integration_token{"t"}};
  const auto links = api.call(ghl::links::get_links{.location_id = "l"});
  expect(links.has_value() == good, body);
  expect(good || links.error().kind == ghl::error_kind::decode, "a bad body is a decode error");
  const auto followers = api.call(ghl::opportunities::remove_followers{.id = "o", .body = {{"\xFF"}}});
  expect(!followers, "a body that is no UTF-8 is an error");
}

}  // namespace

int main() {
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
  request.origin = "http://127.0.0.1:1";
  request.target = "/";
  expect(!transport(request), "nothing listens on port 1");
#endif
  return failures == 0 ? 0 : 1;
}
