/// One call, with the options that macros choose, to see how much code each of them is.
#include <ghl/api/links.hpp>
#include <ghl/ghl.hpp>
#include <ghl/observe.hpp>
#include <ghl/throttle.hpp>
#include <ghl/refreshing_token.hpp>
struct json_policy {
  template <class T>
  ghl::result<T> decode(std::string_view text) const {
    if (text.empty()) return ghl::decode_error(ghl::fault::empty_body);
    return T{};
  }
  template <class T>
  ghl::result<std::string> encode(const T&) const { return std::string{"{}"}; }
};
struct null_transport {
  [[gnu::noinline]] ghl::result<ghl::http::response> operator()(const ghl::http::request& r) const {
    return ghl::http::response{200, {}, r.url};
  }
};
int main(int, char** texts) {
#if defined(REFRESH)
  ghl::refreshing_token token{[&]() -> ghl::result<ghl::token_pair> { return ghl::token_pair{ghl::secret{texts[0]}, ghl::secret{texts[0]}}; }, [](const ghl::token_pair& p) -> ghl::result<ghl::token_pair> { return p; }, [](const ghl::token_pair&) { return true; }};
#else
  ghl::private_integration_token token{std::string{texts[0]}};
#endif
  ghl::client api{null_transport{}, json_policy{}, token
#if defined(RETRY)
  , ghl::retry{}
#endif
#if defined(THROTTLE)
  , ghl::throttle{}
#endif
#if defined(OBSERVE)
  , ghl::observe{[](const ghl::observation&) {}}
#endif
  };
  return api.call(ghl::links::delete_link{.link_id = texts[0]}).has_value();
}
