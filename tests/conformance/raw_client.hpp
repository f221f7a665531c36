/// A blocking transport of a few sockets calls that does all that the transport suite asks for, and that can be told
/// to do some of it wrong: what the suite's own tests break.
#pragma once

#include <ghl/value/fault.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/stop.hpp>

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

/// What a raw_client does wrong.
struct mistakes {
  bool takes_interim_answers = false;  ///< 1xx other than 100 …
  bool takes_continue = false;         ///< … and 100 pass as the answer
  bool trusts_kept_connections = false;  ///< sends without a look whether the connection is still good, and only once
  bool sends_anything_again = false;     ///< a POST too
  bool forgets_connections = false;      ///< a new one for each call
  bool counts_each_wait = false;         ///< the timeout starts again with each byte; 2 s in all
  bool speaks_plain_to_https = false;    ///< as if there were no difference between the origins
  bool keeps_plain_for_https = false;    ///< only over a connection that was kept from plain http
  int stop_every = 10;                   ///< ms between two looks at the stop token
  bool starts_anyway = false;            ///< never looks at it
};

class raw_client {
 public:
  explicit raw_client(mistakes wrong = {}) : wrong_(wrong) {}
  raw_client(const raw_client& other) : wrong_(other.wrong_) {}
  raw_client& operator=(const raw_client&) = delete;
  ~raw_client() { close(); }

  ghl::result<ghl::http::response> operator()(const ghl::http::request& r) {
    return call(r, [] { return false; });
  }
  template <ghl::stop_token_like Stop>
  ghl::result<ghl::http::response> operator()(const ghl::http::request& r, const Stop& stop) {
    return call(r, [&] { return stop.stop_requested(); });
  }

 private:
  using clock = std::chrono::steady_clock;
  using failure = std::optional<ghl::error>;

  template <class Stopped>
  ghl::result<ghl::http::response> call(const ghl::http::request& r, Stopped stopped) {
    limit_ = std::chrono::milliseconds{r.timeout.count() > 0 ? r.timeout.count() : 60'000};
    begun_ = clock::now();
    stopped_ = [](void* s) { return (*static_cast<Stopped*>(s))(); };
    stop_ = &stopped;
    if (!wrong_.starts_anyway && stopped()) return ghl::transport_error(ghl::fault::cancelled, ghl::sent::no);
    if (wrong_.forgets_connections) close();
    const std::string origin = origin_of(r);
    if (origin.empty()) return ghl::transport_error(ghl::fault::tls, ghl::sent::no, "this transport has no TLS");
    for (bool first = true;; first = false) {
      if (fd_ >= 0 && (origin != origin_ || (!wrong_.trusts_kept_connections && !is_quiet()))) close();
      const bool reused = fd_ >= 0;
      if (!reused)
        if (failure f = open(origin)) return *std::move(f);
      auto answer = exchange(r);
      if (answer) return answer;
      const bool nothing_came = answer.error().fault == ghl::fault::connection_lost && in_.empty();
      close();
      const bool safe = r.method == ghl::method::get || wrong_.sends_anything_again;
      if (!first || !reused || !nothing_came || !safe || wrong_.trusts_kept_connections) return answer;
    }
  }

  /// Where to connect to; empty: nowhere, since it would have to be by TLS.
  [[nodiscard]] std::string origin_of(const ghl::http::request& r) const {
    std::string origin{r.origin()};
    if (!origin.starts_with("https:")) return origin;
    origin.erase(4, 1);
    const bool kept = fd_ >= 0 && origin == origin_;
    return wrong_.speaks_plain_to_https || (wrong_.keeps_plain_for_https && kept) ? origin : std::string{};
  }

  ghl::result<ghl::http::response> exchange(const ghl::http::request& r) {
    in_.clear();
    was_sent_ = ghl::sent::maybe;
    std::string out{r.method};
    out.append(" ").append(r.target()).append(" HTTP/1.1\r\nHost: ").append(host_).append("\r\n");
    if (!r.body.empty()) out.append("Content-Length: ").append(std::to_string(r.body.size())).append("\r\n");
    out.append(r.headers.block()).append("\r\n").append(r.body);
    if (failure f = send(out)) return *std::move(f);

    ghl::http::response answer;
    do {
      answer = {};
      if (failure f = read_head(answer)) return *std::move(f);
    } while (answer.status < 200 && !(answer.status == 100 ? wrong_.takes_continue : wrong_.takes_interim_answers));
    was_sent_ = ghl::sent::yes;
    const bool no_body = answer.status < 200 || answer.status == 204 || answer.status == 304;
    if (!no_body)
      if (failure f = read_body(answer)) return *std::move(f);
    return answer;
  }

  failure read_head(ghl::http::response& answer) {
    std::size_t end = 0;
    while ((end = in_.find("\r\n\r\n")) == std::string::npos)
      if (failure f = receive(); f) return at_end_ && !in_.empty() ? lost(ghl::fault::cut_short) : std::move(f);
    std::string_view head = std::string_view{in_}.substr(0, end + 2);
    const auto line = [&] {
      const std::string_view text = head.substr(0, head.find("\r\n"));
      head.remove_prefix(text.size() + 2);
      return text;
    };
    const std::string_view first = line();
    if (!first.starts_with("HTTP/1.1 ") || !number(first.substr(9, 3), 10, answer.status))
      return lost(ghl::fault::other, "no HTTP");
    while (!head.empty()) {
      const std::string_view text = line();
      const std::size_t colon = text.find(':');
      if (colon == std::string_view::npos || !answer.headers.add(text.substr(0, colon), text.substr(colon + 1)))
        return lost(ghl::fault::other, "no header");
    }
    in_.erase(0, end + 4);
    return {};
  }

  failure read_body(ghl::http::response& answer) {
    if (answer.headers.contains("Transfer-Encoding")) return read_chunks(answer.body);
    if (const auto length = answer.headers.get("Content-Length")) {
      std::size_t bytes = 0;
      if (!number(*length, 10, bytes)) return lost(ghl::fault::other, "Content-Length is no number");
      return take(bytes, answer.body);
    }
    failure f;
    while (!(f = receive())) {
    }
    if (!at_end_) return f;
    answer.body = std::exchange(in_, {});
    close();
    return {};
  }

  failure read_chunks(std::string& body) {
    for (;;) {
      std::string line;
      if (failure f = take_line(line)) return f;
      std::size_t bytes = 0;
      if (!number(std::string_view{line}.substr(0, line.find(';')), 16, bytes))
        return lost(ghl::fault::other, "a chunk size is no number");
      if (bytes == 0) break;
      if (failure f = take(bytes, body)) return f;
      if (failure f = take_line(line)) return f;
    }
    for (std::string trailer = "?"; !trailer.empty();)
      if (failure f = take_line(trailer)) return f;
    return {};
  }

  failure take(std::size_t bytes, std::string& to) {
    while (in_.size() < bytes)
      if (failure f = receive()) return at_end_ ? lost(ghl::fault::cut_short) : std::move(f);
    to.append(in_, 0, bytes);
    in_.erase(0, bytes);
    return {};
  }
  failure take_line(std::string& to) {
    std::size_t end = 0;
    while ((end = in_.find("\r\n")) == std::string::npos)
      if (failure f = receive()) return at_end_ ? lost(ghl::fault::cut_short) : std::move(f);
    to = in_.substr(0, end);
    in_.erase(0, end + 2);
    return {};
  }

  template <class N>
  static bool number(std::string_view digits, int base, N& to) {
    const char* const end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, to, base);
    return read.ec == std::errc{} && read.ptr == end;
  }

  // ---- the socket, which never blocks

  [[nodiscard]] ghl::error lost(ghl::fault f, std::string detail = {}) const {
    return ghl::transport_error(f, was_sent_, std::move(detail));
  }

  /// Waits until the socket is ready; an error when the time is over or a stop was requested.
  failure ready(short events) {
    const clock::time_point begun = wrong_.counts_each_wait ? clock::now() : begun_;
    for (;;) {
      if (!wrong_.starts_anyway && stopped_(stop_)) return lost(ghl::fault::cancelled);
      const bool endless = clock::now() - begun_ > std::chrono::seconds{2} && wrong_.counts_each_wait;
      if (clock::now() - begun >= limit_ || endless) return lost(ghl::fault::timeout);
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(begun + limit_ - clock::now()).count();
      pollfd watch{fd_, events, 0};
      if (::poll(&watch, 1, static_cast<int>((std::min)(left, decltype(left){wrong_.stop_every}))) > 0) return {};
    }
  }

  failure send(std::string_view bytes) {
    while (!bytes.empty()) {
      if (failure f = ready(POLLOUT)) return f;
      const auto n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return lost(ghl::fault::connection_lost);
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return {};
  }

  failure receive() {
    at_end_ = false;
    if (failure f = ready(POLLIN)) return f;
    char buffer[65536];
    const auto n = ::recv(fd_, buffer, sizeof buffer, 0);
    at_end_ = n == 0;
    if (n <= 0) return lost(ghl::fault::connection_lost);
    in_.append(buffer, static_cast<std::size_t>(n));
    return {};
  }

  /// Nothing lies on the kept connection, not even its end.
  [[nodiscard]] bool is_quiet() const {
    pollfd watch{fd_, POLLIN, 0};
    return in_.empty() && ::poll(&watch, 1, 0) == 0;
  }

  failure open(const std::string& origin) {
    was_sent_ = ghl::sent::no;
    origin_ = origin;
    host_ = origin.substr(origin.find("//") + 2);
    const std::size_t colon = host_.rfind(':');
    std::string name = host_.substr(0, colon);
    if (name.starts_with('[')) name = name.substr(1, name.size() - 2);
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(name.c_str(), host_.substr(colon + 1).c_str(), &hints, &found) != 0)
      return lost(ghl::fault::connect, "no such host");
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> addresses{found, ::freeaddrinfo};
    failure last = lost(ghl::fault::connect);
    for (const addrinfo* a = found; a != nullptr; a = a->ai_next) {
      close();
      fd_ = ::socket(a->ai_family, SOCK_STREAM, 0);
      ::fcntl(fd_, F_SETFL, O_NONBLOCK);
      ::connect(fd_, a->ai_addr, a->ai_addrlen);
      if ((last = ready(POLLOUT))) break;
      int why = 0;
      socklen_t size = sizeof why;
      ::getsockopt(fd_, SOL_SOCKET, SO_ERROR, &why, &size);
      if (why == 0) return {};
      last = lost(ghl::fault::connect);
    }
    close();
    return last;
  }
  void close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
    in_.clear();
  }

  mistakes wrong_;
  int fd_ = -1;
  std::string origin_{};
  std::string host_{};
  std::string in_{};
  bool at_end_ = false;
  ghl::sent was_sent_ = ghl::sent::no;
  std::chrono::milliseconds limit_{};
  clock::time_point begun_{};
  bool (*stopped_)(void*) = nullptr;
  void* stop_ = nullptr;
};
