// One call through ghl; the adapters are chosen by macros.
#include <ghl/ghl.hpp>
#if defined(WITH_NLOHMANN)
#include <ghl/json/nlohmann.hpp>
using json_policy = ghl::nlohmann_json;
#elif defined(WITH_GLAZE)
#include <ghl/json/glaze.hpp>
using json_policy = ghl::glaze_json;
#else
struct json_policy {
  template <class T>
  ghl::result<T> decode(std::string_view) const { return T{}; }
};
#endif
#if defined(WITH_HTTPLIB)
#include <ghl/transport/httplib.hpp>
using transport = ghl::httplib_transport;
#elif defined(WITH_CURL)
#include <ghl/transport/curl.hpp>
using transport = ghl::curl_transport;
#else
struct transport {
  ghl::http::response operator()(const ghl::http::request&) const { return {}; }
};
#endif

int main(int, char** texts) {
  ghl::client api{transport{}, json_policy{}, ghl::private_integration_token{std::string{texts[0]}}};
  const auto r = api.call(ghl::links::delete_link{.link_id = texts[0]});
  return r && r->succeeded == true ? 0 : 1;
}
