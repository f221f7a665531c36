// What the curl adapter makes of a server that misbehaves: each fault its own error, and the next call works.
#include "../catch.hpp"
#include "raw_server.hpp"

#include <ghl/policy/transport.hpp>
#include <ghl/transport/curl.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using ghl::fault;
using ghl::method;
using ghl::sent;
using std::chrono::steady_clock;

static_assert(ghl::blocking_transport<ghl::curl_transport>);
static_assert(ghl::blocking_transport<const ghl::curl_transport>);

namespace {

const std::string good = http_answer("200 OK", R"({"success":true})");
const std::string token = "pit-0123456789";

ghl::http::request to(const std::string& origin, method m = method::del, ghl::milliseconds timeout = 10s) {
  ghl::http::request r;
  r.method = m;
  r.url = origin + "/a";
  r.headers = {{"Authorization", "Bearer " + token}};
  if (m != method::get && m != method::del) r.body = "{}";
  r.timeout = timeout;
  return r;
}

/// A token that says stop from a flag, which has to outlive it.
struct flag_token {
  const std::atomic<bool>* flag;
  [[nodiscard]] bool stop_requested() const { return *flag; }
};

/// The error of a first call to a server with that fault; the second call must succeed.
ghl::error fault_of(raw_server::script bad, ghl::milliseconds limit = 10s, ghl::curl_options options = {}) {
  raw_server server{[bad = std::move(bad)](raw_connection& c, raw_server& s) {
    if (s.connections() == 1) bad(c, s);
    else always(good)(c, s);
  }};
  const ghl::curl_transport transport{std::move(options)};
  const auto start = steady_clock::now();
  const auto outcome = transport(to(server.url(), method::del, limit));
  REQUIRE(!outcome);
  CHECK((steady_clock::now() - start < 8s));  // a fault is noticed when it happens, not when the deadline comes
  CHECK((outcome.error().kind == ghl::error_kind::transport));
  CHECK(outcome.error().message().find(token) == std::string::npos);
  const auto next = transport(to(server.url()));
  INFO((next ? std::string{} : next.error().message()));
  CHECK(next);
  return outcome.error();
}
/// As above, for a server that sends those bytes and closes.
ghl::error fault_of(const std::string& bytes) {
  return fault_of([&](raw_connection& c, raw_server&) { c.receive(), c.send(bytes); });
}

void check(const ghl::error& e, fault expected, sent was_sent) {
  INFO(e.message());
  CHECK((e.fault == expected));
  CHECK((e.was_sent == was_sent));
}

/// A server of its own thread for each connection; it answers with the target that it was asked for.
class crowded_server {
 public:
  crowded_server() : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    REQUIRE(::bind(listener_, any, size) == 0);
    REQUIRE(::listen(listener_, 64) == 0);
    REQUIRE(::getsockname(listener_, any, &size) == 0);
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread{[this] {
      for (;;) {
        const int fd = ::accept(listener_, nullptr, nullptr);
        if (fd < 0) return;
        ++connections;
        talks_.emplace_back([fd] {
          raw_connection c{fd};
          for (std::string bytes = c.receive(); !bytes.empty(); bytes = c.receive()) {
            const std::size_t from = bytes.find('/');
            c.send(http_answer("200 OK", bytes.substr(from, bytes.find(" HTTP/") - from)));
          }
        });
      }
    }};
  }
  crowded_server(const crowded_server&) = delete;
  crowded_server& operator=(const crowded_server&) = delete;
  ~crowded_server() {
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    for (std::thread& talk : talks_) talk.join();
    ::close(listener_);
  }

  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  std::atomic<int> connections{0};

 private:
  int listener_;
  int port_ = 0;
  std::vector<std::thread> talks_;
  std::thread acceptor_;
};

}  // namespace

TEST_CASE("curl: a refused connection: nothing was sent") {
  std::string url;
  { url = raw_server{always(good)}.url(); }  // free again
  const auto outcome = ghl::curl_transport{}(to(url));
  REQUIRE(!outcome);
  check(outcome.error(), fault::connect, sent::no);
  CHECK((outcome.error().remedy() == ghl::remedy::retry));
}

TEST_CASE("curl: a server that does not take the connection: a timeout, and nothing was sent") {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  REQUIRE(::bind(listener, any, size) == 0);
  REQUIRE(::listen(listener, 0) == 0);
  REQUIRE(::getsockname(listener, any, &size) == 0);
  // One connection fits into the queue; the kernel drops the others.
  std::vector<int> queued;
  for (int i = 0; i < 3; ++i) {
    queued.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
    static_cast<void>(::connect(queued.back(), any, size));
  }
  const std::string url = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
  ghl::curl_options hasty;
  hasty.connect_timeout = 200ms;
  const auto start = steady_clock::now();
  check(ghl::curl_transport{hasty}(to(url, method::post)).error(), fault::timeout, sent::no);
  check(ghl::curl_transport{}(to(url, method::post, 200ms)).error(), fault::timeout, sent::no);
  CHECK((steady_clock::now() - start < 8s));

  std::atomic<bool> stop{false};
  steady_clock::time_point asked;
  std::thread canceller{[&] {
    std::this_thread::sleep_for(100ms);
    asked = steady_clock::now();
    stop = true;
  }};
  const auto outcome = ghl::curl_transport{}(to(url), flag_token{&stop});
  const auto done = steady_clock::now();
  canceller.join();
  REQUIRE(!outcome);
  check(outcome.error(), fault::cancelled, sent::no);
  CHECK((done - asked < 5s));
  for (const int fd : queued) ::close(fd);
  ::close(listener);
}

TEST_CASE("curl: a connection that is closed or reset before an answer") {
  check(fault_of(""), fault::connection_lost, sent::maybe);
  check(fault_of([](raw_connection& c, raw_server&) { c.receive(), c.reset(); }), fault::connection_lost, sent::maybe);
}

TEST_CASE("curl: an answer that is cut short or reset") {
  for (const char* part :
       {"HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 1", "HTTP/1.1 200 OK\r\nA: b\r\n",
        "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"success\":",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"suc\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"suc\r\n0\r\n"}) {
    INFO(part);
    check(fault_of(std::string{part}), fault::cut_short, sent::yes);
    check(fault_of([&](raw_connection& c, raw_server&) {
            c.receive();
            c.send(part);
            std::this_thread::sleep_for(20ms);  // or the RST overtakes the bytes
            c.reset();
          }),
          fault::cut_short, sent::yes);
  }
  check(fault_of("HTTP/1.1 2"), fault::connection_lost, sent::maybe);
}

TEST_CASE("curl: something that is no HTTP") {
  for (const char* bytes :
       {"SSH-2.0-OpenSSH\r\n\r\n", "\x16\x03\x01", "HTTP/9.9 200 OK\r\n\r\n", "HTTP/1.1 0 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"}) {
    const auto e = fault_of(std::string{bytes});
    INFO(bytes << ": " << e.message());
    CHECK((e.fault == fault::other));
    CHECK((e.was_sent != sent::no));
  }
}

TEST_CASE("curl: a server that stalls before its answer, and in it") {
  check(fault_of([](raw_connection& c, raw_server&) { c.receive(), c.stall(); }, 200ms), fault::timeout, sent::maybe);
  for (const char* part : {"HTTP/1.1 200 OK\r\nA: b\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"})
    check(fault_of([&](raw_connection& c, raw_server&) { c.receive(), c.send(part), c.stall(); }, 200ms),
          fault::timeout, sent::yes);
}

TEST_CASE("curl: a server that sends a little now and then does not outlive the deadline") {
  for (const char* head : {"HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"}) {
    const auto start = steady_clock::now();
    check(fault_of(
              [&](raw_connection& c, raw_server&) {
                c.receive();
                c.send(head);
                for (int i = 0; i < 60; ++i) {
                  c.send("X-A: b\r\n");
                  std::this_thread::sleep_for(20ms);
                }
              },
              300ms),
          fault::timeout, sent::yes);
    CHECK((steady_clock::now() - start < 8s));
  }
}

TEST_CASE("curl: a timeout of zero is none") {
  raw_server server{[](raw_connection& c, raw_server&) {
    c.receive();
    std::this_thread::sleep_for(100ms);
    c.send(good);
  }};
  CHECK(ghl::curl_transport{}(to(server.url(), method::get, ghl::milliseconds{0})));
  CHECK(ghl::curl_transport{}(to(server.url(), method::get, ghl::milliseconds{-1})));
}

TEST_CASE("curl: an answer over the limit") {
  ghl::curl_options small_answers;
  small_answers.response_limit = 1000;
  const auto over = [&](const std::string& bytes) {
    return fault_of([&](raw_connection& c, raw_server&) { c.receive(), c.send(bytes); }, 10s, small_answers);
  };
  check(over(http_answer("200 OK", std::string(1001, ' '))), fault::too_large, sent::yes);
  check(over("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n{"), fault::too_large, sent::yes);
  check(over("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + std::string(100'000, ' ')), fault::too_large, sent::yes);
  std::string headers = "HTTP/1.1 200 OK\r\n";
  for (int i = 0; i < 30'000; ++i) headers += "X-A: bcdefgh\r\n";
  check(over(headers), fault::too_large, sent::yes);
  std::string interim;
  for (int i = 0; i < 30'000; ++i) interim += "HTTP/1.1 100 Continue\r\n\r\n";
  check(over(interim), fault::too_large, sent::yes);

  raw_server server{always(http_answer("200 OK", std::string(1000, ' ')))};
  CHECK(ghl::curl_transport{small_answers}(to(server.url())));  // exactly the limit
}

TEST_CASE("curl: calls share a kept connection, and so do copies of a transport") {
  raw_server server{always(good)};
  const ghl::curl_transport transport;
  const ghl::curl_transport copy = transport;
  for (const method m : {method::post, method::get, method::del}) {
    CHECK(transport(to(server.url(), m)));
    CHECK(copy(to(server.url(), m)));
  }
  CHECK(server.connections() == 1);
}

TEST_CASE("curl: a connection is used for its own origin only") {
  raw_server first{always(http_answer("200 OK", "first"))};
  raw_server second{always(http_answer("200 OK", "second"))};
  const ghl::curl_transport transport;
  for (int i = 0; i < 3; ++i) {
    CHECK(transport(to(first.url())).value().body == "first");
    CHECK(transport(to(second.url())).value().body == "second");
  }
  CHECK(first.connections() == 1);
  CHECK(second.connections() == 1);
}

TEST_CASE("curl: no more connections are kept than the options say") {
  raw_server server{always(good)};
  ghl::curl_options none;
  none.idle_connections = 0;
  const ghl::curl_transport transport{none};
  for (int i = 0; i < 3; ++i) CHECK(transport(to(server.url())));
  CHECK(server.connections() == 3);
}

TEST_CASE("curl: what lies behind an answer is not taken for the next one") {
  for (const bool at_once : {false, true}) {
    raw_server server{[at_once](raw_connection& c, raw_server& s) {
      if (s.connections() > 1) return always(good)(c, s);
      c.receive();
      const std::string surplus = http_answer("200 OK", "surplus");
      if (at_once) c.send(http_answer("200 OK", "own") + surplus);
      else c.send(http_answer("200 OK", "own")), std::this_thread::sleep_for(10ms), c.send(surplus);
      c.stall();
    }};
    const ghl::curl_transport transport;
    const auto own = transport(to(server.url()));
    REQUIRE(own);
    CHECK(own->body == "own");
    std::this_thread::sleep_for(30ms);
    const auto next = transport(to(server.url()));
    REQUIRE(next);
    CHECK(next->body == R"({"success":true})");
    CHECK(server.connections() == 2);
  }
}

TEST_CASE("curl: a connection that the server closed meanwhile is opened anew, for every method") {
  for (const method m : {method::get, method::post, method::put, method::patch, method::del}) {
    raw_server server{[](raw_connection& c, raw_server& s) { s.keep(c.receive()), c.send(good); }};
    const ghl::curl_transport transport;
    for (int i = 0; i < 3; ++i) {
      CHECK(transport(to(server.url(), m)));
      std::this_thread::sleep_for(20ms);  // the close arrives
    }
    CHECK(server.connections() == 3);
    CHECK(server.requests().size() == 3);
  }
}

TEST_CASE("curl: a kept connection that is lost once the request is there: sent again, but only a GET or a PUT") {
  for (const bool reset : {false, true})
    for (const method m : {method::get, method::post, method::put, method::patch, method::del}) {
      raw_server server{[reset](raw_connection& c, raw_server& s) {
        if (s.connections() > 1) return always(good)(c, s);
        s.keep(c.receive());
        c.send(good);
        s.keep(c.receive());  // and the server may act on it
        if (reset) c.reset();
      }};
      const ghl::curl_transport transport;
      REQUIRE(transport(to(server.url(), m)));
      const auto outcome = transport(to(server.url(), m));
      INFO(std::string{m} << (reset ? " reset" : " closed") << (outcome ? "" : outcome.error().message()));
      if (m != method::get && m != method::put) {
        REQUIRE(!outcome);
        check(outcome.error(), fault::connection_lost, sent::maybe);
        CHECK(server.requests().size() == 2);
        CHECK(transport(to(server.url(), m)));
        CHECK(server.requests().size() == 3);
      } else {
        CHECK(outcome);
        CHECK(server.requests().size() == 3);
      }
    }
}

TEST_CASE("curl: a server that is gone once the request is there: it may have acted, though the last try was refused") {
  auto server = std::make_unique<raw_server>([](raw_connection& c, raw_server& s) {
    s.keep(c.receive());
    c.send(good);
    s.keep(c.receive());
  });
  const std::string url = server->url();
  const ghl::curl_transport transport;
  REQUIRE(transport(to(url)));
  std::thread away{[&] { server.reset(); }};  // waits for the connection to end, and listens no longer
  std::this_thread::sleep_for(50ms);
  const auto outcome = transport(to(url, method::get, 2s));
  away.join();
  REQUIRE(!outcome);
  INFO(outcome.error().message());
  CHECK((outcome.error().was_sent == sent::maybe));
}

TEST_CASE("curl: on a new connection nothing is sent twice") {
  for (const bool reset : {false, true})
    for (const method m : {method::get, method::post, method::put, method::patch, method::del}) {
      raw_server server{[reset](raw_connection& c, raw_server& s) {
        s.keep(c.receive());
        if (reset) c.reset();
      }};
      check(ghl::curl_transport{}(to(server.url(), m)).error(), fault::connection_lost, sent::maybe);
      CHECK(server.requests().size() == 1);
    }
}

TEST_CASE("curl: a call is cancelled before it starts, while it waits and while it reads") {
  std::atomic<bool> stop{true};
  raw_server untouched{always(good)};
  {
    const ghl::curl_transport transport;
    REQUIRE(transport(to(untouched.url())));  // so that the next call could send at once
    check(transport(to(untouched.url()), flag_token{&stop}).error(), fault::cancelled, sent::no);
    CHECK(untouched.requests().size() == 1);
  }

  for (const char* part : {"", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"}) {
    stop = false;
    raw_server server{[&](raw_connection& c, raw_server& s) {
      if (s.connections() > 1) return always(good)(c, s);
      c.receive();
      c.send(part);
      c.stall();
    }};
    const ghl::curl_transport transport;
    steady_clock::time_point asked;
    std::thread canceller{[&] {
      std::this_thread::sleep_for(100ms);
      asked = steady_clock::now();
      stop = true;
    }};
    const auto outcome = transport(to(server.url()), flag_token{&stop});
    const auto done = steady_clock::now();
    canceller.join();
    REQUIRE(!outcome);
    check(outcome.error(), fault::cancelled, std::string_view{part}.empty() ? sent::maybe : sent::yes);
    CHECK((done - asked < 5s));  // the server would wait for ever
    stop = false;
    CHECK(transport(to(server.url()), flag_token{&stop}));  // on a new connection
    CHECK(server.connections() == 2);
  }
}

TEST_CASE("curl: threads share a transport, and each gets its own answer") {
  constexpr int threads = 8;
  constexpr int calls = 100;
  crowded_server server;
  const std::atomic<bool> never{false};
  {
    const ghl::curl_transport transport;
    std::atomic<int> wrong{0};
    std::vector<std::thread> crowd;
    for (int t = 0; t < threads; ++t)
      crowd.emplace_back([&, t] {
        for (int i = 0; i < calls; ++i) {
          auto request = to(server.url(), i % 2 == 0 ? method::get : method::post);
          request.url = server.url() + "/" + std::to_string(t) + "/" + std::to_string(i);
          const auto outcome = i % 3 == 0 ? transport(request, flag_token{&never}) : transport(request);
          if (!outcome || outcome->body != request.target()) ++wrong;
        }
      });
    for (std::thread& member : crowd) member.join();
    CHECK(wrong == 0);
    CHECK(server.connections <= threads);
  }
}
