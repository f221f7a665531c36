/// HTTP through cpp-httplib, from Debian's compiled 0.11 to the newest header-only release.
#pragma once

#include <ghl/value/http.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/stop.hpp>
#include <ghl/value/url.hpp>

#if !__has_include(<httplib.h>)
#error "ghl: <httplib.h> is not on the include path; install cpp-httplib 0.11 or newer, or use another transport"
#endif
#include <httplib.h>
#include <ghl/transport/detail/httplib_connection.hpp>
#include <ghl/transport/detail/httplib_messages.hpp>
#include <ghl/transport/detail/httplib_sigpipe.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

/// What can be set for an httplib_transport.
struct httplib_options {
  std::string ca_file;                             ///< PEM file with the authorities to trust; empty: the system's
  milliseconds connect_timeout{10'000};            ///< for the connection alone; the request's own timeout holds too
  std::size_t response_limit = 64 * 1024 * 1024;   ///< in bytes; a larger body is an error
  /// For releases without set_max_timeout: false saves a second thread in each call, and lets a server that sends the
  /// headers of its answer byte by byte outlive the request's timeout.
  bool watches_timeout = true;
};

/// Purpose: a blocking transport on cpp-httplib. Tested with 0.11.4 (compiled), 0.18.7 and 0.41.0 (header-only).
/// Example: `ghl::client api{ghl::httplib_transport{}, ghl::glaze_json{}, token};`
/// Connections: one, kept alive with TCP_NODELAY as long as calls go to the same origin. A kept connection that the
/// server has closed is opened anew before the request goes out; where it closes in that very moment, a GET is sent
/// once more on a new connection, and every other method gives connection_lost with sent::maybe.
/// Timeouts: `http::request::timeout` (30 s by default) bounds the whole exchange. Releases with set_max_timeout (0.41
/// has it) do that themselves; with older ones a call with a timeout runs with a second thread that watches the time,
/// since these releases limit each single read, not the whole time that the headers take: see
/// httplib_options::watches_timeout.
/// Cancelling: a call with a stop token, `transport(request, token)`, runs with a second thread that looks at the token
/// each 10 ms and shuts the connection down. A name lookup cannot be cancelled; on Windows, connecting cannot either.
/// A token whose stop_possible() is false costs nothing.
/// TLS: certificate and host name are verified against the system's authorities or `httplib_options::ca_file`.
/// Redirects are returned, not followed.
/// Signals: a call and the destructor block SIGPIPE in their thread for as long as they write, and drop one that a lost
/// connection raised; the program's own handling of the signal is not changed.
/// Errors: ghl::transport_error with connect, tls, timeout, connection_lost (no answer), cut_short (a part of one),
/// too_large, cancelled or other (no HTTP); the next call opens a new connection. A URL that cannot be sent as it
/// stands gives invalid_request.
/// Limits of cpp-httplib itself: it percent-decodes the values of an answer's headers, and of interim answers it
/// understands only a 100 without headers (others are an error). Older releases lose headers with an empty value, take
/// a chunked answer with trailers as cut short, and over TLS an answer without any length is an error with them.
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
    return call(request, detail::never_stops{});
  }
  template <stop_token_like Stop>
  result<http::response> operator()(const http::request& request, const Stop& stop) {
    if constexpr (requires { stop.stop_possible(); })
      if (!stop.stop_possible()) return call(request, detail::never_stops{});
    return call(request, stop);
  }

 private:
  using clock = std::chrono::steady_clock;

  template <class Client>
  static constexpr bool bounds_the_headers =
      requires(Client& client) { client.set_max_timeout(std::chrono::milliseconds{1}); };

  struct attempt_result {
    result<http::response> answer;
    bool again;
  };

  template <class Stop>
  result<http::response> call(const http::request& request, const Stop& stop) {
    const url_parts to = split_url(request.url);
    if (!to.can_be_requested()) return invalid_request(fault::bad_url, "url");
#if !defined(CPPHTTPLIB_OPENSSL_SUPPORT) && !defined(CPPHTTPLIB_SSL_ENABLED)
    if (to.secure)
      return transport_error(fault::tls, sent::no, "cpp-httplib was built without TLS; see CPPHTTPLIB_OPENSSL_SUPPORT");
#endif
    using std::chrono::milliseconds;
    const bool limited = request.timeout.count() > 0;
    constexpr ghl::milliseconds longest{2'000'000'000};  // 23 days; cpp-httplib counts them in an int
    const auto limit = limited ? (std::min)(request.timeout, longest) : ghl::milliseconds{300'000};
    const clock::time_point end = clock::now() + milliseconds{limit};
    const auto late = [=] { return limited && clock::now() >= end; };
    if (stop.stop_requested()) return transport_error(fault::cancelled, sent::no);

    if (!connection_ || connection_->origin != to.origin)
      connection_ = std::make_unique<detail::httplib_connection>(std::string{to.origin}, options_.ca_file);
    for (bool first = true;; first = false) {
      attempt_result r = attempt(request, stop, late, end);
      if (!r.again || !first || late() || stop.stop_requested()) return std::move(r.answer);
    }
  }

  template <class Stop, class Late>
  attempt_result attempt(const http::request& request, const Stop& stop, Late late, clock::time_point end) {
    detail::httplib_connection& connection = *connection_;
    const detail::httplib_sigpipe_block no_sigpipe;
    connection.begin(request);
    set_timeouts(connection.client, end - clock::now());

    struct {
      Late late;
      std::size_t limit;
      bool secure;
      http::response answer{};
      std::size_t announced = 0;  // as the length of the body
      bool answered = false;
      bool too_large = false;
      std::string_view defect{};
    } got{late, options_.response_limit, split_url(request.url).secure};
    httplib::Request out = detail::to_httplib(request, connection);
    // Each captures one reference, which a std::function stores without an allocation.
    out.response_handler = [&got](const httplib::Response& in) {
      got.answered = true;
      got.answer.status = in.status;
      got.defect = detail::httplib_defect(in, got.secure, got.announced);
      // Nothing follows a 304, but older releases wait for it.
      return got.defect.empty() && in.status != 304 && !got.late();
    };
    out.content_receiver = [&got](const char* data, std::size_t size, auto, auto) {
      std::string& body = got.answer.body;
      got.too_large = size > got.limit - body.size();
      if (got.too_large || got.late()) return false;
      constexpr std::size_t believed = 1024 * 1024;  // most memory reserved for an announced length
      if (body.empty()) body.reserve((std::min)(got.announced, believed));
      body.append(data, size);
      return true;
    };

    httplib::Response in;
    auto error = httplib::Error::Success;
    bool cut = false;  // by the watcher; the answer is incomplete then, even if httplib reports success
    const bool received = [&] {
      if constexpr (std::is_same_v<Stop, detail::never_stops>) {
        constexpr bool bounds_all = bounds_the_headers<httplib::Client>;
        if (bounds_all || request.timeout.count() <= 0 || !options_.watches_timeout)
          return connection.client.send(out, in, error);
      }
      const detail::httplib_watcher<Stop> watcher{connection, stop, late, cut};
      return connection.client.send(out, in, error);
    }();
    const bool done = received && !cut;
    connection.take_back(std::move(out.headers));
    if (!done) connection.close();
    if (done || (got.answer.status == 304 && !late())) {
      got.answer.status = in.status;
      detail::take_httplib_headers(in.headers, got.answer.headers);
      return {std::move(got.answer), false};
    }
    const auto [what, was_sent] = detail::httplib_fault(error, got.answered);
    if (stop.stop_requested()) return {transport_error(fault::cancelled, was_sent), false};
    if (got.too_large) return {transport_error(fault::too_large, sent::yes), false};
    if (late()) return {transport_error(fault::timeout, was_sent), false};
    if (!got.defect.empty()) return {transport_error(fault::other, sent::yes, std::string{got.defect}), false};
    const bool lost = what == fault::connection_lost && connection.reused;
    return {transport_error(what, was_sent, httplib::to_string(error)),
            lost && detail::httplib_connection::repeatable(request.method)};
  }

  template <class Client>
  void set_timeouts(Client& client, clock::duration left) {
    // Rounded up, so that late() is true when httplib gives up. Zero would mean no timeout.
    auto timeout = std::chrono::ceil<std::chrono::milliseconds>(left) + std::chrono::milliseconds{1};
    if (timeout.count() < 1) timeout = std::chrono::milliseconds{1};
    const std::chrono::milliseconds connect{options_.connect_timeout};
    client.set_connection_timeout(connect.count() > 0 && connect < timeout ? connect : timeout);
    client.set_read_timeout(timeout);
    client.set_write_timeout(timeout);
    if constexpr (requires { client.set_max_timeout(timeout); }) client.set_max_timeout(timeout);
  }

  httplib_options options_;
  std::unique_ptr<detail::httplib_connection> connection_;
};

}}  // namespace ghl::v0
