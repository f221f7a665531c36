/// What cpp-httplib writes a request to and reads its answer from.
#pragma once

#include <ghl/value/fault.hpp>
#include <ghl/value/url.hpp>
#include <ghl/transport/detail/httplib_bounds.hpp>
#include <ghl/transport/detail/httplib_head.hpp>
#include <ghl/transport/detail/httplib_socket.hpp>
#include <ghl/transport/detail/httplib_stream_base.hpp>
#include <ghl/transport/detail/httplib_tls.hpp>

#include <httplib.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// Purpose: a connection to one origin, plain or secure, whose every wait is bounded, and which counts what comes.
/// Limits: what is no body (status line, headers, interim answers; then chunk extensions and trailers) may take
/// most_beside bytes, before the body and between two parts of it.
/// Errors: after one, failure() says what went wrong, unless cpp-httplib did not understand what came.
class httplib_stream final : public httplib_stream_that_ages<httplib::Stream> {
 public:
  static constexpr std::size_t most_beside = 256 * 1024;

  httplib_stream(const url_parts& to, const std::string& ca_file)
      : origin(to.origin), host_(to.address()), port_(to.port) {
#if defined(CPPHTTPLIB_OPENSSL_SUPPORT)
    if (to.secure) tls_ = std::make_unique<httplib_tls>(ca_file);
#else
    static_cast<void>(ca_file);
#endif
  }
  httplib_stream(const httplib_stream&) = delete;
  httplib_stream& operator=(const httplib_stream&) = delete;
  ~httplib_stream() override { close(); }

  const std::string origin;

  /// Before each attempt. A kept connection with something to read was closed by the server, or holds bytes that the
  /// next call would take for its answer: it is not used. `head` goes before the body, of so many bytes, in place of
  /// the head that cpp-httplib writes, which re-encodes the target and orders the headers anew.
  void begin(const httplib_bounds& bounds, std::string_view head, std::size_t body) {
    if (!usable_ || !is_quiet()) close();
    usable_ = false;  // until the attempt has ended well
    bounds_ = &bounds;
    request_head_ = head;
    body_left_ = body;
    reused_ = socket_.is_open();
    ended_ = sent_ = answered_ = unwritten_ = false;
    failure_ = fault::none;
    reason_.clear();
    first_ = last_ = for_library_read_ = beside_ = 0;
    for_library_.clear();
    head_.clear();
    headers_.clear();
  }
  /// Opens a connection where none is open; false: see failure().
  bool open(milliseconds connect_timeout) {
    if (socket_.is_open()) return true;
    const auto limit = (std::min)(bounds_->end(), httplib_bounds::after(connect_timeout));
    if (!socket_.connect(host_, port_, *bounds_, limit)) return fail(socket_.failure(), socket_.reason());
#if defined(CPPHTTPLIB_OPENSSL_SUPPORT)
    if (tls_ && !tls_->handshake(socket_, host_, *bounds_)) {
      const fault what = tls_->failure();  // a server that hangs up in the handshake is one without TLS
      return fail(what == fault::connection_lost ? fault::tls : what, tls_->reason());
    }
#endif
    return true;
  }
  /// The answer has come whole.
  void end() { usable_ = head_.keeps() && !ended_ && !unwritten_ && first_ == last_; }
  void close() {
#if defined(CPPHTTPLIB_OPENSSL_SUPPORT)
    if (tls_) tls_->close(socket_, failure_ == fault::none && !ended_);
#endif
    socket_.close();
    usable_ = false;
  }

  /// A part of the body has come.
  void progress() { beside_ = 0; }

  [[nodiscard]] fault failure() const { return failure_; }
  [[nodiscard]] const std::string& reason() const { return reason_; }
  [[nodiscard]] bool reused() const { return reused_; }      ///< the connection had served a call before
  [[nodiscard]] bool wrote() const { return sent_; }         ///< any byte of the request
  [[nodiscard]] bool answered() const { return answered_; }  ///< any byte of an answer came
  [[nodiscard]] bool ended() const { return ended_; }
  [[nodiscard]] const httplib_head& head() const { return head_; }
  [[nodiscard]] http::headers&& take_headers() { return std::move(headers_); }

 private:
  ssize_t read(char* to, std::size_t size) override {
    if (for_library_.empty() && !read_head()) return -1;
    if (for_library_read_ < for_library_.size()) {
      const std::size_t n = for_library_.copy(to, size, for_library_read_);
      for_library_read_ += n;
      return static_cast<ssize_t>(n);
    }
    if (first_ == last_) {
      if (size >= buffer_size) return count(receive(to, size));  // saves a copy
      if (!fill()) return ended_ && failure_ == fault::none ? 0 : -1;
    }
    const std::size_t n = (std::min)(size, last_ - first_);
    std::memcpy(to, buffer_.get() + first_, n);
    first_ += n;
    return count(static_cast<std::ptrdiff_t>(n));
  }
  ssize_t write(const char* from, std::size_t size) override {
    if (sent_ && size > body_left_) return fail(fault::other, "cpp-httplib writes more than the body"), -1;
    const std::string_view bytes = sent_ ? std::string_view{from, size} : request_head_;
    if (sent_) body_left_ -= size;
    sent_ = true;
    if (unwritten_ || put(bytes.data(), bytes.size())) return static_cast<ssize_t>(size);
    if (failure_ != fault::connection_lost) return -1;
    // A server that refuses a long body may answer before it closes the connection: that answer is tried to be read.
    unwritten_ = true;
    failure_ = fault::none;
    return static_cast<ssize_t>(size);
  }
  socket_t socket() const override { return socket_.get(); }

  [[nodiscard]] bool is_quiet() const {
#if defined(CPPHTTPLIB_OPENSSL_SUPPORT)
    if (tls_ && !tls_->is_quiet()) return false;
#endif
    return socket_.is_quiet();
  }

  bool read_head() {
    for (std::size_t size = 0;;) {
      if (first_ == last_ && !fill()) {
        if (failure_ != fault::none) return false;
        return fail(fault::connection_lost, "the server closed the connection");
      }
      const char* const at = buffer_.get() + first_;
      const auto* const line_end = static_cast<const char*>(std::memchr(at, '\n', last_ - first_));
      const std::size_t n = line_end == nullptr ? last_ - first_ : static_cast<std::size_t>(line_end - at) + 1;
      first_ += n;
      size += n;
      if (size > most_beside) return fail(fault::too_large, "status line and headers without end");
      switch (head_.add({at, n})) {
        case httplib_head::state::more: break;
        case httplib_head::state::not_http: return fail(fault::other, "the answer is no HTTP/1.1");
        case httplib_head::state::whole:
          head_.take(headers_, for_library_);
          return head_.defect().empty() || fail(fault::other, std::string{head_.defect()});
      }
    }
  }

  ssize_t count(std::ptrdiff_t n) {
    if (n <= 0) return static_cast<ssize_t>(n);
    beside_ += static_cast<std::size_t>(n);
    if (beside_ <= most_beside) return static_cast<ssize_t>(n);
    fail(fault::too_large, "trailers or a chunk extension without end");
    return -1;
  }

  bool fill() {
    if (!buffer_) buffer_ = std::make_unique<char[]>(buffer_size);
    const std::ptrdiff_t n = receive(buffer_.get(), buffer_size);
    first_ = 0;
    last_ = n > 0 ? static_cast<std::size_t>(n) : 0;
    return n > 0;
  }
  std::ptrdiff_t receive(char* to, std::size_t size) {
    std::ptrdiff_t n = 0;
#if defined(CPPHTTPLIB_OPENSSL_SUPPORT)
    if (tls_) {
      n = tls_->receive(socket_, to, size, *bounds_);
      if (n < 0) fail(tls_->failure(), tls_->reason());
    } else
#endif
    {
      n = socket_.receive(to, size, *bounds_);
      if (n < 0) fail(socket_.failure(), socket_.reason());
    }
    ended_ = ended_ || n == 0;
    answered_ = answered_ || n > 0;
    return n;
  }
  bool put(const char* from, std::size_t size) {
#if defined(CPPHTTPLIB_OPENSSL_SUPPORT)
    if (tls_) return tls_->send(socket_, from, size, *bounds_) || fail(tls_->failure(), tls_->reason());
#endif
    return socket_.send(from, size, *bounds_) || fail(socket_.failure(), socket_.reason());
  }
  bool fail(fault what, std::string why) {
    failure_ = what;
    reason_ = std::move(why);
    return false;
  }

  static constexpr std::size_t buffer_size = 16 * 1024;

  const std::string host_;
  const std::uint16_t port_;
  httplib_socket socket_;
#if defined(CPPHTTPLIB_OPENSSL_SUPPORT)
  std::unique_ptr<httplib_tls> tls_;
#endif
  const httplib_bounds* bounds_ = nullptr;  // of the attempt that is under way
  std::string_view request_head_;
  std::size_t body_left_ = 0;
  std::unique_ptr<char[]> buffer_;
  std::size_t first_ = 0;
  std::size_t last_ = 0;
  httplib_head head_;
  http::headers headers_;
  std::string for_library_;  // the head that it is given
  std::size_t for_library_read_ = 0;
  std::size_t beside_ = 0;  // read since the body has last grown
  bool usable_ = false;
  bool reused_ = false;
  bool sent_ = false;
  bool answered_ = false;
  bool unwritten_ = false;
  bool ended_ = false;
  fault failure_ = fault::none;
  std::string reason_;
};

}}}  // namespace ghl::v0::detail
