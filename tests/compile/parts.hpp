/// What the files here share: a transport, a JSON policy, a token and a client, each as small as can be. Nothing of it
/// is ever run.
#pragma once

#include <ghl/ghl.hpp>
#include <ghl/api/links.hpp>

#include <chrono>
#include <string>
#include <string_view>

inline constexpr auto transport = [](const ghl::http::request&) { return ghl::http::response{.status = 200}; };

struct json {
  template <class T>
  ghl::result<T> decode(std::string_view) {
    return ghl::decode_error(ghl::fault::none);
  }
  template <class T>
  ghl::result<std::string> encode(const T&) {
    return std::string{};
  }
};

inline const ghl::private_integration_token token{"a token"};

inline ghl::client api{transport, json{}, token};

inline const ghl::links::get_links get_links{.location_id = "ve9EPM428h8vShlRW1KT"};
