/// Sends a request that was made at run time through a ghl::client, for the sake of its policies.
#pragma once

#include <ghl/any_transport.hpp>
#include <ghl/endpoint.hpp>
#include <ghl/ghl.hpp>
#include <ghl/json/nlohmann.hpp>
#include <ghl/retry.hpp>
#include <ghl/throttle.hpp>
#include <ghl/uses/catalogue.hpp>

#include <string>
#include <utility>

namespace ghl_program {

/// A client wants a request struct. This one stands for all that have its method, on which it depends whether a failed
/// attempt is repeated; what goes out in its place is the request that `sends_another` holds.
template <const ghl::method& Method>
struct any_operation {
  using response = std::string;  // the bytes that come
  static consteval auto endpoint() {
    return ghl::endpoint("Any Operation", Method, "/", ghl::version("2021-07-28"), ghl::token::sub_account,
                         ghl::token::agency);
  }
};

/// A transport is one function: this one hands on another request, with the token and the time limit of its own.
struct sends_another {
  ghl::any_transport through;
  const ghl::http::request* request;
  bool without_token;

  ghl::result<ghl::http::response> operator()(const ghl::http::request& r) const {
    ghl::http::request other = *request;
    other.timeout = r.timeout;
    other.headers = {};
    for (const auto& [name, value] : r.headers)
      if ((name == "Authorization" && !without_token) || name == "User-Agent") other.headers.add(name, value);
    for (const auto& [name, value] : request->headers) other.headers.add(name, value);
    return through(std::move(other));
  }
};

/// What all calls of a command share.
struct connection {
  ghl::any_transport transport;
  std::string token;
  ghl::milliseconds timeout;
  ghl::throttle limit{};

  ghl::result<std::string> call(const ghl::catalogue_entry& e, const ghl::http::request& r) const {
    ghl::client api{sends_another{transport, &r, e.no_token},
                    ghl::nlohmann_json{},
                    ghl::access_token{e.no_token ? "none" : token},
                    ghl::retry{},
                    limit,
                    ghl::deadline{timeout}};
    auto result = e.method == ghl::method::get     ? api.call(any_operation<ghl::method::get>{})
                  : e.method == ghl::method::post  ? api.call(any_operation<ghl::method::post>{})
                  : e.method == ghl::method::put   ? api.call(any_operation<ghl::method::put>{})
                  : e.method == ghl::method::patch ? api.call(any_operation<ghl::method::patch>{})
                                                   : api.call(any_operation<ghl::method::del>{});
    if (result) return *std::move(result);
    ghl::error why = std::move(result).error();
    why.endpoint = e.title;
    why.called = &e;
    return why;
  }
};

}  // namespace ghl_program
