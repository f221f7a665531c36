/// TLS for ghl::httplib_transport, by OpenSSL.
#pragma once

#include <ghl/value/fault.hpp>
#include <ghl/transport/detail/httplib_bounds.hpp>
#include <ghl/transport/detail/httplib_socket.hpp>

#include <httplib.h>  // and with it OpenSSL
#if defined(CPPHTTPLIB_OPENSSL_SUPPORT)

#include <cstddef>
#include <memory>
#include <string>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// Purpose: the client's side of TLS on a socket. cpp-httplib's own has another rule for host names in each release
/// (0.11 takes any part of one), no bound for a handshake that comes byte by byte, and writes that raise SIGPIPE.
/// OpenSSL reads from and writes to memory here; what goes over the socket goes by its bounded functions.
/// Errors: failure() says timeout, cancelled, connection_lost or tls.
class httplib_tls {
 public:
  /// Trusts the authorities in that PEM file, or the system's where the name is empty.
  explicit httplib_tls(const std::string& ca_file) : context_(SSL_CTX_new(TLS_client_method())) {
    if (!context_) return;
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION);
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
    trusts_ = ca_file.empty() ? SSL_CTX_set_default_verify_paths(context_.get()) == 1
                              : SSL_CTX_load_verify_locations(context_.get(), ca_file.c_str(), nullptr) == 1;
#if defined(_WIN32) && OPENSSL_VERSION_NUMBER >= 0x30200000L
    if (ca_file.empty()) trusts_ = SSL_CTX_load_verify_store(context_.get(), "org.openssl.winstore://") == 1;
#endif
  }

  [[nodiscard]] fault failure() const { return failure_; }
  [[nodiscard]] std::string reason() const { return reason_; }
  /// Whether nothing is left that was received and not read.
  [[nodiscard]] bool is_quiet() const { return SSL_pending(session_.get()) == 0 && BIO_ctrl_pending(received_) == 0; }

  /// `host`: a name, or an address without brackets.
  bool handshake(httplib_socket& socket, const std::string& host, const httplib_bounds& bounds) {
    ERR_clear_error();
    session_.reset(context_ ? SSL_new(context_.get()) : nullptr);
    BIO* const in = BIO_new(BIO_s_mem());
    BIO* const out = BIO_new(BIO_s_mem());
    if (!session_ || in == nullptr || out == nullptr) {
      BIO_free(in);
      BIO_free(out);
      return fail(fault::tls, "OpenSSL cannot be set up");
    }
    SSL_set_bio(session_.get(), in, out);  // which owns them now
    received_ = in;
    to_be_sent_ = out;
    if (!trusts_) return fail(fault::tls, "the authorities to trust cannot be loaded");
    if (!expect(host)) return fail(fault::tls, "OpenSSL cannot check that host name");
    for (;;) {
      ERR_clear_error();
      const int done = SSL_connect(session_.get());
      const int code = SSL_get_error(session_.get(), done);
      if (!flush(socket, bounds)) return false;
      if (done == 1) return true;
      if (code != SSL_ERROR_WANT_READ) return broken();
      if (const std::ptrdiff_t n = fill(socket, bounds); n <= 0)
        return n == 0 ? fail(fault::tls, "the connection was closed in the handshake") : false;
    }
  }

  /// How many bytes; 0: the other side has ended, as TLS wants it; less: see failure().
  std::ptrdiff_t receive(httplib_socket& socket, char* to, std::size_t size, const httplib_bounds& bounds) {
    for (;;) {
      if (const fault over = bounds.over(); over != fault::none) return lost(over, {});
      ERR_clear_error();
      std::size_t n = 0;
      const int done = SSL_read_ex(session_.get(), to, size, &n);
      if (done == 1) return static_cast<std::ptrdiff_t>(n);
      const int code = SSL_get_error(session_.get(), done);
      if (code == SSL_ERROR_ZERO_RETURN) return 0;
      if (code != SSL_ERROR_WANT_READ) return broken(), -1;
      if (!flush(socket, bounds)) return -1;  // what OpenSSL answers by itself
      // An end without the end of TLS: anybody on the way may have cut the connection.
      if (const std::ptrdiff_t got = fill(socket, bounds); got <= 0)
        return got == 0 ? lost(fault::connection_lost, "the connection ended before TLS did") : -1;
    }
  }
  bool send(httplib_socket& socket, const char* from, std::size_t size, const httplib_bounds& bounds) {
    constexpr std::size_t most = 64 * 1024;  // kept in memory at a time
    while (size > 0) {
      ERR_clear_error();
      std::size_t n = 0;
      if (SSL_write_ex(session_.get(), from, size < most ? size : most, &n) != 1) return broken();
      if (!flush(socket, bounds)) return false;
      from += n;
      size -= n;
    }
    return true;
  }
  /// Tells the other side that nothing follows, if it can be told at once.
  void close(httplib_socket& socket, bool well) {
    if (session_ && well && socket.is_open()) {
      SSL_shutdown(session_.get());
      char* bytes = nullptr;
      if (const long n = BIO_ctrl(to_be_sent_, BIO_CTRL_INFO, 0, &bytes); n > 0)
        socket.send_farewell(bytes, static_cast<std::size_t>(n));
    }
    ERR_clear_error();
    session_.reset();
  }

 private:
  struct release {
    void operator()(SSL_CTX* c) const { SSL_CTX_free(c); }
    void operator()(SSL* s) const { SSL_free(s); }
  };

  bool expect(const std::string& host) {
    X509_VERIFY_PARAM* const wanted = SSL_get0_param(session_.get());
    if (X509_VERIFY_PARAM_set1_ip_asc(wanted, host.c_str()) == 1) return true;
    ERR_clear_error();
    // The common name is no host name (RFC 9110, section 4.3.4), and a star stands for one whole label.
    X509_VERIFY_PARAM_set_hostflags(wanted, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    // Server name indication is for names, not for addresses (RFC 6066, section 3). OpenSSL's macro casts in the old
    // style.
    return X509_VERIFY_PARAM_set1_host(wanted, host.c_str(), host.size()) == 1 &&
           SSL_ctrl(session_.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                    const_cast<char*>(host.c_str())) == 1;
  }
  bool flush(httplib_socket& socket, const httplib_bounds& bounds) {
    char* bytes = nullptr;
    const long n = BIO_ctrl(to_be_sent_, BIO_CTRL_INFO, 0, &bytes);
    const bool done = n <= 0 || socket.send(bytes, static_cast<std::size_t>(n), bounds);
    BIO_ctrl(to_be_sent_, BIO_CTRL_RESET, 0, nullptr);
    return done || fail(socket.failure(), socket.reason());
  }
  std::ptrdiff_t fill(httplib_socket& socket, const httplib_bounds& bounds) {
    char bytes[16 * 1024];  // a record
    const std::ptrdiff_t n = socket.receive(bytes, sizeof bytes, bounds);
    if (n < 0) fail(socket.failure(), socket.reason());
    if (n > 0 && BIO_write(received_, bytes, static_cast<int>(n)) != n) return lost(fault::other, "out of memory");
    return n;
  }

  bool broken() {
    if (const long why = SSL_get_verify_result(session_.get()); why != X509_V_OK)
      return fail(fault::tls, X509_verify_cert_error_string(why));
    const char* const text = ERR_reason_error_string(ERR_peek_error());
    return fail(fault::tls, text == nullptr ? "TLS failed" : text);
  }
  bool fail(fault what, std::string why) {
    failure_ = what;
    reason_ = std::move(why);
    return false;
  }
  std::ptrdiff_t lost(fault what, std::string why) {
    fail(what, std::move(why));
    return -1;
  }

  std::unique_ptr<SSL_CTX, release> context_;
  std::unique_ptr<SSL, release> session_;
  BIO* received_ = nullptr;  // the session's
  BIO* to_be_sent_ = nullptr;
  bool trusts_ = false;
  fault failure_ = fault::none;
  std::string reason_;
};

}}}  // namespace ghl::v0::detail
#endif
