// What the Beast adapter makes of servers that misbehave, of calls that are cancelled, of kept connections, and of
// contexts, threads and transports that come and go.
#include "../catch.hpp"
#include "raw_server.hpp"

#include <ghl/transport/beast.hpp>

#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#if BOOST_ASIO_VERSION >= 101900
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#endif

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <exception>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using ghl::fault;
using ghl::sent;
using outcome = ghl::result<ghl::http::response>;

namespace {

const std::string good = http_answer("200 OK", "{}");

ghl::http::request request_to(const std::string& origin, ghl::method method = ghl::method::del,
                              ghl::milliseconds timeout = 10s) {
  ghl::http::request r;
  r.method = method;
  r.url = origin + "/";
  r.timeout = timeout;
  return r;
}

/// Runs a call to its end; nothing that the transport keeps may keep the context running.
outcome finish(boost::asio::io_context& io, boost::asio::awaitable<outcome> call) {
  std::optional<outcome> got;
  boost::asio::co_spawn(io, std::move(call), [&](std::exception_ptr e, outcome r) {
    CHECK((e == nullptr));
    got = std::move(r);
  });
  io.restart();
  io.run();
  REQUIRE(got);
  return *std::move(got);
}

/// An io_context and a transport that is used on it.
struct place {
  explicit place(ghl::beast_options options = {}) : transport(std::move(options)) {}
  outcome operator()(ghl::http::request r) { return finish(io, transport(std::move(r))); }

  boost::asio::io_context io;
  ghl::beast_transport transport;
};

raw_server::script first(raw_server::script bad) {
  return [bad = std::move(bad)](raw_connection& c, raw_server& s) {
    if (s.connections() == 1) bad(c, s);
    else always(good)(c, s);
  };
}

/// The error of a first call to a server with that fault; the second call must succeed.
ghl::error fault_of(raw_server::script bad, ghl::milliseconds limit = 10s, ghl::beast_options options = {}) {
  raw_server server{first(std::move(bad))};
  place here{std::move(options)};
  const auto start = std::chrono::steady_clock::now();
  const auto got = here(request_to(server.url(), ghl::method::del, limit));
  const auto took = std::chrono::steady_clock::now() - start;
  REQUIRE(!got);
  CHECK((got.error().kind == ghl::error_kind::transport));
  CHECK((took < 8s));  // a fault is noticed when it happens, not when the deadline comes
  CHECK(server.connections() == 1);
  CHECK(here(request_to(server.url())));
  return got.error();
}

void is(const ghl::error& e, fault what, sent was_sent) {
  INFO(e.message());
  CHECK((e.fault == what));
  CHECK((e.was_sent == was_sent));
}

raw_server::script answers(std::string bytes) {
  return [bytes = std::move(bytes)](raw_connection& c, raw_server&) { c.receive(), c.send(bytes); };
}

/// A stop token of a test's own.
struct flag {
  std::shared_ptr<std::atomic<bool>> up = std::make_shared<std::atomic<bool>>(false);
  [[nodiscard]] bool stop_requested() const { return *up; }
};

/// A server that serves its connections at the same time: as many threads as connections.
class crowd_server {
 public:
  explicit crowd_server(void (*script)(raw_connection&))
      : acceptor_(io_, {boost::asio::ip::address_v4::loopback(), 0}),
        origin("http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port())) {
    acceptor_.listen(256);
    thread_ = std::thread{[this, script] {
      for (;;) {
        boost::asio::ip::tcp::socket socket{io_};
        acceptor_.accept(socket);
        if (stop_) return;
        ++connections;
        const int fd = socket.release();
        servants_.emplace_back([fd, script] {
          raw_connection c{fd};
          script(c);
        });
      }
    }};
  }
  crowd_server(const crowd_server&) = delete;
  crowd_server& operator=(const crowd_server&) = delete;
  ~crowd_server() {
    stop_ = true;
    boost::asio::io_context io;
    boost::asio::ip::tcp::socket{io}.connect(acceptor_.local_endpoint());
    thread_.join();
    for (std::thread& t : servants_) t.join();
  }

  std::atomic<int> connections{0};

 private:
  boost::asio::io_context io_;
  boost::asio::ip::tcp::acceptor acceptor_;
  std::list<std::thread> servants_;
  std::atomic<bool> stop_{false};
  std::thread thread_;

 public:
  const std::string origin;
};

void always_good(raw_connection& c) {
  while (!c.receive().empty()) {
    std::this_thread::sleep_for(5ms);
    c.send(good);
  }
}

}  // namespace

TEST_CASE("beast: a refused connection: nothing was sent") {
  std::string origin;
  { origin = raw_server{always(good)}.url(); }  // free again
  place here;
  const auto got = here(request_to(origin));
  REQUIRE(!got);
  is(got.error(), fault::connect, sent::no);
  CHECK((got.error().remedy() == ghl::remedy::retry));
}

TEST_CASE("beast: a URL that cannot be sent as it stands opens no connection") {
  raw_server server{always(good)};
  place here;
  for (const std::string& url :
       {std::string{}, std::string{"http://"}, std::string{"ftp://127.0.0.1/"}, std::string{"https:///x"},
        std::string{"http://127.0.0.1:x/"}, std::string{"http://127.0.0.1:99999/"}, std::string{"http://a@b/"},
        std::string{"http://127.0.0.1\r\nX: y/"}, server.url(), server.url() + "/ HTTP/1.1\r\nX: y",
        server.url() + "/a b"}) {
    INFO(url);
    ghl::http::request r;
    r.url = url;
    const auto got = here(r);
    REQUIRE(!got);
    CHECK((got.error() == ghl::invalid_request(fault::bad_url, "url")));
  }
  CHECK(server.connections() == 0);
}

TEST_CASE("beast: a server that does not accept: the connect timeout, and the request's") {
  // A backlog that is full makes the kernel drop what would connect.
  boost::asio::io_context io;
  boost::asio::ip::tcp::acceptor full{io, boost::asio::ip::tcp::v4()};
  full.bind({boost::asio::ip::address_v4::loopback(), 0});
  full.listen(0);
  std::list<boost::asio::ip::tcp::socket> crowd;
  for (int i = 0; i < 4; ++i) {
    crowd.emplace_back(io);
    crowd.back().async_connect(full.local_endpoint(), [](const boost::system::error_code&) {});
  }
  io.poll();
  const std::string origin = "http://127.0.0.1:" + std::to_string(full.local_endpoint().port());
  ghl::beast_options hasty;
  hasty.connect_timeout = 100ms;
  const auto start = std::chrono::steady_clock::now();
  place here{hasty};
  const auto connect = here(request_to(origin));
  REQUIRE(!connect);
  is(connect.error(), fault::timeout, sent::no);
  place patient;
  const auto whole = patient(request_to(origin, ghl::method::del, 100ms));
  REQUIRE(!whole);
  is(whole.error(), fault::timeout, sent::no);
  const auto took = std::chrono::steady_clock::now() - start;
  CHECK((took > 190ms));
  CHECK((took < 5s));
}

TEST_CASE("beast: a server that speaks no TLS, or that says nothing") {
  const auto https = [](raw_server& s) { return "https://127.0.0.1:" + std::to_string(s.port()); };
  raw_server plain{[](raw_connection& c, raw_server&) { c.send("HTTP/1.1 400 Bad Request\r\n\r\n"), c.stall(); }};
  place here;
  const auto wrong = here(request_to(https(plain)));
  REQUIRE(!wrong);
  is(wrong.error(), fault::tls, sent::no);
  raw_server rude{[](raw_connection& c, raw_server&) { c.close(); }};
  const auto closed = here(request_to(https(rude)));
  REQUIRE(!closed);
  is(closed.error(), fault::tls, sent::no);
  raw_server mute{[](raw_connection& c, raw_server&) { c.stall(); }};
  const auto late = here(request_to(https(mute), ghl::method::get, 100ms));
  REQUIRE(!late);
  is(late.error(), fault::timeout, sent::no);
  ghl::beast_options lost;
  lost.ca_file = "/nonexistent";
  place nowhere{lost};
  const auto untrusting = nowhere(request_to(https(mute)));
  REQUIRE(!untrusting);
  is(untrusting.error(), fault::tls, sent::no);
}

TEST_CASE("beast: a connection that is closed or reset before an answer") {
  is(fault_of([](raw_connection& c, raw_server&) { c.receive(); }), fault::connection_lost, sent::maybe);
  is(fault_of([](raw_connection& c, raw_server&) { c.receive(), c.reset(); }), fault::connection_lost, sent::maybe);
}

TEST_CASE("beast: an answer that is cut short") {
  const std::string part = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"success\":";
  is(fault_of(answers(part)), fault::cut_short, sent::yes);
  is(fault_of([&](raw_connection& c, raw_server&) {
       c.receive(), c.send(part), std::this_thread::sleep_for(20ms), c.reset();
     }),
     fault::cut_short, sent::yes);
  is(fault_of(answers("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"suc\r\n")), fault::cut_short,
     sent::yes);
  is(fault_of(answers("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n")), fault::cut_short,
     sent::yes);
  is(fault_of(answers("HTTP/1.1 200 OK\r\nContent-Le")), fault::cut_short, sent::yes);
  is(fault_of(answers("H")), fault::cut_short, sent::yes);
  is(fault_of(answers("HTTP/1.1 100 Continue\r\n\r\n")), fault::cut_short, sent::yes);
  const auto reset = fault_of([](raw_connection& c, raw_server&) {
    c.receive();
    c.send("HTTP/1.1 200 OK\r\n\r\nuntil the end?");
    std::this_thread::sleep_for(20ms);
    c.reset();
  });
  is(reset, fault::cut_short, sent::yes);
}

TEST_CASE("beast: a server that stalls before its answer, and in it") {
  is(fault_of([](raw_connection& c, raw_server&) { c.receive(), c.stall(); }, 200ms), fault::timeout, sent::maybe);
  const auto halfway = fault_of(
      [](raw_connection& c, raw_server&) {
        c.receive();
        c.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
        c.stall();
      },
      200ms);
  is(halfway, fault::timeout, sent::yes);
}

TEST_CASE("beast: a server that sends a byte now and then does not outlive the deadline") {
  const auto dripping = [](std::string head, std::string drop) {
    return [head, drop](raw_connection& c, raw_server&) {
      c.receive();
      c.send(head);
      for (int i = 0; i < 100; ++i) {
        c.send(drop);
        std::this_thread::sleep_for(10ms);
      }
    };
  };
  is(fault_of(dripping("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", "{"), 300ms), fault::timeout, sent::yes);
  is(fault_of(dripping("HTTP/1.1 200 OK\r\n", "X-A: b\r\n"), 300ms), fault::timeout, sent::yes);
  is(fault_of(dripping("", "HTTP/1.1 100 Continue\r\n\r\n"), 300ms), fault::timeout, sent::yes);
}

TEST_CASE("beast: a server that does not read a large request does not outlive the deadline") {
  raw_server server{[](raw_connection&, raw_server& s) {
    while (s.requests().empty()) std::this_thread::sleep_for(5ms);
  }};
  place here;
  ghl::http::request r = request_to(server.url(), ghl::method::post, 200ms);
  r.body.assign(50'000'000, 'x');
  const auto got = here(r);
  server.keep("enough");
  REQUIRE(!got);
  is(got.error(), fault::timeout, sent::maybe);
}

TEST_CASE("beast: a server that refuses a large request early is heard") {
  raw_server server{[](raw_connection& c, raw_server&) {
    c.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\n\r\nno");
    std::this_thread::sleep_for(50ms);  // and hangs up with a RST, since it has left bytes unread
  }};
  place here;
  ghl::http::request r = request_to(server.url(), ghl::method::post);
  r.body.assign(20'000'000, 'x');
  const auto got = here(r);
  if (got) CHECK(got->status == 413);
  else is(got.error(), fault::connection_lost, sent::maybe);  // where the system drops what it has received
}

TEST_CASE("beast: an answer over the limit, in every framing, and one of exactly the limit") {
  ghl::beast_options few;
  few.response_limit = 1000;
  const std::string over(1001, ' ');
  const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  is(fault_of(answers(http_answer("200 OK", over)), 10s, few), fault::too_large, sent::yes);
  is(fault_of(answers(chunked + "3e9\r\n" + over + "\r\n0\r\n\r\n"), 10s, few), fault::too_large, sent::yes);
  is(fault_of(answers("HTTP/1.1 200 OK\r\n\r\n" + over), 10s, few), fault::too_large, sent::yes);
  is(fault_of(answers("HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n\r\n"), 10s, few), fault::too_large,
     sent::yes);
  const std::string most(1000, ' ');
  for (const std::string& bytes :
       {http_answer("200 OK", most), chunked + "3e8\r\n" + most + "\r\n0\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n" + most}) {
    raw_server server{answers(bytes)};
    place here{few};
    const auto got = here(request_to(server.url()));
    REQUIRE(got);
    CHECK((got->body == most));
  }
}

TEST_CASE("beast: headers and trailers without end") {
  const auto endless = [](std::string head) {
    return [head](raw_connection& c, raw_server&) {
      c.receive();
      c.send(head);
      std::string lines;
      for (int i = 0; i < 1000; ++i) lines += "X-Filler: 0123456789\r\n";
      for (int i = 0; i < 100; ++i) c.send(lines);
    };
  };
  is(fault_of(endless("HTTP/1.1 200 OK\r\n")), fault::too_large, sent::yes);
  is(fault_of(endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n")), fault::too_large, sent::yes);
  const auto wide = [](raw_connection& c, raw_server&) {
    c.receive();
    c.send("HTTP/1.1 200 OK\r\nX: " + std::string(10'000'000, 'x'));
  };
  is(fault_of(wide), fault::too_large, sent::yes);
}

TEST_CASE("beast: something that is no HTTP, or that contradicts itself") {
  for (const char* bytes : {"SSH-2.0-OpenSSH\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/9.9 200 OK\r\n\r\n",
                            "\r\n\r\n\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                            "HTTP/1.1 200 OK\r\nBad Name: x\r\n\r\n", "HTTP/1.1 200 OK\r\nX: a\rb\r\n\r\n"}) {
    INFO(bytes);
    is(fault_of(answers(bytes)), fault::other, sent::yes);
  }
}

TEST_CASE("beast: a stop token ends a call within 50 ms, wherever it is") {
  raw_server mute{[](raw_connection& c, raw_server& s) { s.keep(c.receive()), c.stall(); }};
  raw_server deaf{[](raw_connection& c, raw_server&) { c.stall(); }};
  raw_server kind{always(good)};
  place here;
  const auto took = [&](const std::string& origin, sent was_sent, auto&& when) {
    flag stop;
    std::chrono::steady_clock::time_point at;
    std::thread other{[&] {
      when();
      at = std::chrono::steady_clock::now();
      *stop.up = true;
    }};
    const auto got = finish(here.io, here.transport(request_to(origin), stop));
    const auto now = std::chrono::steady_clock::now();
    other.join();
    REQUIRE(!got);
    is(got.error(), fault::cancelled, was_sent);
    return now - at;
  };
  const auto waiting = [&](std::size_t n) {
    return took(mute.url(), sent::maybe, [&, n] {
      while (mute.requests().size() < n) std::this_thread::sleep_for(1ms);
    });
  };
  const auto shaking_hands = [&] {
    return took("https://127.0.0.1:" + std::to_string(deaf.port()), sent::no,
                [] { std::this_thread::sleep_for(50ms); });
  };
  // The best of three: the machine may be busy.
  CHECK((std::min({waiting(1), waiting(2), waiting(3)}) < 5s));
  CHECK((std::min({shaking_hands(), shaking_hands(), shaking_hands()}) < 5s));

  flag raised;
  *raised.up = true;
  const auto never = finish(here.io, here.transport(request_to(mute.url()), raised));
  REQUIRE(!never);
  is(never.error(), fault::cancelled, sent::no);
  CHECK(finish(here.io, here.transport(request_to(kind.url()), flag{})));
}

#if BOOST_ASIO_VERSION >= 101900
TEST_CASE("beast: cancelling the awaiting coroutine ends the call") {
  raw_server mute{[](raw_connection& c, raw_server& s) { s.keep(c.receive()), c.stall(); }};
  auto io = std::make_unique<boost::asio::io_context>();
  boost::asio::cancellation_signal cancel;
  ghl::beast_transport transport;
  std::optional<outcome> got;
  const auto start = [&] {
    boost::asio::co_spawn(*io, transport(request_to(mute.url())),
                          boost::asio::bind_cancellation_slot(cancel.slot(), [&](std::exception_ptr e, outcome r) {
                            CHECK((e == nullptr));
                            got = std::move(r);
                          }));
  };
  start();
  std::thread other{[&] {
    while (mute.requests().empty()) std::this_thread::sleep_for(1ms);
    boost::asio::post(*io, [&] { cancel.emit(boost::asio::cancellation_type::terminal); });
  }};
  io->run();
  other.join();
  REQUIRE(got);
  REQUIRE(!*got);
  is(got->error(), fault::cancelled, sent::maybe);

  io->restart();  // and the signal may outlive the context, with a call under way
  start();
  while (mute.requests().size() < 2) io->poll();
  io.reset();
}
#endif

TEST_CASE("beast: calls share a kept connection, and so do copies of a transport") {
  raw_server server{always(good)};
  place here;
  for (int i = 0; i < 5; ++i) CHECK(here(request_to(server.url())));
  const ghl::beast_transport copy = here.transport;
  CHECK(finish(here.io, copy(request_to(server.url()))));
  CHECK(server.connections() == 1);
}

TEST_CASE("beast: what is no longer of use is not kept") {
  const auto connections = [](const std::string& answer, ghl::beast_options options = {}) {
    raw_server server{[&](raw_connection& c, raw_server&) {
      while (!c.receive().empty()) c.send(answer);
    }};
    place here{std::move(options)};
    CHECK(here(request_to(server.url(), ghl::method::post)));
    std::this_thread::sleep_for(20ms);
    CHECK(here(request_to(server.url(), ghl::method::post)));
    return server.connections();
  };
  CHECK(connections(good) == 1);
  CHECK(connections("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n") == 2);
  CHECK(connections("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n") == 2);
  CHECK(connections(good + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged") == 2);
  ghl::beast_options none;
  none.idle_connections = 0;
  CHECK(connections(good, none) == 2);
  ghl::beast_options brief;
  brief.idle_time = 10ms;
  CHECK(connections(good, brief) == 2);
}

TEST_CASE("beast: an idle connection that speaks or is closed is noticed before it is used") {
  raw_server closing{answers(good)};
  raw_server chatty{[](raw_connection& c, raw_server&) {
    c.receive();
    c.send(good);
    std::this_thread::sleep_for(10ms);
    c.send("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
    c.stall();
  }};
  place here;
  for (int i = 0; i < 3; ++i) {
    const auto got = here(request_to(closing.url(), ghl::method::post));
    INFO((got ? std::string{} : got.error().message()));
    CHECK(got);
    std::this_thread::sleep_for(20ms);  // the end arrives
  }
  CHECK(closing.connections() == 3);
  for (int i = 0; i < 2; ++i) {
    const auto got = here(request_to(chatty.url(), ghl::method::post));
    REQUIRE(got);
    CHECK(got->status == 200);
    std::this_thread::sleep_for(50ms);
  }
}

TEST_CASE("beast: a kept connection that dies under a request: sent again only where that is right") {
  // The second request on the first connection gets no answer, in one way or another.
  const auto second_call = [](ghl::method method, bool reset, int& connections) {
    raw_server server{first([&](raw_connection& c, raw_server&) {
      c.receive();
      c.send(good);
      c.receive();
      if (reset) c.reset();
    })};
    place here;
    CHECK(here(request_to(server.url(), method)));
    auto got = here(request_to(server.url(), method));
    connections = server.connections();
    return got;
  };
  int connections = 0;
  for (const bool reset : {false, true}) {
    for (const ghl::method method : {ghl::method::get, ghl::method::put}) {
      CHECK(second_call(method, reset, connections));
      CHECK(connections == 2);
    }
    for (const ghl::method method : {ghl::method::post, ghl::method::patch, ghl::method::del}) {
      const auto got = second_call(method, reset, connections);
      REQUIRE(!got);
      is(got.error(), fault::connection_lost, sent::maybe);
      CHECK(connections == 1);
    }
  }
}

TEST_CASE("beast: a request is sent again once, and not after a part of an answer") {
  raw_server server{[](raw_connection& c, raw_server& s) {
    if (s.connections() == 1) c.receive(), c.send(good);
    s.keep(c.receive());
    c.reset();
  }};
  place here;
  CHECK(here(request_to(server.url(), ghl::method::get)));
  const auto got = here(request_to(server.url(), ghl::method::get));
  REQUIRE(!got);
  is(got.error(), fault::connection_lost, sent::maybe);
  CHECK(server.requests().size() == 2);

  raw_server partial{[](raw_connection& c, raw_server&) { c.receive(), c.send(good), c.receive(), c.send("H"); }};
  CHECK(here(request_to(partial.url(), ghl::method::get)));
  const auto cut = here(request_to(partial.url(), ghl::method::get));
  REQUIRE(!cut);
  is(cut.error(), fault::cut_short, sent::yes);
  CHECK(partial.connections() == 1);
}

TEST_CASE("beast: wait takes its time, and no longer") {
  boost::asio::io_context io;
  const auto start = std::chrono::steady_clock::now();
  boost::asio::co_spawn(io, ghl::beast_transport{}.wait(60ms), boost::asio::detached);
  boost::asio::co_spawn(io, ghl::beast_transport{}.wait(ghl::milliseconds{-1}), boost::asio::detached);
  io.run();
  const auto took = std::chrono::steady_clock::now() - start;
  CHECK((took >= 60ms));
  CHECK((took < 8s));
}

TEST_CASE("beast: 64 calls at once on one io_context, and as many idle connections as allowed") {
  crowd_server server{always_good};
  boost::asio::io_context io;
  const ghl::beast_transport transport;
  int succeeded = 0;
  const auto round = [&](int calls) {
    succeeded = 0;
    for (int i = 0; i < calls; ++i)
      boost::asio::co_spawn(io, transport(request_to(server.origin, ghl::method::post)),
                            [&](std::exception_ptr e, outcome r) {
                              if (!e && r && r->body == "{}") ++succeeded;
                            });
    io.restart();
    io.run();
  };
  round(64);
  CHECK(succeeded == 64);
  CHECK(server.connections == 64);
  round(8);
  CHECK(succeeded == 8);
  CHECK(server.connections == 64);
  round(9);
  CHECK(succeeded == 9);
  CHECK(server.connections == 65);
}

TEST_CASE("beast: several threads, with strands and without, share a transport") {
  crowd_server server{always_good};
  const ghl::beast_transport transport;
  std::atomic<int> succeeded{0};
  std::atomic<int> stopped{0};
  {
    boost::asio::thread_pool pool{3};
    const auto many = [](ghl::beast_transport t, std::string origin, std::atomic<int>& good_ones,
                         std::atomic<int>& stopped_ones) -> boost::asio::awaitable<void> {
      for (int i = 0; i < 10; ++i) {
        const auto got = co_await t(request_to(origin));
        if (got && got->body == "{}") ++good_ones;
      }
      flag stop;
      *stop.up = true;
      const auto got = co_await t(request_to(origin), stop);
      if (!got && got.error().fault == fault::cancelled) ++stopped_ones;
      const auto late = co_await t(request_to(origin, ghl::method::get, ghl::milliseconds{1}));
      if (late || late.error().fault == fault::timeout) ++stopped_ones;  // the machine may be later than the server
    };
    for (int i = 0; i < 8; ++i) {
      boost::asio::co_spawn(pool, many(transport, server.origin, succeeded, stopped), boost::asio::detached);
      boost::asio::co_spawn(boost::asio::make_strand(pool), many(transport, server.origin, succeeded, stopped),
                            boost::asio::detached);
    }
    boost::asio::io_context other;  // and another context at the same time
    boost::asio::co_spawn(other, many(transport, server.origin, succeeded, stopped), boost::asio::detached);
    other.run();
    pool.join();
  }
  CHECK(succeeded == 170);
  CHECK(stopped == 34);
}

TEST_CASE("beast: a transport outlives the contexts in which it was used") {
  raw_server server{always(good)};
  const ghl::beast_transport transport;
  for (int i = 0; i < 3; ++i) {
    boost::asio::io_context io;
    CHECK(finish(io, transport(request_to(server.url()))));
    CHECK(finish(io, transport(request_to(server.url()))));
    CHECK(server.connections() == i + 1);
  }
}

TEST_CASE("beast: a context outlives its transports, whose connections close with the last copy") {
  std::atomic<bool> closed{false};
  raw_server server{[&](raw_connection& c, raw_server&) { c.receive(), c.send(good), c.stall(), closed = true; }};
  boost::asio::io_context io;
  auto transport = std::make_unique<ghl::beast_transport>();
  CHECK(finish(io, (*transport)(request_to(server.url()))));
  auto copy = std::make_unique<ghl::beast_transport>(*transport);
  transport.reset();
  std::this_thread::sleep_for(20ms);
  CHECK(!closed);
  copy.reset();
  for (int i = 0; i < 200 && !closed; ++i) std::this_thread::sleep_for(5ms);
  CHECK(closed);
}

TEST_CASE("beast: a context, a transport or both may go while a call is under way") {
  raw_server mute{[](raw_connection& c, raw_server& s) { s.keep(c.receive()), c.stall(); }};
  auto transport = std::make_unique<ghl::beast_transport>();
  int done = 0;
  const auto count = [&](const std::exception_ptr&, const outcome&) { ++done; };
  {
    boost::asio::io_context io;
    boost::asio::co_spawn(io, (*transport)(request_to(mute.url()), flag{}), count);
    while (mute.requests().empty()) io.poll();
  }
  {
    boost::asio::io_context io;  // not even begun
    boost::asio::co_spawn(io, (*transport)(request_to(mute.url())), count);
  }
  { const boost::asio::awaitable<outcome> dropped = (*transport)(request_to(mute.url())); }
  boost::asio::io_context io;
  boost::asio::co_spawn(io, (*transport)(request_to("http://localhost:" + std::to_string(mute.port()))), count);
  transport.reset();
  while (mute.requests().size() < 2) io.poll();
  CHECK(done == 0);
}

TEST_CASE("beast: transports and contexts end at the same time in different threads") {
  crowd_server server{always_good};
  for (int i = 0; i < 20; ++i) {
    auto transport = std::make_unique<ghl::beast_transport>();
    auto io = std::make_unique<boost::asio::io_context>();
    CHECK(finish(*io, (*transport)(request_to(server.origin))));
    std::thread other{[&] { transport.reset(); }};
    io.reset();
    other.join();
  }
}
