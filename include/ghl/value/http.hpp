/// A request and an answer as plain values: what goes to a transport and what comes back from it.
#pragma once

#include <ghl/value/headers.hpp>
#include <ghl/value/method.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/url.hpp>

#include <string>
#include <string_view>

namespace ghl { inline namespace v0 { namespace http {

/// Purpose: everything that a transport needs to send one request. It owns all its bytes.
/// A transport sends target() and `headers` exactly as they stand; it adds Host, Content-Length (where there is a body)
/// and what its connection needs, follows no redirect, and gives up after `timeout`.
/// Example: `ghl::http::request{.method = ghl::method::get, .url = "https://example.com/links/?locationId=x"}`.
/// Lifetime: origin() and target() are views of `url`, until it changes.
struct request {
  ghl::method method{};          ///< GET, DELETE ...; converts to std::string_view
  std::string url{};             ///< absolute and encoded: "https://host:port/path?query"
  http::headers headers{};       ///< Authorization, Version, Accept, User-Agent; Content-Type where there is a body
  std::string body{};            ///< empty: no body
  milliseconds timeout{30'000};  ///< for the whole exchange; zero or less: the transport's own limit

  /// "https://host:port", as in `url`; no slash at the end.
  [[nodiscard]] std::string_view origin() const noexcept {
    return std::string_view{url}.substr(0, detail::origin_size(url));
  }
  /// "/path?query", as in `url`: all that follows the origin. Empty where nothing does, as in "https://host", which no
  /// transport sends. It ends where `url` ends, so that target().data() ends at a NUL.
  [[nodiscard]] std::string_view target() const noexcept {
    return std::string_view{url}.substr(detail::origin_size(url));
  }

  friend bool operator==(const request&, const request&) = default;
};

/// Purpose: an answer, whatever its status.
struct response {
  int status = 0;           ///< 200, 404 ...
  http::headers headers{};  ///< as they came
  std::string body{};       ///< decoded from transfer and content codings; any bytes

  friend bool operator==(const response&, const response&) = default;
};

}}}  // namespace ghl::v0::http
