// The bytes that the curl adapter puts on the wire, and the values that come back.
#include "../catch.hpp"
#include "raw_server.hpp"

#include <ghl/transport/curl.hpp>

#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using ghl::method;
using namespace std::string_literals;

namespace {

const std::string good = http_answer("200 OK", R"({"success":true})");

ghl::http::request to(const raw_server& server, method m, const std::string& target, std::string body = {}) {
  ghl::http::request r;
  r.method = m;
  r.url = server.url() + target;
  r.headers = {{"Authorization", "Bearer pit-0123"}, {"Version", "2021-07-28"}, {"Accept", "application/json"},
               {"User-Agent", "ghl-cpp/0.1.0"}};
  if (!body.empty()) r.headers.add("Content-Type", "application/json");
  r.body = std::move(body);
  r.timeout = ghl::milliseconds{10'000};
  return r;
}

/// The bytes that came, with the port replaced by what does not differ from run to run.
std::string seen(const raw_server& server, std::size_t i = 0) {
  const auto requests = server.requests();
  REQUIRE(requests.size() > i);
  std::string bytes = requests[i];
  const std::string host = "\r\nHost: 127.0.0.1:" + std::to_string(server.port()) + "\r\n";
  const std::size_t at = bytes.find(host);
  REQUIRE(at != std::string::npos);
  return bytes.replace(at, host.size(), "\r\nHost: HERE\r\n");
}

/// What a request looks like to a server, sent by a transport of its own.
template <class Change>
std::string sent_by(method m, std::string target, std::string body, Change change) {
  raw_server server{always(good)};
  ghl::http::request r = to(server, m, std::move(target), std::move(body));
  change(r);
  const auto outcome = ghl::curl_transport{}(r);
  INFO((outcome ? std::string{} : outcome.error().message()));
  CHECK(outcome);
  return seen(server);
}
std::string sent_by(method m, const std::string& target, std::string body = {}) {
  return sent_by(m, std::move(target), std::move(body), [](auto&) {});
}

/// What a transport makes of those bytes, after which the server closes.
ghl::http::response answer_to(const std::string& bytes, ghl::http::headers more = {}) {
  raw_server server{[&](raw_connection& c, raw_server&) { c.receive(), c.send(bytes); }};
  ghl::http::request r = to(server, method::get, "/");
  for (const auto& [name, value] : more) r.headers.add(name, value);
  auto outcome = ghl::curl_transport{}(r);
  INFO((outcome ? std::string{} : outcome.error().message()));
  REQUIRE(outcome);
  return *std::move(outcome);
}

/// Sets a variable of the environment, and puts it back.
class variable {
 public:
  variable(const char* name, const std::string& value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    ::setenv(name, value.c_str(), 1);
  }
  variable(const variable&) = delete;
  variable& operator=(const variable&) = delete;
  ~variable() { before_.empty() ? ::unsetenv(name_) : ::setenv(name_, before_.c_str(), 1); }

 private:
  const char* name_;
  std::string before_;
};

const std::string usual =
    "Host: HERE\r\nAuthorization: Bearer pit-0123\r\nVersion: 2021-07-28\r\nAccept: application/json\r\n"
    "User-Agent: ghl-cpp/0.1.0\r\n";

}  // namespace

TEST_CASE("curl: a request is its line, Host and its own headers, and nothing else") {
  CHECK(sent_by(method::get, "/links/?locationId=a") == "GET /links/?locationId=a HTTP/1.1\r\n" + usual + "\r\n");
  CHECK(sent_by(method::del, "/links/a") == "DELETE /links/a HTTP/1.1\r\n" + usual + "\r\n");
}

TEST_CASE("curl: a body goes with any method, with one length and one type") {
  for (const method m : {method::del, method::post, method::put, method::patch, method::get})
    CHECK(sent_by(m, "/a/b", R"({"followers":["x"]})") ==
          std::string{m} + " /a/b HTTP/1.1\r\n" + usual +
              "Content-Type: application/json\r\nContent-Length: 19\r\n\r\n{\"followers\":[\"x\"]}");
}

TEST_CASE("curl: a POST, PUT or PATCH without a body has the length 0 and no type") {
  for (const method m : {method::post, method::put, method::patch})
    CHECK(sent_by(m, "/a") == std::string{m} + " /a HTTP/1.1\r\n" + usual + "Content-Length: 0\r\n\r\n");
}

TEST_CASE("curl: a body without a Content-Type gets none") {
  const auto bytes = sent_by(method::post, "/a", "b", [](auto& r) { r.headers = {{"Accept", "*/*"}}; });
  CHECK(bytes == "POST /a HTTP/1.1\r\nHost: HERE\r\nAccept: */*\r\nContent-Length: 1\r\n\r\nb");
}

TEST_CASE("curl: a request without headers gets none of libcurl's") {
  CHECK(sent_by(method::get, "/a", "", [](auto& r) { r.headers.clear(); }) == "GET /a HTTP/1.1\r\nHost: HERE\r\n\r\n");
}

TEST_CASE("curl: a body of any bytes and of any size is sent as it is, in one piece") {
  const std::string odd = "\0\x01\xFF\r\n\r\n\xC3\xA9\0"s;
  CHECK(sent_by(method::put, "/a", odd) ==
        "PUT /a HTTP/1.1\r\n" + usual + "Content-Type: application/json\r\nContent-Length: 10\r\n\r\n" + odd);
  // libcurl would ask "Expect: 100-continue" from 1 KiB on, or from 1 MiB, and wait a second for the answer.
  for (const std::size_t size : {2'000U, 100'000U, 3'000'000U}) {
    std::string body(size, 'x');
    for (std::size_t i = 0; i < size; i += 7) body[i] = static_cast<char>(i);
    const std::string bytes = sent_by(method::post, "/a", body);
    const bool same = bytes == "POST /a HTTP/1.1\r\n" + usual + "Content-Type: application/json\r\nContent-Length: " +
                                   std::to_string(size) + "\r\n\r\n" + body;
    CHECK(same);
  }
}

TEST_CASE("curl: the target is sent as it stands") {
  for (const std::string target :
       {"/", "/a/../b", "/./..", "/a/%2E%2e/b", "//a//b/", "/%2F%3f%00", "/a?", "/a?b=c&d=%20+&e=[{}]|\\^`\"<>", "/a#b",
        "/a;b=c:d@e", "/\xC3\xA9", "/?x=http://h/../y", "/*"})
    CHECK(sent_by(method::del, target) == "DELETE " + target + " HTTP/1.1\r\n" + usual + "\r\n");
  const std::string endless = "/" + std::string(60'000, 'a');
  CHECK(sent_by(method::get, endless).starts_with("GET " + endless + " HTTP/1.1\r\n"));
}

TEST_CASE("curl: header values are sent as they stand, in their order, repeats and empty ones included") {
  const auto bytes = sent_by(method::get, "/a", "", [](auto& r) {
    r.headers = {{"x-b", "1"},   {"X-Empty", ""},        {"X-A", "; a, \"b\" \\ : c;"}, {"x-b", "2"},
                 {"Accept", ""}, {"X-8", "\xC3\xA9\xFF"}, {"Cookie", "a=b"},             {"X-At", "@file"}};
  });
  CHECK(bytes ==
        "GET /a HTTP/1.1\r\nHost: HERE\r\nx-b: 1\r\nX-Empty:\r\nX-A: ; a, \"b\" \\ : c;\r\nx-b: 2\r\nAccept:\r\n"
        "X-8: \xC3\xA9\xFF\r\nCookie: a=b\r\nX-At: @file\r\n\r\n");
}

TEST_CASE("curl: a request cannot frame its body in another way than the transport does") {
  const auto bytes = sent_by(method::post, "/a", "abc", [](auto& r) {
    r.headers = {{"Content-Length", "1"}, {"transfer-encoding", "chunked"}, {"Accept", "b"}, {"Content-Type", "c"}};
  });
  CHECK(bytes == "POST /a HTTP/1.1\r\nHost: HERE\r\nAccept: b\r\nContent-Type: c\r\nContent-Length: 3\r\n\r\nabc");
}

TEST_CASE("curl: nothing of a call is left over for the next one on its connection") {
  raw_server server{always(good)};
  const ghl::curl_transport transport;
  const std::string type = "Content-Type: application/json\r\n";
  std::vector<std::pair<ghl::http::request, std::string>> calls;
  const auto add = [&](method m, const std::string& body, const std::string& rest) {
    calls.emplace_back(to(server, m, "/" + std::to_string(calls.size()), body), rest + "\r\n" + body);
  };
  add(method::post, "abcdef", type + "Content-Length: 6\r\n");
  add(method::get, "", "");
  add(method::del, "a", type + "Content-Length: 1\r\n");
  add(method::del, "", "");
  add(method::put, "", "Content-Length: 0\r\n");
  add(method::get, "", "");
  add(method::patch, "ab", type + "Content-Length: 2\r\n");
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const auto& [request, rest] = calls[i];
    REQUIRE(transport(request));
    CHECK(seen(server, i) ==
          std::string{request.method} + " /" + std::to_string(i) + " HTTP/1.1\r\n" + usual + rest);
  }
  CHECK(server.connections() == 1);
}

TEST_CASE("curl: a URL that cannot be sent as it stands is refused, and opens no connection") {
  raw_server server{always(good)};
  const ghl::curl_transport transport;
  auto request = to(server, method::del, "/");
  const std::string port = ":" + std::to_string(server.port());
  for (const std::string& url :
       {""s, server.url(), server.url() + "a", server.url() + "?a", server.url() + "/a b", server.url() + "/a\r\nX: y",
        server.url() + "/a\0b"s, server.url() + "/a\x7F", server.url() + "\0.example/"s, "http:///a"s, "/a"s,
        "ftp://127.0.0.1" + port + "/a", "file:///etc"s, "http://user:hush@127.0.0.1" + port + "/a"}) {
    INFO(url);
    request.url = url;
    const auto outcome = transport(request);
    REQUIRE(!outcome);
    CHECK((outcome.error() == ghl::invalid_request(ghl::fault::bad_url, "url")));
  }
  CHECK(transport(to(server, method::del, "/" + std::string(9'000'000, 'a'))).error().was_sent == ghl::sent::no);
  CHECK(server.connections() == 0);
}

TEST_CASE("curl: answers of every usual form are read") {
  const auto plain = answer_to(
      "HTTP/1.1 200 OK\r\nx-LOWER-case: 1\r\nSet-Cookie: a\r\nEmpty:\r\nSet-Cookie: b\r\nTight:c\r\n"
      "Folded: d\r\n e\r\nContent-Length: 3\r\n\r\nabc");
  CHECK(plain.status == 200);
  CHECK(plain.body == "abc");
  CHECK((plain.headers == ghl::http::headers{{"x-LOWER-case", "1"},
                                             {"Set-Cookie", "a"},
                                             {"Empty", ""},
                                             {"Set-Cookie", "b"},
                                             {"Tight", "c"},
                                             {"Folded", "d e"},
                                             {"Content-Length", "3"}}));
  CHECK(answer_to("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end").body == "until the end");
  CHECK(answer_to("HTTP/1.0 200 OK\r\n\r\nold").body == "old");
  CHECK(answer_to("HTTP/1.1 200 OK\nContent-Length: 1\n\nx").headers.get("content-length") == "1");
  CHECK(answer_to("HTTP/1.1 200\r\nContent-Length: 1\r\n\r\nx").status == 200);
  CHECK(answer_to("HTTP/1.1 599 Odd\r\nContent-Length: 1\r\n\r\nx").status == 599);
  CHECK(answer_to("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n\0\xFF\r\n"s).body == "\0\xFF\r\n"s);
  CHECK(answer_to("HTTP/1.1 204 No Content\r\n\r\n").status == 204);
  CHECK(answer_to("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n").body.empty());
}

TEST_CASE("curl: only the headers of the final answer count, not those of an interim one or of trailers") {
  const auto answer = answer_to(
      "HTTP/1.1 100 Continue\r\nA: interim\r\n\r\nHTTP/1.1 103 Early Hints\r\nA: hint\r\n\r\n"
      "HTTP/1.1 201 Created\r\nA: final\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nA: trailer\r\nHTTP/1.1 500: no status\r\n\r\n");
  CHECK(answer.status == 201);
  CHECK(answer.body == "abcde");
  CHECK((answer.headers == ghl::http::headers{{"A", "final"}, {"Transfer-Encoding", "chunked"}}));
}

TEST_CASE("curl: a compressed body is decoded where the request asked for it, and else left alone") {
  const std::string packed =
      "\x1F\x8B\x08\x00\x00\x00\x00\x00\x02\x03\xAB\x56\x2A\x2E\x4D\x4E\x4E\x2D\x2E\x56\xB2\x2A\x29\x2A\x4D\xAD\x05\x00"
      "\xDF\xF7\xF6\x66\x10\x00\x00\x00"s;
  const std::string answer = http_answer("200 OK", packed, "Content-Encoding: gzip\r\n");
  CHECK(answer_to(answer).body == packed);
  const auto decoded = answer_to(answer, {{"Accept-Encoding", "gzip"}});
  CHECK(decoded.body == R"({"success":true})");
  CHECK(decoded.headers.get("Content-Encoding") == "gzip");
  CHECK(sent_by(method::get, "/", "", [](auto& r) { r.headers = {{"Accept", "a"}, {"Accept-Encoding", "gzip"}}; }) ==
        "GET / HTTP/1.1\r\nHost: HERE\r\nAccept: a\r\nAccept-Encoding: gzip\r\n\r\n");
}

TEST_CASE("curl: a redirect is returned, not followed") {
  raw_server elsewhere{always(good)};
  raw_server server{always("HTTP/1.1 307 Away\r\nLocation: " + elsewhere.url() + "/\r\nContent-Length: 0\r\n\r\n")};
  const auto outcome = ghl::curl_transport{}(to(server, method::del, "/"));
  REQUIRE(outcome);
  CHECK(outcome->status == 307);
  CHECK(outcome->headers.get("location") == elsewhere.url() + "/");
  CHECK(elsewhere.connections() == 0);
  CHECK(server.requests().size() == 1);
}

TEST_CASE("curl: cookies of one answer are not sent with the next request") {
  raw_server server{always(http_answer("200 OK", "", "Set-Cookie: a=b\r\n"))};
  const ghl::curl_transport transport;
  for (int i = 0; i < 2; ++i) REQUIRE(transport(to(server, method::get, "/")));
  CHECK(seen(server, 1) == "GET / HTTP/1.1\r\n" + usual + "\r\n");
}

TEST_CASE("curl: a proxy of the environment is used for HTTPS, never to a loopback address") {
  raw_server proxy{[](raw_connection& c, raw_server& s) {
    s.keep(c.receive());
    c.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  }};
  const variable a{"http_proxy", proxy.url()};
  const variable b{"https_proxy", proxy.url()};
  const variable c{"ALL_PROXY", proxy.url()};
  const variable d{"no_proxy", ""};
  const variable e{"NO_PROXY", ""};
  CHECK(sent_by(method::get, "/") == "GET / HTTP/1.1\r\n" + usual + "\r\n");
  CHECK(proxy.connections() == 0);

  auto request = to(proxy, method::post, "/secret", "b");
  request.url = "https://127.0.0.1:1/secret";
  CHECK((ghl::curl_transport{}(request).error().fault == ghl::fault::connect));
  CHECK(proxy.connections() == 0);

  // The name is for the proxy to resolve. It refuses, so nothing of the request itself was sent.
  request.url = "https://services.example/secret";
  const auto outcome = ghl::curl_transport{}(request);
  REQUIRE(!outcome);
  CHECK((outcome.error().fault == ghl::fault::connect));
  CHECK((outcome.error().was_sent == ghl::sent::no));
  REQUIRE(proxy.requests().size() == 1);
  CHECK(proxy.requests()[0].substr(0, 38) == "CONNECT services.example:443 HTTP/1.1\r");
  CHECK(proxy.requests()[0].find("pit-0123") == std::string::npos);
}
