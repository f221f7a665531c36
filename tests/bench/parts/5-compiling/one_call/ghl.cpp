// One call through ghl; the adapters are chosen by macros.
#include <ghl/ghl.hpp>
#include <ghl/api/links.hpp>
#if defined(WITH_NLOHMANN)
#include <ghl/json/nlohmann.hpp>
using json_policy = ghl::nlohmann_json;
#elif defined(WITH_GLAZE)
#include <ghl/json/glaze.hpp>
using json_policy = ghl::glaze_json;
#elif defined(WITH_RAPIDJSON)
#include <ghl/json/rapidjson.hpp>
using json_policy = ghl::rapidjson_json;
#elif defined(WITH_BOOST_JSON)
#include <ghl/json/boost.hpp>
using json_policy = ghl::boost_json;
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
#elif defined(WITH_BEAST)
#include <ghl/transport/beast.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
using transport = ghl::beast_transport;
#else
struct transport {
  ghl::http::response operator()(const ghl::http::request&) const { return {}; }
};
#endif

int main(int, char** texts) {
  ghl::client api{transport{}, json_policy{}, ghl::private_integration_token{std::string{texts[0]}}};
#if defined(WITH_BEAST)
  bool good = false;
  boost::asio::io_context context;
  const auto run = [&]() -> boost::asio::awaitable<void> {
    const ghl::links::delete_link request{.link_id = texts[0]};
    const auto r = co_await api.call(request);
    good = r && r->succeeded == true;
  };
  boost::asio::co_spawn(context, run(), boost::asio::detached);
  context.run();
  return good ? 0 : 1;
#else
  const auto r = api.call(ghl::links::delete_link{.link_id = texts[0]});
  return r && r->succeeded == true ? 0 : 1;
#endif
}
