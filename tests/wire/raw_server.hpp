/// A server on loopback that keeps the bytes it gets and answers with the bytes it is told to: the tests' view of the
/// wire. POSIX sockets, since an HTTP library would hide what is to be seen.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

/// One accepted connection, inside a script.
class raw_connection {
 public:
  explicit raw_connection(int fd) : fd_(fd) {}
  raw_connection(const raw_connection&) = delete;
  raw_connection& operator=(const raw_connection&) = delete;
  ~raw_connection() { close(); }

  /// A whole request with its body, or what came before the client closed.
  std::string receive() {
    std::string bytes = std::exchange(rest_, {});
    for (;;) {
      const std::size_t head = bytes.find("\r\n\r\n");
      if (head != std::string::npos) {
        const std::size_t length = body_length(std::string_view{bytes}.substr(0, head + 2));
        if (bytes.size() >= head + 4 + length) {
          rest_ = bytes.substr(head + 4 + length);
          bytes.resize(head + 4 + length);
          return bytes;
        }
      }
      char buffer[4096];
      const auto n = ::recv(fd_, buffer, sizeof buffer, 0);
      if (n <= 0) return bytes;
      bytes.append(buffer, static_cast<std::size_t>(n));
    }
  }
  /// False: the client has gone.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }
  /// Waits until the client goes away.
  void stall() {
    char byte = 0;
    while (::recv(fd_, &byte, 1, 0) > 0) {
    }
  }
  /// Closes with a RST.
  void reset() {
    const linger hard{1, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    close();
  }
  void close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }

 private:
  static std::size_t body_length(std::string_view head) {
    constexpr std::string_view name = "\r\nContent-Length: ";
    const std::size_t at = head.find(name);
    return at == std::string_view::npos ? 0 : std::stoul(std::string{head.substr(at + name.size(), 12)});
  }
  int fd_;
  std::string rest_;
};

/// Runs `script` for each connection, one after the other, in a thread of its own, on a free port.
class raw_server {
 public:
  using script = std::function<void(raw_connection&, raw_server&)>;

  explicit raw_server(script run) : listener_(::socket(AF_INET, SOCK_STREAM, 0)), run_(std::move(run)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (listener_ < 0 || ::bind(listener_, any, size) != 0 || ::listen(listener_, 16) != 0 ||
        ::getsockname(listener_, any, &size) != 0)
      throw std::runtime_error("no loopback socket to be had");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread{[this] {
      for (;;) {
        const int fd = ::accept(listener_, nullptr, nullptr);
        if (fd < 0 || stop_) {
          if (fd >= 0) ::close(fd);
          return;
        }
        ++connections_;
        raw_connection connection{fd};
        run_(connection, *this);
      }
    }};
  }
  raw_server(const raw_server&) = delete;
  raw_server& operator=(const raw_server&) = delete;
  ~raw_server() {
    stop_ = true;
    sockaddr_in self{};  // a last connection wakes accept on every system, which shutdown does not
    self.sin_family = AF_INET;
    self.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    self.sin_port = htons(static_cast<std::uint16_t>(port_));
    const int knock = ::socket(AF_INET, SOCK_STREAM, 0);
    ::connect(knock, reinterpret_cast<const sockaddr*>(&self), sizeof self);
    thread_.join();
    ::close(knock);
    ::close(listener_);
  }

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  [[nodiscard]] int connections() const { return connections_; }

  void keep(std::string request) {
    const std::lock_guard lock{mutex_};
    requests_.push_back(std::move(request));
  }
  [[nodiscard]] std::vector<std::string> requests() const {
    const std::lock_guard lock{mutex_};
    return requests_;
  }

 private:
  int listener_;
  int port_ = 0;
  script run_;
  std::atomic<bool> stop_{false};
  std::atomic<int> connections_{0};
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::thread thread_;
};

/// An answer with its Content-Length.
inline std::string http_answer(std::string_view status_line, std::string_view body,
                               std::string_view headers = "Content-Type: application/json\r\n") {
  std::string out = "HTTP/1.1 ";
  out.append(status_line).append("\r\n").append(headers);
  out.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n\r\n").append(body);
  return out;
}

/// A server that keeps every request and gives the same answer to each, on connections that stay open.
inline raw_server::script always(std::string answer) {
  return [answer = std::move(answer)](raw_connection& c, raw_server& s) {
    for (;;) {
      std::string request = c.receive();
      if (request.empty()) return;
      s.keep(std::move(request));
      c.send(answer);
    }
  };
}
