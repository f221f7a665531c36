// What the httplib adapter makes of a server that misbehaves: each fault its own error, and the next call works.
#include "../catch.hpp"
#include "../json_policy.hpp"
#include "raw_server.hpp"

#include <ghl/ghl.hpp>
#include <ghl/api/conversations.hpp>
#include <ghl/testing/transport_suite/faults.hpp>
#include <ghl/transport/httplib.hpp>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <string>
#include <thread>

using namespace std::chrono_literals;
using ghl::fault;
using ghl::sent;

namespace {

const std::string good = http_answer("200 OK", R"({"success":true})");
const ghl::conversations::delete_conversation call{.conversation_id = "c"};

auto client_of(const std::string& url, ghl::httplib_options options = {}) {
  return ghl::client{ghl::httplib_transport{std::move(options)}, json_policy{}, ghl::private_integration_token{"t"},
                     ghl::base_url{url}, ghl::deadline{10s}};
}

/// A server whose first connection misbehaves and whose others are good.
raw_server::script first(raw_server::script bad) {
  return [bad = std::move(bad)](raw_connection& c, raw_server& s) {
    if (s.connections() == 1) bad(c, s);
    else always(good)(c, s);
  };
}

/// The error of a first call to a server with that fault; the second call must succeed.
ghl::error fault_of(raw_server::script bad, ghl::milliseconds limit = 10s, ghl::httplib_options options = {}) {
  raw_server server{first(std::move(bad))};
  auto api = client_of(server.url(), std::move(options));
  const auto start = std::chrono::steady_clock::now();
  const auto outcome = api.call(call, ghl::deadline{limit});
  const auto took = std::chrono::steady_clock::now() - start;
  REQUIRE(!outcome);
  CHECK((outcome.error().kind == ghl::error_kind::transport));
  CHECK(outcome.error().status == 0);
  CHECK(outcome.error().endpoint == "Delete Conversation");
  CHECK((took < 8s));  // a fault is noticed when it happens, not when the deadline comes
  const auto next = api.call(call);
  INFO((next ? std::string{} : next.error().message()));
  CHECK(next);
  return outcome.error();
}

}  // namespace

TEST_CASE("a refused connection: nothing was sent") {
  int port = 0;
  { port = raw_server{always(good)}.port(); }  // free again
  auto api = client_of("http://127.0.0.1:" + std::to_string(port));
  const auto outcome = api.call(call);
  REQUIRE(!outcome);
  CHECK((outcome.error().fault == fault::connect));
  CHECK((outcome.error().was_sent == sent::no));
  CHECK((outcome.error().remedy() == ghl::remedy::retry));
}

TEST_CASE("a connection that is closed or reset before an answer") {
  const auto closed = fault_of([](raw_connection& c, raw_server&) { c.receive(); });
  CHECK((closed.fault == fault::connection_lost));
  CHECK((closed.was_sent == sent::maybe));
  const auto reset = fault_of([](raw_connection& c, raw_server&) { c.receive(), c.reset(); });
  CHECK((reset.fault == fault::connection_lost));
  CHECK((reset.was_sent == sent::maybe));
}

TEST_CASE("an answer that is cut short or reset in its body") {
  const std::string part = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"success\":";
  const auto cut = fault_of([&](raw_connection& c, raw_server&) { c.receive(), c.send(part); });
  CHECK((cut.fault == fault::cut_short));
  CHECK((cut.was_sent == sent::yes));
  const auto reset = fault_of([&](raw_connection& c, raw_server&) { c.receive(), c.send(part), c.reset(); });
  CHECK((reset.fault == fault::cut_short || reset.fault == fault::connection_lost));
}

TEST_CASE("a chunked answer without its last chunk") {
  const auto cut = fault_of([](raw_connection& c, raw_server&) {
    c.receive();
    c.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"suc\r\n");
  });
  CHECK((cut.fault == fault::cut_short));
}

TEST_CASE("a server that stalls before its answer, and in it") {
  const auto silent = fault_of([](raw_connection& c, raw_server&) { c.receive(), c.stall(); }, 200ms);
  CHECK((silent.fault == fault::timeout));
  CHECK((silent.was_sent == sent::maybe));
  const auto halfway = fault_of(
      [](raw_connection& c, raw_server&) {
        c.receive();
        c.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
        c.stall();
      },
      200ms);
  CHECK((halfway.fault == fault::timeout));
}

TEST_CASE("a server that sends a byte now and then does not outlive the deadline") {
  const auto slow = fault_of(
      [](raw_connection& c, raw_server&) {
        c.receive();
        c.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        for (int i = 0; i < 100; ++i) {
          c.send("{");
          std::this_thread::sleep_for(20ms);
        }
      },
      300ms);
  CHECK((slow.fault == fault::timeout));
}

// As many threads as there are files in that folder of Linux's.
TEST_CASE("neither a timeout nor a stop token starts a thread") {
  const std::filesystem::path tasks = "/proc/self/task";
  if (!std::filesystem::exists(tasks)) return;
  const auto threads = [&] { return std::distance(std::filesystem::directory_iterator{tasks}, {}); };
  std::ptrdiff_t during = 0;
  raw_server server{[&](raw_connection& c, raw_server&) {
    for (;;) {
      if (c.receive().empty()) return;
      during = threads();
      c.send(good);
    }
  }};
  const std::ptrdiff_t before = threads();
  ghl::httplib_transport transport;
  ghl::http::request r;
  r.url = server.url() + "/";
  CHECK(transport(r));
  CHECK(during == before);
  CHECK(transport(r, ghl::testing::stop_flag{}));
  CHECK(during == before);
  CHECK(threads() == before);
}

TEST_CASE("an answer over the limit") {
  ghl::httplib_options small;
  small.response_limit = 1000;
  const auto announced = fault_of(
      [](raw_connection& c, raw_server&) { c.receive(), c.send(http_answer("200 OK", std::string(1001, ' '))); }, 10s,
      small);
  CHECK((announced.fault == fault::too_large));
  CHECK((announced.was_sent == sent::yes));
  const auto endless = fault_of(
      [](raw_connection& c, raw_server&) {
        c.receive();
        c.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        for (int i = 0; i < 100; ++i) c.send(std::string(1000, ' '));
      },
      10s, small);
  CHECK((endless.fault == fault::too_large));

  raw_server server{always(http_answer("200 OK", R"({"success":true})" + std::string(1000 - 16, ' ')))};
  auto api = client_of(server.url(), small);
  CHECK(api.call(call));  // exactly the limit
}

TEST_CASE("something that is no HTTP") {
  const auto garbage = fault_of([](raw_connection& c, raw_server&) { c.receive(), c.send("SSH-2.0-OpenSSH\r\n\r\n"); });
  CHECK((garbage.fault == fault::other));
  CHECK((garbage.was_sent == sent::yes));
}

TEST_CASE("calls share a kept connection, and a connection that the server closed is opened anew") {
  raw_server server{always(good)};
  auto api = client_of(server.url());
  for (int i = 0; i < 5; ++i) CHECK(api.call(call));
  CHECK(server.connections() == 1);

  raw_server forgetful{[](raw_connection& c, raw_server&) { c.receive(), c.send(good); }};
  auto other = client_of(forgetful.url());
  for (int i = 0; i < 3; ++i) {
    CHECK(other.call(call));
    std::this_thread::sleep_for(20ms);  // the close arrives
  }
  CHECK(forgetful.connections() == 3);
}

TEST_CASE("a redirect is returned, not followed") {
  raw_server elsewhere{always(good)};
  raw_server server{always("HTTP/1.1 302 Found\r\nLocation: " + elsewhere.url() + "/\r\nContent-Length: 0\r\n\r\n")};
  auto api = client_of(server.url());
  const auto outcome = api.call(call);
  REQUIRE(!outcome);
  CHECK((outcome.error().kind == ghl::error_kind::status));
  CHECK(outcome.error().status == 302);
  CHECK(elsewhere.connections() == 0);
  CHECK(server.requests().size() == 1);
}

TEST_CASE("answers of every usual form are read") {
  ghl::httplib_transport transport;
  const auto answer_to = [&](const std::string& bytes) {
    raw_server server{[&](raw_connection& c, raw_server&) { c.receive(), c.send(bytes); }};
    ghl::http::request r;
    r.url = server.url() + "/";
    auto outcome = transport(r);
    INFO((outcome ? std::string{} : outcome.error().message()));
    REQUIRE(outcome);
    return *std::move(outcome);
  };
  const auto plain = answer_to("HTTP/1.1 200 OK\r\nx-LOWER-case: 1\r\nSet-Cookie: a\r\nSet-Cookie: b\r\nContent-Length: 3\r\n\r\nabc");
  CHECK(plain.status == 200);
  CHECK(plain.body == "abc");
  CHECK(plain.headers.get("X-Lower-Case") == "1");
  CHECK(plain.headers.count("set-cookie") == 2);
  CHECK(answer_to("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n").body == "abcde");
  CHECK(answer_to("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end").body == "until the end");
  CHECK(answer_to("HTTP/1.1 204 No Content\r\n\r\n").status == 204);
  CHECK(answer_to("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx").body == "x");
  CHECK(answer_to(std::string("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n\0\xFF\r\n", 43)).body ==
        std::string("\0\xFF\r\n", 4));
}
