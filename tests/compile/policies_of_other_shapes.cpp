// What a policy may look like: a call has to work, not a signature to match.
#include <ghl/ghl.hpp>
#include <ghl/api/opportunities.hpp>

#include "parts.hpp"

namespace {

using ghl::http::request;
using ghl::http::response;

auto plain(const request&) { return response{.status = 200}; }
response by_value(request) noexcept { return {}; }
ghl::result<response> that_may_fail(const request&) { return response{.status = 200}; }
const response constant(const request&) { return {}; }

struct not_const {
  response last;
  response& operator()(const request&) { return last; }
};

struct steady_json {
  template <class T>
  static ghl::result<T> decode(std::string_view) noexcept {
    return ghl::decode_error(ghl::fault::none);
  }
  std::string encode(const auto&) const noexcept { return {}; }
};

[[maybe_unused]] auto calls() {
  const auto call = [](auto a_transport, auto a_json, auto a_token) {
    ghl::client a_client{a_transport, a_json, a_token};
    return a_client.call(ghl::opportunities::remove_followers{.id = "1", .body = {.followers = {"2"}}}).has_value();
  };
  return call(&plain, json{}, token) && call(by_value, steady_json{}, [] { return "a token"; }) &&
         call(that_may_fail, json{}, []() noexcept { return "a token"; }) &&
         call(constant, json{}, [] { return ghl::result<std::string>{"a token"}; }) &&
         call(not_const{}, json{}, [n = 0]() mutable { return std::to_string(++n); });
}

}  // namespace
