// The bytes that the five calls put on the wire through the httplib adapter, and the values that come back.
#include "../catch.hpp"
#include "../json_policy.hpp"
#include "raw_server.hpp"

#include <ghl/ghl.hpp>
#include <ghl/api/associations.hpp>
#include <ghl/api/conversations.hpp>
#include <ghl/api/links.hpp>
#include <ghl/api/opportunities.hpp>
#include <ghl/transport/httplib.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace {

/// A request taken apart. httplib orders headers by name or not at all, so they are compared sorted.
struct parts {
  std::string line;
  std::vector<std::string> headers;
  std::string body;
};

parts split(const std::string& request) {
  parts p;
  std::string_view rest = request;
  const auto take = [&] {
    const std::size_t end = rest.find("\r\n");
    std::string line{rest.substr(0, end)};
    rest.remove_prefix(end + 2);
    return line;
  };
  p.line = take();
  for (std::string line = take(); !line.empty(); line = take()) p.headers.push_back(std::move(line));
  p.body = rest;
  std::sort(p.headers.begin(), p.headers.end());
  return p;
}

/// Calls a server that gives `answer`, and takes its only request apart.
template <class E>
std::pair<ghl::result<ghl::response_of<E>>, parts> talk(const E& call, const std::string& answer) {
  raw_server server{always(answer)};
  ghl::client api{ghl::httplib_transport{}, json_policy{}, ghl::private_integration_token{"pit-0123"},
                  ghl::base_url{server.url()}};
  auto outcome = api.call(call);
  const auto requests = server.requests();
  REQUIRE(requests.size() == 1);
  parts p = split(requests[0]);
  // The Host header holds the port, which differs from run to run.
  for (std::string& h : p.headers)
    if (h == "Host: 127.0.0.1:" + std::to_string(server.port())) h = "Host: 127.0.0.1:PORT";
  return {std::move(outcome), std::move(p)};
}

const std::vector<std::string> usual = {"Accept: application/json", "Authorization: Bearer pit-0123",
                                        "Host: 127.0.0.1:PORT", "User-Agent: ghl-cpp/0.1.0", "Version: 2021-07-28"};

}  // namespace

TEST_CASE("Get Links on the wire") {
  const auto [links, sent] = talk(ghl::links::get_links{.location_id = "ve9EPM428h8vShlRW1KT"},
                                      http_answer("200 OK", R"({
  "links": [
    {
      "id": "n4AriwEnFrGh3tu08W0U",
      "name": "first tag",
      "redirectTo": "https://www.google.com/",
      "fieldKey": "{{trigger_link.n4AriwEnFrGh3tu08W0U}}",
      "locationId": "ve9EPM428h8vShlRW1KT"
    }
  ]
})"));
  CHECK(sent.line == "GET /links/?locationId=ve9EPM428h8vShlRW1KT HTTP/1.1");
  CHECK((sent.headers == usual));
  CHECK(sent.body.empty());
  REQUIRE(links);
  CHECK((links->links == std::vector<ghl::links::link>{{"n4AriwEnFrGh3tu08W0U", "first tag", "https://www.google.com/",
                                                        "{{trigger_link.n4AriwEnFrGh3tu08W0U}}",
                                                        "ve9EPM428h8vShlRW1KT"}}));
}

TEST_CASE("Delete Link on the wire") {
  const auto [done, sent] = talk(ghl::links::delete_link{.link_id = "n4AriwEnFrGh3tu08W0U"},
                                     http_answer("201 Created", "{\n  \"succeded\": true\n}\n"));
  CHECK(sent.line == "DELETE /links/n4AriwEnFrGh3tu08W0U HTTP/1.1");
  CHECK((sent.headers == usual));
  CHECK(sent.body.empty());
  REQUIRE(done);
  CHECK(done->succeeded == true);
}

TEST_CASE("Remove Followers on the wire: a DELETE with a body and one Content-Type") {
  const auto [done, sent] = talk(
      ghl::opportunities::remove_followers{.id = "sx6wyHhbFdRXh302Lunr",
                                           .body = {.followers = {"sx6wyHhbFdRXh302Lunr", "sx6wyHhbFdRXh302Lunr"}}},
      http_answer("200 OK", R"({"followers":["sx6wyHhbFdRXh302Lunr","sx6wyHhbFdRXh302LLss"],)"
                            R"("followersRemoved":["Mx6wyHhbFdRXh302Luer","Ka6wyHhbFdRXh302LLsAm"]})"));
  CHECK(sent.line == "DELETE /opportunities/sx6wyHhbFdRXh302Lunr/followers HTTP/1.1");
  std::vector<std::string> headers = usual;
  headers.insert(headers.begin() + 2, {"Content-Length: 61", "Content-Type: application/json"});
  CHECK((sent.headers == headers));
  CHECK(sent.body == R"({"followers":["sx6wyHhbFdRXh302Lunr","sx6wyHhbFdRXh302Lunr"]})");
  REQUIRE(done);
  CHECK((done->followers == std::vector<std::string>{"sx6wyHhbFdRXh302Lunr", "sx6wyHhbFdRXh302LLss"}));
  CHECK((done->followers_removed == std::vector<std::string>{"Mx6wyHhbFdRXh302Luer", "Ka6wyHhbFdRXh302LLsAm"}));
}

TEST_CASE("Delete Association on the wire") {
  const auto [done, sent] =
      talk(ghl::associations::delete_association{.association_id = "6d6f6e676f5f6576656e7473"},
               http_answer("200 OK", R"({"deleted":true,"id":"6d6f6e676f5f6576656e7473",)"
                                     R"("message":"Association deleted successfully"})"));
  CHECK(sent.line == "DELETE /associations/6d6f6e676f5f6576656e7473 HTTP/1.1");
  CHECK((sent.headers == usual));
  CHECK(sent.body.empty());
  REQUIRE(done);
  CHECK(done->deleted);
  CHECK(done->id == "6d6f6e676f5f6576656e7473");
  CHECK(done->message == "Association deleted successfully");
}

TEST_CASE("Delete Conversation on the wire, under its own Version") {
  const auto [done, sent] = talk(ghl::conversations::delete_conversation{.conversation_id = "tDtDnQdgm2LXpyiqYvZ6"},
                                     http_answer("200 OK", R"({"success":true})"));
  CHECK(sent.line == "DELETE /conversations/tDtDnQdgm2LXpyiqYvZ6 HTTP/1.1");
  std::vector<std::string> headers = usual;
  headers.back() = "Version: 2021-04-15";
  CHECK((sent.headers == headers));
  CHECK(sent.body.empty());
  REQUIRE(done);
  CHECK(done->success);
}

TEST_CASE("each documented failure is the exact error, for each endpoint") {
  struct row {
    const char* line;
    const char* body;
    int status;
    const char* message;
  };
  const row table[] = {
      {"400 Bad Request", R"({"statusCode":400,"message":"Bad Request"})", 400, "Bad Request"},
      {"401 Unauthorized",
       R"({"statusCode":401,"message":"Invalid token: access token is invalid","error":"Unauthorized"})", 401,
       "Invalid token: access token is invalid"},
      {"422 Unprocessable Entity",
       R"({"statusCode":422,"message":["Unprocessable Entity"],"error":"Unprocessable Entity"})", 422,
       "Unprocessable Entity"},
  };
  const auto check = [&](const auto& call) {
    for (const row& r : table) {
      const auto [outcome, sent] = talk(call, http_answer(r.line, r.body));
      REQUIRE(!outcome);
      ghl::error expected;
      expected.kind = ghl::error_kind::status;
      expected.was_sent = ghl::sent::yes;
      expected.status = r.status;
      using endpoint = std::remove_cvref_t<decltype(call)>;
      expected.endpoint = ghl::endpoint_of<endpoint>.title;
      expected.called = &ghl::endpoint_of<endpoint>;
      expected.messages = {r.message};
      expected.content_type = "application/json";
      expected.excerpt = r.body;
      CHECK((outcome.error() == expected));
    }
  };
  check(ghl::links::get_links{.location_id = "l"});
  check(ghl::links::delete_link{.link_id = "l"});
  check(ghl::opportunities::remove_followers{.id = "o", .body = {{"f"}}});
  check(ghl::associations::delete_association{.association_id = "a"});
  check(ghl::conversations::delete_conversation{.conversation_id = "c"});
}

TEST_CASE("hostile values reach the wire encoded once, and the target is sent as it was prepared") {
  const std::string ok = http_answer("200 OK", R"({"links":[]})");
  const auto line_of_link = [&](const std::string& value) {
    return talk(ghl::links::delete_link{.link_id = value}, ok).second.line;
  };
  const auto line_of_links = [&](const std::string& value) {
    return talk(ghl::links::get_links{.location_id = value}, ok).second.line;
  };
  CHECK(line_of_link("a/b?c#d%e f") == "DELETE /links/a%2Fb%3Fc%23d%25e%20f HTTP/1.1");
  CHECK(line_of_link("\xC3\xA9\xF0\x9F\x98\x80") == "DELETE /links/%C3%A9%F0%9F%98%80 HTTP/1.1");
  std::string encoded;
  for (int i = 0; i < 2048; ++i) encoded += "%2F";
  CHECK(line_of_link(std::string(2048, '/')) == "DELETE /links/" + encoded + " HTTP/1.1");
  CHECK(line_of_links("a&b=c") == "GET /links/?locationId=a%26b%3Dc HTTP/1.1");
  CHECK(line_of_links("a b+c/d:e@f,g;h'i(j)k*l!m$n?o%p#q") ==
        "GET /links/?locationId=a%20b%2Bc%2Fd%3Ae%40f%2Cg%3Bh%27i%28j%29k%2Al%21m%24n%3Fo%25p%23q HTTP/1.1");
}

TEST_CASE("a refused request opens no connection") {
  raw_server server{always(http_answer("200 OK", "{}"))};
  ghl::client api{ghl::httplib_transport{}, json_policy{}, ghl::private_integration_token{"t"},
                  ghl::base_url{server.url()}};
  for (const std::string& value : {std::string{}, std::string{"."}, std::string{".."}, std::string{"a\r\nb"}}) {
    CHECK((api.call(ghl::links::delete_link{.link_id = value}).error().kind == ghl::error_kind::invalid_request));
    CHECK((api.call(ghl::links::get_links{.location_id = value}).error().kind == ghl::error_kind::invalid_request));
  }
  for (const std::string& token : {std::string{}, std::string{"a\r\n"}, std::string{"a b"}}) {
    ghl::client other{ghl::httplib_transport{}, json_policy{}, ghl::private_integration_token{token},
                      ghl::base_url{server.url()}};
    CHECK((other.call(ghl::links::delete_link{.link_id = "x"}).error().kind == ghl::error_kind::invalid_request));
  }
  CHECK(server.connections() == 0);
}

TEST_CASE("a URL that cannot be sent as it stands opens no connection") {
  raw_server server{always(http_answer("200 OK", "{}"))};
  ghl::httplib_transport transport;
  for (const std::string& url : {std::string{}, server.url(), server.url() + "?a", server.url() + "/a b",
                                 server.url() + "/a\r\nX: y", std::string{"ftp://127.0.0.1/a"}}) {
    INFO(url);
    ghl::http::request r;
    r.url = url;
    CHECK((transport(r).error() == ghl::invalid_request(ghl::fault::bad_url, "url")));
  }
  CHECK(server.connections() == 0);
}
