/// HTTP through cpp-httplib, from Debian's compiled 0.11 to the newest header-only release.
#pragma once

#include <ghl/http.hpp>
#include <ghl/milliseconds.hpp>
#include <ghl/result.hpp>

#if !__has_include(<httplib.h>)
#error "ghl: <httplib.h> is not on the include path; install cpp-httplib 0.11 or newer, or use another transport"
#endif
#include <httplib.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

namespace ghl::inline v0 {

/// What can be set for an httplib_transport.
struct httplib_options {
  std::string ca_file;                             ///< PEM file with the authorities to trust; empty: the system's
  milliseconds connect_timeout{10'000};            ///< for the connection alone; the request's own timeout holds too
  std::size_t response_limit = 64 * 1024 * 1024;   ///< in bytes; a larger body is an error
};

namespace detail {

/// httplib's errors as ours. A template, since each release knows other ones.
template <class E>
std::pair<fault, sent> httplib_fault(E e, bool answered) {
  const auto lost = [&] { return answered ? fault::cut_short : fault::connection_lost; };
  if constexpr (requires { E::Timeout; })
    if (e == E::Timeout) return {fault::timeout, sent::maybe};
  if constexpr (requires { E::SSLServerHostnameVerification; })
    if (e == E::SSLServerHostnameVerification) return {fault::tls, sent::no};
  switch (e) {
    case E::Connection:
    case E::BindIPAddress: return {fault::connect, sent::no};
    case E::ConnectionTimeout: return {fault::timeout, sent::no};
    case E::SSLConnection:
    case E::SSLLoadingCerts:
    case E::SSLServerVerification: return {fault::tls, sent::no};
    case E::Read:
    case E::Write: return {lost(), sent::maybe};
    default: return {answered ? fault::cut_short : fault::other, sent::maybe};
  }
}

/// A connection to one origin.
class httplib_connection {
 public:
  httplib_connection(const std::string& to, const httplib_options& options) : origin(to), client(to) {
    client.set_keep_alive(true);
    client.set_tcp_nodelay(true);  // or a body waits 44 ms for the headers to be acknowledged
    client.set_follow_location(false);
#if defined(CPPHTTPLIB_OPENSSL_SUPPORT) || defined(CPPHTTPLIB_SSL_ENABLED)
    if (!options.ca_file.empty()) client.set_ca_cert_path(options.ca_file.c_str());
    client.enable_server_certificate_verification(true);
#endif
    send_target_verbatim(client);
  }

  std::string origin;
  std::string request_line;
  httplib::Client client;

 private:
  template <class Client>
  void send_target_verbatim(Client& c) {
    if constexpr (requires { c.set_path_encode(false); }) {
      // These releases decode and encode the query once more, which turns %20 into + and %2F into /. The request line
      // stands in a buffer when the headers are written: the last moment to put the right one there.
      c.set_path_encode(false);
      c.set_header_writer([this](httplib::Stream& out, httplib::Headers& headers) {
        auto& written = const_cast<std::string&>(static_cast<httplib::detail::BufferStream&>(out).get_buffer());
        if (written != request_line) written = request_line;
        std::string lines;
        for (const auto& [name, value] : headers) lines.append(name).append(": ").append(value).append("\r\n");
        lines.append("\r\n");
        return out.write(lines.data(), lines.size());
      });
    } else {
      c.set_url_encode(false);
    }
  }
};

}  // namespace detail

/// Purpose: a blocking transport on cpp-httplib. Tested with 0.11.4 (compiled), 0.18.7 and 0.41.0 (header-only).
/// Example: `ghl::client api{ghl::httplib_transport{}, ghl::glaze_json{}, token};`
/// Connections: one, kept alive with TCP_NODELAY as long as calls go to the same origin.
/// Timeouts: `http::request::timeout` (30 s by default) bounds the whole exchange on releases with set_max_timeout
/// (0.41 has it). Older ones bound each wait, and the whole exchange from the end of the answer's headers on: a server that
/// sends its headers byte by byte can outlive the limit there.
/// TLS: certificate and host name are verified against the system's authorities or `httplib_options::ca_file`.
/// Redirects are returned, not followed.
/// Errors: ghl::transport_error with connect, tls, timeout, connection_lost (no answer), cut_short (a part of one) or
/// too_large; the next call opens a new connection.
/// Thread safety: one call at a time; give each thread its own transport, or share one behind a lock.
class httplib_transport {
 public:
  httplib_transport() = default;
  explicit httplib_transport(httplib_options options) : options_(std::move(options)) {}

  result<http::response> operator()(const http::request& request) {
    using clock = std::chrono::steady_clock;
    using std::chrono::milliseconds;
#if !defined(CPPHTTPLIB_OPENSSL_SUPPORT) && !defined(CPPHTTPLIB_SSL_ENABLED)
    if (request.origin.starts_with("https:"))
      return transport_error(fault::tls, sent::no, "cpp-httplib was built without TLS; see CPPHTTPLIB_OPENSSL_SUPPORT");
#endif
    const bool limited = request.timeout.count() > 0;
    const milliseconds timeout = limited ? milliseconds{request.timeout} : milliseconds{300'000};
    const auto start = clock::now();
    const auto late = [&] { return limited && clock::now() - start >= timeout; };

    if (!connection_ || connection_->origin != request.origin)
      connection_ = std::make_unique<detail::httplib_connection>(request.origin, options_);
    set_timeouts(connection_->client, timeout);

    http::response answer;
    bool answered = false;
    bool too_large = false;
    httplib::Request out = translate(request);
    start_clock(out);
    out.response_handler = [&](const httplib::Response&) {
      answered = true;
      return !late();
    };
    out.content_receiver = [&](const char* data, std::size_t size, auto, auto) {
      too_large = size > options_.response_limit - answer.body.size();
      if (too_large || late()) return false;
      answer.body.append(data, size);
      return true;
    };

    httplib::Response in;
    auto error = httplib::Error::Success;
    if (connection_->client.send(out, in, error)) {
      answer.status = in.status;
      for (const auto& [name, value] : in.headers) answer.headers.add(name, value);
      return answer;
    }
    if (too_large) return transport_error(fault::too_large, sent::yes);
    if (late()) return transport_error(fault::timeout, sent::maybe);
    const auto [what, was_sent] = detail::httplib_fault(error, answered);
    return transport_error(what, was_sent, httplib::to_string(error));
  }

 private:
  httplib::Request translate(const http::request& request) {
    httplib::Request out;
    out.method = std::string{request.method};
    out.path = request.target;
    for (const auto& [name, value] : request.headers) out.headers.emplace(name, value);
    out.body = request.body;
    std::string& line = connection_->request_line;
    line.assign(out.method).append(" ").append(request.target).append(" HTTP/1.1\r\n");
    return out;
  }

  /// Releases with set_max_timeout count from a time that their send() leaves to its caller.
  template <class Request>
  static void start_clock(Request& out) {
    if constexpr (requires { out.start_time_; }) out.start_time_ = std::chrono::steady_clock::now();
  }

  template <class Client>
  void set_timeouts(Client& client, std::chrono::milliseconds timeout) {
    const std::chrono::milliseconds connect{options_.connect_timeout};
    client.set_connection_timeout(connect.count() > 0 && connect < timeout ? connect : timeout);
    client.set_read_timeout(timeout);
    client.set_write_timeout(timeout);
    if constexpr (requires { client.set_max_timeout(timeout); }) client.set_max_timeout(timeout);
  }

  httplib_options options_;
  std::unique_ptr<detail::httplib_connection> connection_;
};

}  // namespace ghl::inline v0
