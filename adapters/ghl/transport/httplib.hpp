/// HTTP through cpp-httplib, from Debian's compiled 0.11 to the newest header-only release.
#pragma once

#include <ghl/detail/language.hpp>

#if !__has_include(<httplib.h>)
#include "ghl: <httplib.h> is not on the include path; install cpp-httplib 0.11 or newer, or use another transport"
#endif

#include <ghl/value/http.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/request_head.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/stop.hpp>
#include <ghl/value/url.hpp>

#include <httplib.h>
#include <ghl/transport/detail/httplib_bounds.hpp>
#include <ghl/transport/detail/httplib_connection.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace ghl { inline namespace v0 {

/// What can be set for an httplib_transport.
struct httplib_options {
  std::string ca_file;                            ///< PEM file with the authorities to trust; empty: the system's
  milliseconds connect_timeout{10'000};           ///< for the connection alone; the request's own timeout holds too
  std::size_t response_limit = 64 * 1024 * 1024;  ///< in bytes, decoded; a larger body is an error
};

/// Purpose: a blocking transport on cpp-httplib. Tested with 0.11.4 (compiled), 0.18.7 and 0.41.0 (header-only).
/// Example: `ghl::client api{ghl::httplib_transport{}, ghl::glaze_json{}, token};`
/// What is whose: cpp-httplib sends the body of a request and reads that of an answer, with its codings. The
/// connection, TLS (by OpenSSL) and the headers of both are the adapter's: what follows holds with each release.
/// Connections: one, kept alive with TCP_NODELAY as long as calls go to the same origin. A kept connection that the
/// server has closed is opened anew before the request goes out; where it closes in that very moment, before a byte of
/// an answer, a GET is sent once more on a new connection, and every other method gives connection_lost with
/// sent::maybe. No proxy is used.
/// Timeouts: `http::request::timeout` (30 s by default; zero: none) bounds the whole exchange: connecting, the TLS
/// handshake, each part of the request and of the answer, however slowly they come. No thread is started for it. A name
/// lookup cannot be bounded.
/// Cancelling: a call with a stop token, `transport(request, token)`, looks at the token each 10 ms while it waits, and
/// closes the connection. A name lookup cannot be cancelled. A token whose stop_possible() is false costs nothing.
/// TLS: 1.2 or newer, if cpp-httplib is used with OpenSSL (CPPHTTPLIB_OPENSSL_SUPPORT; link libssl and libcrypto);
/// certificate and host name are verified by OpenSSL against the system's authorities or `httplib_options::ca_file`. A
/// host name has to be among the certificate's alternative names: its common name does not count.
/// Memory: the body may take `httplib_options::response_limit`; the status line, the headers and all interim answers
/// 256 KiB together, and as much again a chunk extension or trailers. More is too_large, and never kept.
/// Redirects are returned, not followed.
/// Signals: none is raised, and the program's own handling of them is not changed.
/// Errors: ghl::transport_error with connect, tls, timeout, connection_lost (no byte of an answer), cut_short (a part
/// of one), too_large, cancelled or other (no HTTP, or nothing that cpp-httplib understands); the next call opens a
/// new connection. Once a byte of an answer has come, they say sent::yes. A URL that cannot be sent as it stands gives
/// invalid_request.
/// Limits of cpp-httplib itself: it decodes a body in gzip, deflate or brotli whether it was asked for or not, if it
/// was built with them. 0.11 takes a chunked answer with trailers for an error.
/// Thread safety: one call at a time; a copy shares nothing but the options, so give each thread its own.
class httplib_transport {
 public:
  httplib_transport() = default;
  explicit httplib_transport(httplib_options options) : options_(std::move(options)) {}
  httplib_transport(const httplib_transport& other) : options_(other.options_) {}
  httplib_transport(httplib_transport&&) = default;
  httplib_transport& operator=(httplib_transport other) noexcept {
    options_ = std::move(other.options_);
    connection_ = std::move(other.connection_);
    return *this;
  }
  ~httplib_transport() = default;

  result<http::response> operator()(const http::request& request) {
    return call(request, detail::never_stops{}, false);
  }
  template <stop_token_like Stop>
  result<http::response> operator()(const http::request& request, const Stop& stop) {
    bool can_stop = true;
    if constexpr (requires { stop.stop_possible(); }) can_stop = stop.stop_possible();
    return call(request, stop, can_stop);
  }

 private:
  struct attempt_result {
    result<http::response> answer;
    bool again = false;
  };

  template <class Stop>
  result<http::response> call(const http::request& request, const Stop& stop, bool can_stop) {
    const url_parts to = split_url(request.url);
    if (!to.can_be_requested()) return invalid_request(fault::bad_url, "url");
#if !defined(CPPHTTPLIB_OPENSSL_SUPPORT)
    if (to.secure)
      return transport_error(fault::tls, sent::no,
                             "cpp-httplib was built without OpenSSL; see CPPHTTPLIB_OPENSSL_SUPPORT");
#endif
    const detail::httplib_bounds bounds{request.timeout, stop, can_stop};
    if (bounds.over() == fault::cancelled) return transport_error(fault::cancelled, sent::no);
    if (!connection_ || connection_->stream.origin != to.origin)
      connection_ = std::make_unique<detail::httplib_connection>(to, options_.ca_file);
    for (bool first = true;; first = false) {
      attempt_result r = attempt(request, to, bounds);
      if (!r.again || !first || bounds.over() != fault::none) return std::move(r.answer);
    }
  }

  attempt_result attempt(const http::request& request, const url_parts& to, const detail::httplib_bounds& bounds) {
    detail::httplib_stream& stream = connection_->stream;
    detail::write_request_head(request, to.authority, connection_->head);
    stream.begin(bounds, connection_->head, request.body.size());
    if (!stream.open(options_.connect_timeout)) {
      stream.close();
      return {transport_error(stream.failure(), sent::no, stream.reason())};
    }

    struct {
      detail::httplib_stream& stream;
      std::size_t limit;
      std::string body{};
      bool too_large = false;
    } got{stream, options_.response_limit};
    httplib::Request out = detail::to_httplib(request);
    // It captures one reference, which a std::function stores without an allocation.
    out.content_receiver = [&got](const char* data, std::size_t size, auto, auto) {
      got.stream.progress();
      got.too_large = size > got.limit - got.body.size();
      if (got.too_large) return false;
      constexpr std::uint64_t believed = 1024 * 1024;  // most memory reserved for an announced length
      const std::uint64_t announced = (std::min)(got.stream.head().announced(), believed);
      if (got.body.empty()) got.body.reserve(static_cast<std::size_t>(announced));
      got.body.append(data, size);
      return true;
    };

    httplib::Response in;
    auto error = httplib::Error::Success;
    const bool done = connection_->exchange.perform(stream, out, in, error);
    if (done && stream.failure() == fault::none) {
      stream.end();
      return {http::response{stream.head().status(), stream.take_headers(), std::move(got.body)}};
    }
    return failed(request.method, got.too_large, error);
  }

  attempt_result failed(method m, bool too_large, httplib::Error error) {
    detail::httplib_stream& stream = connection_->stream;
    const sent was_sent = stream.answered() ? sent::yes : stream.wrote() ? sent::maybe : sent::no;
    fault what = stream.failure();
    std::string why = stream.reason();
    if (too_large) {
      what = fault::too_large;
    } else if (what == fault::none && stream.ended()) {
      what = fault::connection_lost;
      why = "the server closed the connection";
    } else if (what == fault::none) {
      what = fault::other;  // what came is whole, and yet cpp-httplib can do nothing with it
      why = "cpp-httplib did not understand the answer: " + httplib::to_string(error);
    }
    const bool lost = what == fault::connection_lost;
    if (lost && stream.answered()) what = fault::cut_short;
    const bool again = lost && !stream.answered() && stream.reused() && detail::httplib_connection::repeatable(m);
    stream.close();
    return {transport_error(what, was_sent, std::move(why)), again};
  }

  httplib_options options_;
  std::unique_ptr<detail::httplib_connection> connection_;
};

}}  // namespace ghl::v0
