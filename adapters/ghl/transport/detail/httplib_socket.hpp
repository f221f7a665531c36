/// A TCP connection whose every wait is bounded.
#pragma once

#include <ghl/value/fault.hpp>
#include <ghl/transport/detail/httplib_bounds.hpp>

#include <httplib.h>  // and with it the sockets of the system
#if !defined(_WIN32)
#include <poll.h>
#endif

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// Purpose: a socket that does not block. cpp-httplib's own stays in a read, a write or a connect for as long as each
/// of them is allowed by itself, whatever the sum; here the end of the call bounds them all.
/// Errors: a function that fails leaves its reason in failure().
class httplib_socket {
 public:
  using clock = httplib_bounds::clock;

  httplib_socket() = default;
  httplib_socket(const httplib_socket&) = delete;
  httplib_socket& operator=(const httplib_socket&) = delete;
  ~httplib_socket() { close(); }

  [[nodiscard]] bool is_open() const { return fd_ != none; }
  [[nodiscard]] socket_t get() const { return fd_; }
  /// connect, timeout, cancelled or connection_lost.
  [[nodiscard]] fault failure() const { return failure_; }
  [[nodiscard]] std::string reason() const { return reason_; }

  /// The time until `limit` is divided among the addresses of the host: one that never answers must not use up the time
  /// of the others. The lookup of a name is the system's, and cannot be interrupted.
  bool connect(const std::string& host, std::uint16_t port, const httplib_bounds& bounds, clock::time_point limit) {
    close();
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (const int code = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found); code != 0)
      return fail(fault::connect, gai_strerror(code));
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> all{found, ::freeaddrinfo};
    int left = 0;
    for (const addrinfo* at = found; at != nullptr; at = at->ai_next) ++left;
    fail(fault::connect, "the host has no address");
    for (const addrinfo* at = found; at != nullptr; at = at->ai_next, --left) {
      clock::time_point end = limit;
      if (limit != httplib_bounds::never()) end = clock::now() + (limit - clock::now()) / left;
      if (connect_to(*at, bounds, end)) return true;
      close();
      if (bounds.over() != fault::none) break;
    }
    return false;
  }

  /// How many bytes; 0: the other side has ended; less: see failure().
  std::ptrdiff_t receive(char* to, std::size_t size, const httplib_bounds& bounds) {
    for (;;) {
      if (!wait(POLLIN, bounds, bounds.end())) return -1;
      const auto n = ::recv(fd_, to, amount(size), 0);
      if (n >= 0) return static_cast<std::ptrdiff_t>(n);
      if (!may_try_again()) return lost();
    }
  }
  bool send(const char* from, std::size_t size, const httplib_bounds& bounds) {
    while (size > 0) {
      const auto n = ::send(fd_, from, amount(size), unsignalled);
      if (n < 0) {
        if (!may_try_again()) return lost() >= 0;
        if (!wait(POLLOUT, bounds, bounds.end())) return false;
        continue;
      }
      from += n;
      size -= static_cast<std::size_t>(n);
      // A server that takes byte after byte must not outlive the timeout.
      if (size > 0)
        if (const fault over = bounds.over(); over != fault::none) return fail(over, {});
    }
    return true;
  }
  /// As much as goes at once, whoever reads it.
  void send_farewell(const char* from, std::size_t size) {
    if (is_open()) static_cast<void>(::send(fd_, from, amount(size), unsignalled));
  }
  /// Whether there is nothing to read, not even the end.
  [[nodiscard]] bool is_quiet() const {
    pollfd watched{fd_, POLLIN, 0};
    return poll_one(watched, 0) == 0;
  }
  void close() {
    if (!is_open()) return;
#if defined(_WIN32)
    ::closesocket(fd_);
#else
    ::close(fd_);
#endif
    fd_ = none;
  }

 private:
  static constexpr socket_t none = INVALID_SOCKET;
  // Writing to a connection that is gone must not raise SIGPIPE, whose default is to end the process.
#if defined(MSG_NOSIGNAL)
  static constexpr int unsignalled = MSG_NOSIGNAL;
#else
  static constexpr int unsignalled = 0;
#endif

  bool connect_to(const addrinfo& to, const httplib_bounds& bounds, clock::time_point end) {
    fd_ = ::socket(to.ai_family, to.ai_socktype, to.ai_protocol);
    if (!is_open() || !set_up()) return fail(fault::connect, last_error());
    if (::connect(fd_, to.ai_addr, static_cast<socklen_t>(to.ai_addrlen)) == 0) return true;
    if (!may_try_again()) return fail(fault::connect, last_error());
    if (!wait(POLLOUT, bounds, end)) {
      if (failure_ == fault::timeout) reason_ = "no connection within the connect timeout";
      return false;
    }
    int code = 0;
    socklen_t size = sizeof code;
    // Winsock takes a pointer to char.
    if (::getsockopt(fd_, SOL_SOCKET, SO_ERROR, reinterpret_cast<char*>(&code), &size) != 0) code = errno;
    return code == 0 || fail(fault::connect, std::system_category().message(code));
  }
  bool set_up() {
    const int yes = 1;
    const auto* const value = reinterpret_cast<const char*>(&yes);
    ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, value, sizeof yes);  // else the body waits 44 ms for the headers' ACK
#if defined(SO_NOSIGPIPE)
    ::setsockopt(fd_, SOL_SOCKET, SO_NOSIGPIPE, value, sizeof yes);
#endif
#if defined(_WIN32)
    u_long on = 1;
    return ::ioctlsocket(fd_, FIONBIO, &on) == 0;
#else
    ::fcntl(fd_, F_SETFD, FD_CLOEXEC);
    return ::fcntl(fd_, F_SETFL, ::fcntl(fd_, F_GETFL, 0) | O_NONBLOCK) == 0;
#endif
  }

  bool wait(short events, const httplib_bounds& bounds, clock::time_point end) {
    for (;;) {
      if (const fault over = bounds.over(end); over != fault::none) return fail(over, {});
      pollfd watched{fd_, events, 0};
      const int n = poll_one(watched, bounds.longest_wait(end));
      if (n > 0) return true;
      if (n < 0 && !may_try_again()) return lost() >= 0;
    }
  }

#if defined(_WIN32)
  static int poll_one(pollfd& watched, int milliseconds) { return ::WSAPoll(&watched, 1, milliseconds); }
  static int amount(std::size_t size) { return static_cast<int>(size < 65'536 ? size : 65'536); }
  static bool may_try_again() {
    const int code = ::WSAGetLastError();
    return code == WSAEWOULDBLOCK || code == WSAEINTR || code == WSAEINPROGRESS;
  }
  static std::string last_error() { return std::system_category().message(::WSAGetLastError()); }
#else
  static int poll_one(pollfd& watched, int milliseconds) { return ::poll(&watched, 1, milliseconds); }
  static std::size_t amount(std::size_t size) { return size; }
  static bool may_try_again() {
    const int code = errno;
    return code == EAGAIN || code == EINTR || code == EINPROGRESS;
  }
  static std::string last_error() { return std::system_category().message(errno); }
#endif

  bool fail(fault what, std::string why) {
    failure_ = what;
    reason_ = std::move(why);
    return false;
  }
  std::ptrdiff_t lost() {
    fail(fault::connection_lost, last_error());
    return -1;
  }

  socket_t fd_ = none;
  fault failure_ = fault::none;
  std::string reason_;
};

}}}  // namespace ghl::v0::detail
