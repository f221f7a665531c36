// The bytes that the Beast adapter puts on the wire, and the answers that it reads.
#include "../catch.hpp"
#include "raw_server.hpp"

#include <ghl/transport/beast.hpp>

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <concepts>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

static_assert(std::default_initializable<ghl::beast_transport> && std::copyable<ghl::beast_transport>);

ghl::result<ghl::http::response> send(const ghl::beast_transport& transport, ghl::http::request request) {
  boost::asio::io_context io;
  std::optional<ghl::result<ghl::http::response>> outcome;
  boost::asio::co_spawn(io, transport(std::move(request)),
                        [&](std::exception_ptr e, ghl::result<ghl::http::response> r) {
                          CHECK((e == nullptr));
                          outcome = std::move(r);
                        });
  io.run();
  REQUIRE(outcome);
  return *std::move(outcome);
}

/// What a server gets when that request is sent to it; the port of its Host header is written as PORT.
std::string bytes_of(ghl::http::request request, std::string origin = {}) {
  raw_server server{always(http_answer("200 OK", "{}"))};
  request.url.insert(0, origin.empty() ? server.url() : origin + ":" + std::to_string(server.port()));
  const auto outcome = send(ghl::beast_transport{}, std::move(request));
  INFO((outcome ? std::string{} : outcome.error().message()));
  REQUIRE(outcome);
  CHECK(outcome->body == "{}");
  REQUIRE(server.requests().size() == 1);
  std::string bytes = server.requests()[0];
  const std::string port = std::to_string(server.port());
  if (const auto at = bytes.find(":" + port); at != std::string::npos) bytes.replace(at + 1, port.size(), "PORT");
  return bytes;
}

/// The answer that is read from those bytes, after which the server closes.
ghl::http::response answer_to(const std::string& bytes, ghl::method method = ghl::method::get) {
  raw_server server{[&](raw_connection& c, raw_server&) { c.receive(), c.send(bytes); }};
  ghl::http::request r;
  r.method = method;
  r.url = server.url() + "/";
  auto outcome = send(ghl::beast_transport{}, std::move(r));
  INFO((outcome ? std::string{} : outcome.error().message()));
  REQUIRE(outcome);
  return *std::move(outcome);
}

/// Its URL still lacks the origin.
ghl::http::request request_for(ghl::method method, std::string target, std::string body = {}) {
  ghl::http::request r;
  r.method = method;
  r.url = std::move(target);
  r.body = std::move(body);
  return r;
}

}  // namespace

TEST_CASE("beast: a request is sent as it stands, Host first, its headers in their order and spelling") {
  ghl::http::request r = request_for(ghl::method::get, "/links/?locationId=a%20b%2Fc");
  r.headers = {
      {"Version", "2021-07-28"}, {"authorization", "Bearer pit-0123"}, {"X-A", "2"}, {"Accept", "*/*"}, {"X-A", "1"}};
  CHECK(bytes_of(r) ==
        "GET /links/?locationId=a%20b%2Fc HTTP/1.1\r\n"
        "Host: 127.0.0.1:PORT\r\n"
        "Version: 2021-07-28\r\n"
        "authorization: Bearer pit-0123\r\n"
        "X-A: 2\r\n"
        "Accept: */*\r\n"
        "X-A: 1\r\n"
        "\r\n");
}

TEST_CASE("beast: the target is sent verbatim") {
  for (const std::string target : {"/a%2Fb%2fc//d/../e?q=a+b%20c&&r=%00#", "/?", "/%C3%A9", "/*'();:@$,!~"})
    CHECK(bytes_of(request_for(ghl::method::del, target)) ==
          "DELETE " + target + " HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n");
}

TEST_CASE("beast: Content-Length is sent once where there is a body or the method has one") {
  const std::string host = "Host: 127.0.0.1:PORT\r\n";
  CHECK(bytes_of(request_for(ghl::method::del, "/a", "{}")) ==
        "DELETE /a HTTP/1.1\r\n" + host + "Content-Length: 2\r\n\r\n{}");
  CHECK(bytes_of(request_for(ghl::method::get, "/a", "x")) ==
        "GET /a HTTP/1.1\r\n" + host + "Content-Length: 1\r\n\r\nx");
  CHECK(bytes_of(request_for(ghl::method::post, "/a")) == "POST /a HTTP/1.1\r\n" + host + "Content-Length: 0\r\n\r\n");
  CHECK(bytes_of(request_for(ghl::method::put, "/a")) == "PUT /a HTTP/1.1\r\n" + host + "Content-Length: 0\r\n\r\n");
  CHECK(bytes_of(request_for(ghl::method::patch, "/a", "abc")) ==
        "PATCH /a HTTP/1.1\r\n" + host + "Content-Length: 3\r\n\r\nabc");
  CHECK(bytes_of(request_for(ghl::method::del, "/a")) == "DELETE /a HTTP/1.1\r\n" + host + "\r\n");
  ghl::http::request own = request_for(ghl::method::post, "/a", "abc");
  own.headers = {{"host", "example.com"}, {"Content-Length", "3"}};
  CHECK(bytes_of(own) == "POST /a HTTP/1.1\r\nhost: example.com\r\nContent-Length: 3\r\n\r\nabc");
}

TEST_CASE("beast: bodies of any bytes and of any size go both ways") {
  std::string every(256, '\0');
  for (std::size_t i = 0; i < every.size(); ++i) every[i] = static_cast<char>(i);
  CHECK(bytes_of(request_for(ghl::method::post, "/", every)) ==
        "POST / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Length: 256\r\n\r\n" + every);
  CHECK(answer_to("HTTP/1.1 200 OK\r\nContent-Length: 256\r\n\r\n" + every).body == every);

  const std::string large(5'000'000, 'x');
  raw_server echo{[](raw_connection& c, raw_server&) {
    const std::string request = c.receive();
    c.send(http_answer("200 OK", request.substr(request.find("\r\n\r\n") + 4)));
  }};
  ghl::http::request r = request_for(ghl::method::put, "/", large);
  r.url = echo.url() + "/";
  const auto outcome = send(ghl::beast_transport{}, r);
  REQUIRE(outcome);
  CHECK((outcome->body == large));
}

TEST_CASE("beast: a host is resolved unless it is an address") {
  CHECK(bytes_of(request_for(ghl::method::get, "/"), "http://localhost") ==
        "GET / HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n");
}

TEST_CASE("beast: an answer's headers keep their order, their spelling and their repeats") {
  const auto r = answer_to(
      "HTTP/1.1 418 I'm a teapot\r\nx-LOWER-case: 1\r\nSet-Cookie: a\r\nDate:  now \t\r\nSet-Cookie: b\r\nEmpty:\r\n"
      "X-8bit: \xC3\xA9\xFF\r\nContent-Length: 3\r\n\r\nabc");
  CHECK(r.status == 418);
  CHECK(r.body == "abc");
  CHECK(r.headers.block() ==
        "x-LOWER-case: 1\r\nSet-Cookie: a\r\nDate: now\r\nSet-Cookie: b\r\nEmpty: \r\nX-8bit: \xC3\xA9\xFF\r\n"
        "Content-Length: 3\r\n");
}

TEST_CASE("beast: answers of every framing are read") {
  CHECK(
      answer_to("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=\"y\"\r\nde\r\n0\r\n\r\n").body ==
      "abcde");
  CHECK(answer_to("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end").body == "until the end");
  CHECK(answer_to("HTTP/1.0 200 OK\r\n\r\nold").body == "old");
  CHECK(answer_to("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n").body.empty());
  CHECK(answer_to("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").body.empty());
  CHECK(answer_to("HTTP/1.1 204 No Content\r\n\r\n").status == 204);
  CHECK(answer_to("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n").status == 304);
  CHECK(answer_to("HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n").headers.get("location") == "/x");
  const auto coded = answer_to("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\x1F\x8B\x08");
  CHECK(coded.body == "\x1F\x8B\x08");
}

TEST_CASE("beast: interim answers are skipped, and leave nothing behind") {
  const auto r = answer_to(
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: "
      "1\r\n\r\nx");
  CHECK(r.status == 200);
  CHECK(r.headers.block() == "Content-Length: 1\r\n");
  CHECK(r.body == "x");
  raw_server halting{[](raw_connection& c, raw_server&) {  // the next part comes in a segment of its own
    c.receive();
    c.send("HTTP/1.1 102 Processing\r\n\r\n");
    std::this_thread::sleep_for(std::chrono::milliseconds{30});
    c.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
  }};
  ghl::http::request to = request_for(ghl::method::get, "/");
  to.url = halting.url() + "/";
  const auto outcome = send(ghl::beast_transport{}, to);
  REQUIRE(outcome);
  CHECK(outcome->status == 200);
}

TEST_CASE("beast: trailers are no headers") {
  const auto r = answer_to(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nX-After: 1\r\nSet-Cookie: a\r\n\r\n");
  CHECK(r.body == "x");
  CHECK(r.headers.block() == "Transfer-Encoding: chunked\r\n");
}
