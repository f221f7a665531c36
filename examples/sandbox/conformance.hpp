/// A server for trying a transport against everything that a server and a network do, good and bad.
///
/// The path chooses the answer. A query may follow every path; a request that carries id=X in it is counted under X
/// when it has come whole. Answers keep the connection open unless the table says otherwise.
///
/// | path              | answer |
/// | ---               | --- |
/// | /echo…            | 200; the body is the request as it came, head and body, byte for byte |
/// | /seen/X           | how many requests with id=X have come |
/// | /connection       | "C R": the number of the connection, and of the request on it, both from 1 |
/// | /say/X            | X, after 5 ms |
/// | /wait/N           | "waited", after N ms |
/// | /status/N         | status N, body "status N" (204 and 304: none); a 3xx to id=X has Location: /echo?id=X-next |
/// | /interim/N        | an interim answer, a bare 100 or a 103 with a header, then 200 "final" |
/// | /headers          | repeated names in several cases, odd but legal blanks, an empty value, a cookie |
/// | /bytes            | all 256 byte values in turn, twice |
/// | /empty            | 200 with Content-Length: 0 |
/// | /chunked          | chunks of odd sizes, with extensions; /chunked/trailer: and with a trailer |
/// | /until-close      | no length: the body ends where the connection does |
/// | /gzip             | gzip if the request has an Accept-Encoding with gzip in it, else the plain text |
/// | /gzip/always      | gzip, asked for or not |
/// | /large            | 8 MB: conformance_server::pattern(8 << 20) |
/// | /close-after      | 200 "closing", without a word about it, then closes |
/// | /drop-reused/H    | 200 "fresh" to the first request of a connection; a later one is read whole, and gets no
///                       answer: H is how the connection ends, close or reset |
/// | /surplus          | a whole answer "right", and 10 ms later another one, "wrong" |
/// | /close/W          | reads the request, and closes at W: before, headers, body (100 bytes announced, 9 sent) or
///                       chunk (after one) |
/// | /reset/W          | the same with a RST |
/// | /stall/W          | the same, but falls silent |
/// | /drip/W           | headers or body, a byte each 20 ms, for ten seconds |
/// | /endless          | a body without end, 1 kB each 5 ms |
/// | /garbage/W        | no HTTP, at W: line, length or chunk; the request's Authorization is a part of it |
/// | /origin/refused   | the origin of a port that refuses connections |
/// | /origin/full      | the origin of a port that neither accepts nor refuses; 404 where the system cannot do that |
/// | /origin/ipv6      | the origin of this server on ::1; 404 where there is no IPv6 |
/// | /origin/https     | the https origin of a port that closes where a TLS handshake begins, and serves all of this to
///                       whoever speaks in plain text; a request that was cut short is counted there too |
/// | anything else     | 404 |
#pragma once

#include "loopback.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace ghl_sandbox {

/// Purpose: the server of the table above, on 127.0.0.1 and a free port, for as long as the object lives.
/// Example: `ghl_sandbox::conformance_server server;`
///          `auto report = ghl::testing::transport_suite(server.url(), my_transport{});`
/// Errors: the constructor throws std::runtime_error where the port cannot be had.
/// Lifetime: the destructor ends every connection at once.
/// Thread safety: any member function at any time.
class conformance_server {
 public:
  explicit conformance_server(int port = 0) : server_([this](peer& to) { serve(to); }, port) {
    // The first connection fills the queue of a socket that never accepts. Where it takes more, the route is not there.
    for (int i = 0; i < 8; ++i) knocks_.push_back(loopback_socket::knock(full_.port()));
    pollfd last{knocks_.back(), POLLOUT, 0};
    is_full_ = ::poll(&last, 1, 20) == 0;
  }
  conformance_server(const conformance_server&) = delete;
  conformance_server& operator=(const conformance_server&) = delete;
  ~conformance_server() {
    for (const int fd : knocks_) ::close(fd);
  }

  [[nodiscard]] int port() const { return server_.port(); }
  [[nodiscard]] const std::string& url() const { return server_.origin(); }

  /// How many requests with id=X have come.
  [[nodiscard]] int seen(const std::string& id) const {
    const std::lock_guard lock{mutex_};
    const auto found = seen_.find(id);
    return found == seen_.end() ? 0 : found->second;
  }

  /// The bytes of a large body: no two blocks of 251 bytes begin alike for a long while.
  static std::string pattern(std::size_t size) {
    std::string out(size, '\0');
    for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<char>((i % 251 + i / 251 * 7) & 0xFF);
    return out;
  }

 private:
  using ms = std::chrono::milliseconds;

  /// What a route is given: the connection, the request, the path behind the route's name, and which request it is.
  struct visit {
    peer& to;
    const wire_request& request;
    std::string_view rest;
    int nth;
  };
  /// False: the connection is over.
  using route = bool (conformance_server::*)(visit);

  static std::string answer(std::string_view body, std::string_view headers = {}, std::string_view status = "200 OK") {
    std::string out = "HTTP/1.1 ";
    out.append(status).append("\r\n").append(headers);
    out.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n\r\n").append(body);
    return out;
  }
  bool not_found(visit v) { return v.to.send(answer("not here", "", "404 Not Found")); }

  // ---- what the request was ----

  bool echo(visit v) { return v.to.send(answer(v.request.bytes, "Content-Type: application/octet-stream\r\n")); }
  bool count(visit v) { return v.to.send(answer(std::to_string(seen(std::string{v.rest})))); }
  bool connection(visit v) {
    return v.to.send(answer(std::to_string(v.to.number()) + " " + std::to_string(v.nth)));
  }
  bool say(visit v) { return v.to.wait(ms{5}) && v.to.send(answer(v.rest)); }
  bool wait(visit v) { return v.to.wait(ms{number(v.rest)}) && v.to.send(answer("waited")); }

  // ---- good answers ----

  bool status(visit v) {
    const std::string code{v.rest};
    if (code == "204" || code == "304") return v.to.send("HTTP/1.1 " + code + " Nothing\r\nX-Status: kept\r\n\r\n");
    const bool elsewhere = code.starts_with('3');
    const std::string location = "Location: /echo?id=" + std::string{id_of(v.request)} + "-next\r\n";
    return v.to.send(answer("status " + code, elsewhere ? location : "", code + " As Asked"));
  }
  bool interim(visit v) {
    const bool hints = v.rest == "103";
    return v.to.send(hints ? "HTTP/1.1 103 Early Hints\r\nX-Interim: yes\r\n\r\n"
                           : "HTTP/1.1 100 Continue\r\n\r\n") &&
           v.to.wait(ms{10}) && v.to.send(answer("final"));
  }
  bool headers(visit v) {
    return v.to.send(answer("headers",
                            "X-MiXeD: CaSe\r\nX-Repeat: 1\r\nx-repeat: 2\r\nX-REPEAT: 3\r\nX-Tight:tight\r\n"
                            "X-Loose:  \t loose, very  \r\nX-Empty:\r\nX-Percent: a%20b%2Fc+d\r\n"
                            "Set-Cookie: left=behind; Path=/\r\n"));
  }
  bool bytes(visit v) {
    std::string body;
    for (int i = 0; i < 512; ++i) body.push_back(static_cast<char>(i & 0xFF));
    return v.to.send(answer(body));
  }
  bool empty(visit v) { return v.to.send(answer("")); }
  bool chunked(visit v) {
    return v.to.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                     "1\r\nc\r\n"
                     "5;name=value\r\nhunks\r\n") &&
           v.to.wait(ms{5}) && v.to.send("00A;q=\"a;b\"\r\n of 0\r\n\r\n!\r") && v.to.wait(ms{5}) &&
           v.to.send(v.rest == "trailer" ? "\n0;last\r\nX-Trailer: trailed\r\n\r\n" : "\n0\r\n\r\n");
  }
  bool until_close(visit v) {
    return v.to.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil ") && v.to.wait(ms{5}) &&
           v.to.send("the end") && false;
  }
  bool gzip(visit v) {
    static constexpr char blob[] =
        "\037\213\010\000\000\000\000\000\002\003\113\316\317\055\050\112\055\056\116\115\321\121\110\314\113\121\050"
        "\317\310\317\111\345\002\000\315\246\346\276\026\000\000\000";
    const bool asked = v.request.header("Accept-Encoding").find("gzip") != std::string_view::npos;
    if (!asked && v.rest != "always") return v.to.send(answer("compressed, and whole\n"));
    return v.to.send(answer({blob, sizeof blob - 1}, "Content-Encoding: gzip\r\n"));
  }
  bool large(visit v) { return v.to.send(answer(pattern(std::size_t{8} << 20U))); }

  // ---- connections that end or lie ----

  bool close_after(visit v) { return v.to.send(answer("closing")) && false; }
  bool drop_reused(visit v) {
    if (v.nth == 1) return v.to.send(answer("fresh"));
    if (v.rest == "reset") v.to.reset();
    return false;
  }
  bool surplus(visit v) { return v.to.send(answer("right")) && v.to.wait(ms{10}) && v.to.send(answer("wrong")); }

  /// An answer up to that point; empty for one that never begins.
  static std::string_view beginning(std::string_view where) {
    if (where == "headers") return "HTTP/1.1 200 OK\r\nX-Unfinished: he";
    if (where == "body") return "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbeginning";
    if (where == "chunk") return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nbeginning\r\n";
    return {};
  }
  bool close(visit v) { return v.to.send(beginning(v.rest)) && false; }
  bool reset(visit v) {
    if (v.to.send(beginning(v.rest)) && v.to.wait(ms{20})) v.to.reset();  // the pause lets the beginning arrive
    return false;
  }
  bool stall(visit v) {
    if (v.to.send(beginning(v.rest))) v.to.stall();
    return false;
  }
  bool drip(visit v) {
    const bool body = v.rest == "body";
    return v.to.send(body ? "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" : "HTTP/1.1 200 OK\r\n") &&
           v.to.drip(body ? std::string(500, 'b') : repeated("X-Drip: d\r\n", 46), ms{20}) && false;
  }
  bool endless(visit v) {
    if (!v.to.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")) return false;
    const std::string more(1024, 'e');
    while (v.to.send(more) && v.to.wait(ms{5})) {
    }
    return false;
  }
  bool garbage(visit v) {
    const std::string secret{v.request.header("Authorization")};
    if (v.rest == "length") v.to.send("HTTP/1.1 200 OK\r\nContent-Length: " + secret + "\r\n\r\nbody");
    else if (v.rest == "chunk")
      v.to.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZ" + secret + "\r\nbody\r\n0\r\n\r\n");
    else v.to.send("SSH-2.0-" + secret + "\r\n\r\n");
    return false;
  }

  // ---- other places ----

  bool origin(visit v) {
    if (v.rest == "refused") return v.to.send(answer(refusing_.origin()));
    if (v.rest == "full" && is_full_) return v.to.send(answer(full_.origin()));
    if (v.rest == "https") return v.to.send(answer("https" + secure_.origin().substr(4)));
    if (v.rest == "ipv6" && !server_.origin_v6().empty()) return v.to.send(answer(server_.origin_v6()));
    return not_found(v);
  }

  // ---- finding the route ----

  static int number(std::string_view digits) {
    int n = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), n);
    return n;
  }
  static std::string repeated(std::string_view text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += text;
    return out;
  }
  static std::string_view id_of(const wire_request& request) {
    std::string_view query = request.target();
    const std::size_t mark = query.find('?');
    for (query.remove_prefix(mark == std::string_view::npos ? query.size() : mark + 1); !query.empty();) {
      const std::string_view pair = query.substr(0, query.find('&'));
      if (pair.starts_with("id=")) return pair.substr(3);
      query.remove_prefix((std::min)(pair.size() + 1, query.size()));
    }
    return {};
  }

  bool go(visit v) {
    static constexpr struct {
      std::string_view name;
      route to;
    } routes[] = {
        {"seen", &conformance_server::count},        {"connection", &conformance_server::connection},
        {"say", &conformance_server::say},           {"wait", &conformance_server::wait},
        {"status", &conformance_server::status},     {"interim", &conformance_server::interim},
        {"headers", &conformance_server::headers},   {"bytes", &conformance_server::bytes},
        {"empty", &conformance_server::empty},       {"chunked", &conformance_server::chunked},
        {"until-close", &conformance_server::until_close}, {"gzip", &conformance_server::gzip},
        {"large", &conformance_server::large},       {"close-after", &conformance_server::close_after},
        {"drop-reused", &conformance_server::drop_reused}, {"surplus", &conformance_server::surplus},
        {"close", &conformance_server::close},       {"reset", &conformance_server::reset},
        {"stall", &conformance_server::stall},       {"drip", &conformance_server::drip},
        {"endless", &conformance_server::endless},   {"garbage", &conformance_server::garbage},
        {"origin", &conformance_server::origin},
    };
    std::string_view path = v.request.target();
    path = path.substr(0, path.find('?'));
    if (path.starts_with("/echo")) return echo(v);
    if (path.starts_with('/')) path.remove_prefix(1);
    const std::string_view name = path.substr(0, path.find('/'));
    v.rest = path.substr((std::min)(name.size() + 1, path.size()));
    for (const auto& r : routes)
      if (r.name == name) return (this->*r.to)(v);
    return not_found(v);
  }

  void note(const wire_request& request) {
    if (const std::string_view id = id_of(request); !id.empty()) {
      const std::lock_guard lock{mutex_};
      ++seen_[std::string{id}];
    }
  }
  void serve(peer& to) {
    wire_request request;
    for (int nth = 1; to.receive(request); ++nth) {
      note(request);
      if (!go({to, request, {}, nth})) return;
    }
  }
  /// What was sent to an https origin. No certificate is needed: the question is whether anything comes in plain text.
  void serve_secure(peer& to) {
    constexpr char handshake = 22;  // the type of a TLS record (RFC 8446, section 5.1); no method begins with it
    wire_request request;
    for (int nth = 1; to.next_byte() != handshake; ++nth) {
      const bool whole = to.receive(request);
      note(request);
      if (!whole || !go({to, request, {}, nth})) return;
    }
  }

  mutable std::mutex mutex_;
  std::map<std::string, int> seen_;
  loopback_socket refusing_{AF_INET, -1};
  loopback_socket full_{AF_INET, 0};
  std::vector<int> knocks_;
  bool is_full_ = false;
  loopback_server secure_{[this](peer& to) { serve_secure(to); }};
  loopback_server server_;  // last, as its sister before it: their threads use the others
};

}  // namespace ghl_sandbox
