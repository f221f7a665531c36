/// What ghl::httplib_transport is made of: a connection of cpp-httplib's, and a thread that ends its calls.
#pragma once

#include <ghl/value/http.hpp>
#include <ghl/value/stop.hpp>
#include <ghl/transport/detail/httplib_sigpipe.hpp>

#include <httplib.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace ghl { inline namespace v0 {

namespace detail {

/// A connection to one origin.
class httplib_connection {
 public:
  httplib_connection(const std::string& to, const std::string& ca_file) : origin(to), client(to) {
    client.set_keep_alive(true);
    client.set_tcp_nodelay(true);  // else the body waits 44 ms for the headers' ACK
    client.set_follow_location(false);
    client.set_socket_options([this](auto socket) { opened(socket); });
#if defined(CPPHTTPLIB_OPENSSL_SUPPORT) || defined(CPPHTTPLIB_SSL_ENABLED)
    if (!ca_file.empty()) client.set_ca_cert_path(ca_file.c_str());
    client.enable_server_certificate_verification(true);
#else
    static_cast<void>(ca_file);
#endif
    send_verbatim(client);
  }
  httplib_connection(const httplib_connection&) = delete;
  httplib_connection& operator=(const httplib_connection&) = delete;
  ~httplib_connection() { close(); }

  /// Before each attempt. A kept connection with something to read was closed by the server, or holds bytes that the
  /// next call would take for its answer: it is closed here.
  void begin(const http::request& r) {
    request = &r;
    writes = 0;
    reused = true;
#if !defined(_WIN32)
    char byte = 0;
    if (socket_ >= 0 && (::recv(socket_, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0 || errno != EAGAIN)) close();
#endif
  }
  /// After an attempt that failed, and at the end. Over TLS, httplib writes a farewell.
  void close() {
    const httplib_sigpipe_block no_sigpipe;
    client.stop();
    watch(-1);
  }
  /// From another thread: the call that is under way fails.
  void interrupt() {
#if defined(_WIN32)
    client.stop();
#else
    const std::lock_guard<std::mutex> lock{mutex_};
    if (socket_ >= 0) ::shutdown(socket_, SHUT_RDWR);
#endif
  }

  /// Whether a request may be sent again when the connection was lost. httplib reports an answer that broke off in its
  /// headers like no answer at all, so a DELETE is not repeated here.
  static bool repeatable(method m) { return m == method::get; }

  /// The headers in httplib's container. Most calls of a client have the same ones, so they are made once, and the
  /// memory of the previous call is reused: httplib's container takes two or more allocations for each line.
  httplib::Headers headers_of(const http::headers& from) {
    if (from.block() != block_) {
      headers_.clear();
      for (const auto [name, value] : from) headers_.emplace(name, value);
      block_ = from.block();
    }
    spare_ = headers_;
    return std::move(spare_);
  }
  void take_back(httplib::Headers&& used) { spare_ = std::move(used); }

  std::string origin;
  httplib::Client client;
  const http::request* request = nullptr;
  int writes = 0;       ///< how often httplib has sent the request in this attempt
  bool reused = false;  ///< the connection had served a call before

 private:
  /// httplib holds a lock while it connects, so stop() would wait for it. A duplicate of the socket's descriptor, which
  /// only this class closes, can be shut down at any time.
  template <class Socket>
  void opened(Socket socket) {
    reused = false;
    unsignalled(socket);
#if defined(_WIN32)
    static_cast<void>(socket);
#else
    watch(::fcntl(socket, F_DUPFD_CLOEXEC, 0));
#endif
  }
  void watch(int socket) {
    const std::lock_guard<std::mutex> lock{mutex_};
#if !defined(_WIN32)
    if (socket_ >= 0) ::close(socket_);
#endif
    socket_ = socket;
  }

  template <class Client>
  void send_verbatim(Client& c) {
    if constexpr (requires { c.set_path_encode(false); }) {
      // These releases decode and re-encode the query, which turns %20 into + and %2F into /; they reorder repeated
      // headers and add others. When the headers are written, the request line is still in a buffer: it is replaced
      // here, together with the headers.
      c.set_path_encode(false);
      c.set_header_writer([this](httplib::Stream& out, httplib::Headers& headers) {
        using count = decltype(out.write("", 0));
        // Over TLS, httplib repeats a request by itself when the server has closed the connection; the server may have
        // acted on it already.
        if (++writes > 1 && !repeatable(request->method)) return count{-1};
        auto& written = const_cast<std::string&>(static_cast<httplib::detail::BufferStream&>(out).get_buffer());
        written.clear();
        written.reserve(request->url.size() + request->headers.block().size() + 128);
        written.append(request->method).append(" ").append(request->target()).append(" HTTP/1.1\r\n");
        for (const char* own : {"Host", "Connection", "Content-Length"})
          if (const auto at = headers.find(own); at != headers.end() && !request->headers.contains(own))
            written.append(own).append(": ").append(at->second).append("\r\n");
        written.append(request->headers.block()).append("\r\n");
        return static_cast<count>(written.size());
      });
    } else {
      c.set_url_encode(false);
    }
  }

  std::string block_;  // the headers that headers_ was made from
  httplib::Headers headers_;
  httplib::Headers spare_;
  int socket_ = -1;
  std::mutex mutex_;
};

/// A thread that ends a call when a stop is requested or its time is over.
template <class Stop>
class httplib_watcher {
 public:
  /// `cut` is set if the connection was shut down. Read it after this object has been destroyed.
  template <class Late>
  httplib_watcher(httplib_connection& connection, const Stop& stop, Late late, bool& cut)
      : thread_([this, &connection, &stop, late, &cut] {
          std::unique_lock<std::mutex> lock{mutex_};
          while (!ended_.wait_for(lock, std::chrono::milliseconds{10}, [this] { return done_; })) {
            if (!stop.stop_requested() && !late()) continue;
            cut = true;
            connection.interrupt();
          }
        }) {}
  httplib_watcher(const httplib_watcher&) = delete;
  httplib_watcher& operator=(const httplib_watcher&) = delete;
  ~httplib_watcher() {
    {
      const std::lock_guard<std::mutex> lock{mutex_};
      done_ = true;
    }
    ended_.notify_one();
    thread_.join();
  }

 private:
  std::mutex mutex_;
  std::condition_variable ended_;
  bool done_ = false;
  std::thread thread_;
};

}  // namespace detail

}}  // namespace ghl::v0
