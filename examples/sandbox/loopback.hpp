/// A server on loopback that deals in bytes: it gives each connection a thread, reads whole requests as they came over
/// the wire, and sends, waits, closes and resets as it is told. POSIX sockets, since an HTTP library would hide what a
/// test of another HTTP library has to see and to produce.
#pragma once

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace ghl_sandbox {

/// A request as its bytes came. The views point into `bytes`.
struct wire_request {
  std::string bytes;
  std::size_t head_size = 0;  ///< with the empty line

  [[nodiscard]] std::string_view head() const { return std::string_view{bytes}.substr(0, head_size); }
  [[nodiscard]] std::string_view target() const {
    const std::string_view all = bytes;
    const std::size_t from = all.find(' ') + 1;
    return all.substr(from, all.find(' ', from) - from);
  }
  /// The value of the first header of that name, without the blanks around it; empty where there is none.
  [[nodiscard]] std::string_view header(std::string_view name) const {
    const auto same = [](char a, char b) {
      return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
    };
    std::string_view rest = head();
    for (std::size_t end = rest.find("\r\n"); end != std::string_view::npos; end = rest.find("\r\n")) {
      std::string_view line = rest.substr(0, end);
      rest.remove_prefix(end + 2);
      if (line.size() <= name.size() || line[name.size()] != ':') continue;
      if (!std::equal(name.begin(), name.end(), line.begin(), same)) continue;
      line.remove_prefix(name.size() + 1);
      while (line.starts_with(' ')) line.remove_prefix(1);
      while (line.ends_with(' ')) line.remove_suffix(1);
      return line;
    }
    return {};
  }
};

/// One accepted connection. Its thread calls what it likes; interrupt() may come from another one.
class peer {
 public:
  peer(int fd, int number) : fd_(fd), number_(number) {}
  peer(const peer&) = delete;
  peer& operator=(const peer&) = delete;
  ~peer() { close(); }

  /// The how-manieth connection of its server this is, from 1.
  [[nodiscard]] int number() const { return number_; }

  /// For what goes on above the socket, such as TLS; still closed by this object.
  [[nodiscard]] int fd() const { return fd_; }

  /// A whole request with its body; false where the client closed before the end of it.
  bool receive(wire_request& into) {
    into.bytes = std::exchange(rest_, {});
    std::size_t head = std::string::npos;
    while ((head = into.bytes.find("\r\n\r\n")) == std::string::npos)
      if (!more(into.bytes)) return false;
    into.head_size = head + 4;
    if (into.header("Expect") == "100-continue" && !send("HTTP/1.1 100 Continue\r\n\r\n")) return false;

    std::size_t end = into.head_size;
    if (const std::string_view digits = into.header("Content-Length"); !digits.empty()) {
      std::size_t length = 0;
      std::from_chars(digits.data(), digits.data() + digits.size(), length);
      end += length;
      while (into.bytes.size() < end)
        if (!more(into.bytes)) return false;
    } else if (!into.header("Transfer-Encoding").empty()) {
      while ((end = into.bytes.find("0\r\n\r\n", into.head_size)) == std::string::npos)
        if (!more(into.bytes)) return false;
      end += 5;
    }
    rest_ = into.bytes.substr(end);
    into.bytes.resize(end);
    return true;
  }

  /// The first byte of what receive() will give, which is left there; NUL where the client closed.
  char next_byte() {
    char byte = '\0';
    if (!rest_.empty()) return rest_.front();
    return ::recv(fd_, &byte, 1, MSG_PEEK) == 1 ? byte : '\0';
  }

  /// False where the client is gone.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }
  /// A byte, a pause, a byte, a pause …
  bool drip(std::string_view bytes, std::chrono::milliseconds pause) {
    for (const char& byte : bytes)
      if (!send({&byte, 1}) || !wait(pause)) return false;
    return true;
  }
  /// Does nothing for so long; false as soon as the client is gone or the server stops. What the client sends meanwhile
  /// is kept for receive(): unread, it would hide the end of the connection.
  bool wait(std::chrono::milliseconds span) {
    const auto end = std::chrono::steady_clock::now() + span;
    for (;;) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
      pollfd watch{fd_, POLLIN, 0};
      if (left <= 0 || ::poll(&watch, 1, static_cast<int>(left)) == 0) return true;
      if (!more(rest_)) return false;
    }
  }
  /// Does nothing until the client is gone.
  void stall() {
    while (wait(std::chrono::milliseconds{1000})) {
    }
  }
  void close() {
    const std::lock_guard lock{mutex_};
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }
  /// Closes with a RST, and throws away what was not sent yet.
  void reset() {
    const linger hard{1, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    close();
  }
  /// Ends whatever its thread is waiting for.
  void interrupt() {
    const std::lock_guard lock{mutex_};
    if (fd_ >= 0) ::shutdown(fd_, SHUT_RDWR);
  }

 private:
  bool more(std::string& bytes) const {
    char buffer[16384];
    const auto n = ::recv(fd_, buffer, sizeof buffer, 0);
    if (n <= 0) return false;
    bytes.append(buffer, static_cast<std::size_t>(n));
    return true;
  }

  int fd_;
  int number_;
  std::string rest_;
  std::mutex mutex_;
};

/// A socket bound to a free port of 127.0.0.1 or ::1, which nobody else gets while it lives.
class loopback_socket {
 public:
  /// `backlog`: how many connections wait to be accepted; negative: the socket does not listen, and refuses them.
  loopback_socket(int family, int backlog, int port = 0) : fd_(::socket(family, SOCK_STREAM, 0)) {
    union {
      sockaddr any;
      sockaddr_in v4;
      sockaddr_in6 v6;
    } address{};
    socklen_t size = family == AF_INET ? sizeof address.v4 : sizeof address.v6;
    if (family == AF_INET) {
      address.v4.sin_family = AF_INET;
      address.v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
      address.v4.sin_port = htons(static_cast<std::uint16_t>(port));
    } else {
      address.v6.sin6_family = AF_INET6;
      address.v6.sin6_addr.s6_addr[15] = 1;
      address.v6.sin6_port = htons(static_cast<std::uint16_t>(port));
    }
    const int yes = 1;
    if (fd_ >= 0 && port != 0) ::setsockopt(fd_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (fd_ < 0 || ::bind(fd_, &address.any, size) != 0 || (backlog >= 0 && ::listen(fd_, backlog) != 0) ||
        ::getsockname(fd_, &address.any, &size) != 0)
      return;
    port_ = ntohs(family == AF_INET ? address.v4.sin_port : address.v6.sin6_port);
    origin_ = (family == AF_INET ? "http://127.0.0.1:" : "http://[::1]:") + std::to_string(port_);
  }
  loopback_socket(const loopback_socket&) = delete;
  loopback_socket& operator=(const loopback_socket&) = delete;
  ~loopback_socket() {
    if (fd_ >= 0) ::close(fd_);
  }

  [[nodiscard]] int fd() const { return fd_; }
  [[nodiscard]] int port() const { return port_; }                     ///< 0: the socket could not be had
  [[nodiscard]] const std::string& origin() const { return origin_; }  ///< "http://127.0.0.1:40123"

  static void set_blocking(int fd, bool blocking) {
    const int flags = ::fcntl(fd, F_GETFL);
    ::fcntl(fd, F_SETFL, blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK);
  }
  /// Starts a connection to that port of 127.0.0.1 without waiting for it. The descriptor is the caller's.
  static int knock(int port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    set_blocking(fd, false);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    static_cast<void>(::connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to));
    return fd;
  }

 private:
  int fd_;
  int port_ = 0;
  std::string origin_;
};

/// Purpose: accepts on 127.0.0.1 and, where the machine has it, on ::1, and serves each connection in a thread.
/// Errors: the constructor throws std::runtime_error where the port cannot be had.
/// Lifetime: the destructor ends all connections, whatever they wait for, and returns when all threads have ended.
class loopback_server {
 public:
  explicit loopback_server(std::function<void(peer&)> serve, int port = 0)
      : serve_(std::move(serve)), v4_(AF_INET, 64, port), v6_(AF_INET6, 64) {
    if (v4_.port() == 0) throw std::runtime_error("127.0.0.1:" + std::to_string(port) + " cannot be had");
    if (::pipe(wake_) != 0) throw std::runtime_error("no pipe to be had");
    for (const loopback_socket* s : {&v4_, &v6_})  // a connection that vanishes again must not leave accept waiting
      if (s->port() != 0) loopback_socket::set_blocking(s->fd(), false);
    thread_ = std::thread{[this] { accept_all(); }};
  }
  loopback_server(const loopback_server&) = delete;
  loopback_server& operator=(const loopback_server&) = delete;
  ~loopback_server() {
    static_cast<void>(!::write(wake_[1], "!", 1));
    thread_.join();
    for (connection& c : connections_) c.link.interrupt();
    connections_.clear();
    for (const int fd : wake_) ::close(fd);
  }

  [[nodiscard]] int port() const { return v4_.port(); }
  [[nodiscard]] const std::string& origin() const { return v4_.origin(); }
  [[nodiscard]] const std::string& origin_v6() const { return v6_.origin(); }  ///< empty where there is no IPv6

 private:
  struct connection {
    template <class Serve>
    connection(int fd, int number, Serve& serve)
        : link(fd, number), thread{[this, &serve] {
            serve(link);
            link.close();
            done = true;
          }} {}
    ~connection() { thread.join(); }
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    peer link;
    std::atomic<bool> done{false};
    std::thread thread;
  };

  void accept_all() {
    for (int number = 1;;) {
      // poll ignores a negative descriptor, which is what a machine without IPv6 has in the middle.
      pollfd watch[] = {{v4_.fd(), POLLIN, 0}, {v6_.port() == 0 ? -1 : v6_.fd(), POLLIN, 0}, {wake_[0], POLLIN, 0}};
      if (::poll(watch, 3, -1) < 0) continue;
      if (watch[2].revents != 0) return;
      connections_.remove_if([](const connection& c) { return c.done.load(); });
      for (const pollfd& listener : {watch[0], watch[1]}) {
        if ((listener.revents & POLLIN) == 0) continue;
        const int fd = ::accept(listener.fd, nullptr, nullptr);
        if (fd < 0) continue;
        loopback_socket::set_blocking(fd, true);
        const int yes = 1;  // what is sent in pieces arrives in pieces
        ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        connections_.emplace_back(fd, number++, serve_);
      }
    }
  }

  std::function<void(peer&)> serve_;
  loopback_socket v4_;
  loopback_socket v6_;
  int wake_[2] = {-1, -1};
  std::list<connection> connections_;
  std::thread thread_;
};

}  // namespace ghl_sandbox
