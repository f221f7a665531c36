// What goes on the wire, from the request struct alone.
#include "../catch.hpp"
#include "scripted_json.hpp"

#include <ghl/ghl.hpp>
#include <ghl/api/associations.hpp>
#include <ghl/api/conversations.hpp>
#include <ghl/api/links.hpp>
#include <ghl/api/opportunities.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

using ghl::fault;
using ghl::http::request;

namespace {

scripted_json json;

template <class E>
request prepared(const E& call, const ghl::settings& how = {}) {
  auto r = ghl::prepare(call, scripted_json{}, "a-token", how);
  INFO((r ? std::string{} : r.error().message()));
  REQUIRE(r);
  return *std::move(r);
}

template <class E>
ghl::error refused(const E& call, std::string_view token = "a-token", const ghl::settings& how = {}) {
  auto r = ghl::prepare(call, json, token, how);
  REQUIRE(!r);
  CHECK(r.error().kind == ghl::error_kind::invalid_request);
  CHECK(r.error().was_sent == ghl::sent::no);
  return std::move(r).error();
}

const std::string hostile = "a/b?c#d%e f";

}  // namespace

TEST_CASE("the five requests are those of the reference, byte for byte") {
  const request links = prepared(ghl::links::get_links{.location_id = "ve9EPM428h8vShlRW1KT"});
  CHECK(links.method == "GET");
  CHECK(links.origin() == "https://services.leadconnectorhq.com");
  CHECK(links.target() == "/links/?locationId=ve9EPM428h8vShlRW1KT");
  CHECK(links.headers.block() ==
        "Authorization: Bearer a-token\r\nVersion: 2021-07-28\r\nAccept: application/json\r\n"
        "User-Agent: ghl-cpp/0.1.0\r\n");
  CHECK(links.body.empty());
  CHECK(links.timeout.count() == 30'000);

  const request link = prepared(ghl::links::delete_link{.link_id = "x"});
  CHECK(link.method == "DELETE");
  CHECK(link.target() == "/links/x");
  CHECK(link.headers.get("version") == "2021-07-28");
  CHECK_FALSE(link.headers.contains("Content-Type"));
  CHECK(link.body.empty());

  const request followers = prepared(ghl::opportunities::remove_followers{
      .id = "sx6wyHhbFdRXh302Lunr", .body = {.followers = {"sx6wyHhbFdRXh302Lunr", "sx6wyHhbFdRXh302Lunr"}}});
  CHECK(followers.method == "DELETE");
  CHECK(followers.target() == "/opportunities/sx6wyHhbFdRXh302Lunr/followers");
  CHECK(followers.headers.block() ==
        "Authorization: Bearer a-token\r\nVersion: 2021-07-28\r\nAccept: application/json\r\n"
        "User-Agent: ghl-cpp/0.1.0\r\nContent-Type: application/json\r\n");
  CHECK(followers.body == R"({"followers":["sx6wyHhbFdRXh302Lunr","sx6wyHhbFdRXh302Lunr"]})");

  const request association = prepared(ghl::associations::delete_association{.association_id = "y"});
  CHECK(association.method == "DELETE");
  CHECK(association.target() == "/associations/y");

  const request conversation = prepared(ghl::conversations::delete_conversation{.conversation_id = "z"});
  CHECK(conversation.method == "DELETE");
  CHECK(conversation.target() == "/conversations/z");
  CHECK(conversation.headers.get("Version") == "2021-04-15");
}

TEST_CASE("everything outside the unreserved set is percent-encoded") {
  CHECK(prepared(ghl::links::delete_link{.link_id = hostile}).target() == "/links/a%2Fb%3Fc%23d%25e%20f");
  CHECK(prepared(ghl::links::get_links{.location_id = hostile}).target() == "/links/?locationId=a%2Fb%3Fc%23d%25e%20f");
  CHECK(prepared(ghl::links::get_links{.location_id = "a&b=c+d"}).target() == "/links/?locationId=a%26b%3Dc%2Bd");
  CHECK(prepared(ghl::links::delete_link{.link_id = "\xC3\xA9\xE2\x82\xAC"}).target() == "/links/%C3%A9%E2%82%AC");
  CHECK(prepared(ghl::links::delete_link{.link_id = "\x80\xFF"}).target() == "/links/%80%FF");
  CHECK(prepared(ghl::links::delete_link{.link_id = "AZaz09-._~"}).target() == "/links/AZaz09-._~");
  CHECK(prepared(ghl::links::delete_link{.link_id = "!$&'()*+,;=:@[]\\\"<>^`{|}"}).target() ==
        "/links/%21%24%26%27%28%29%2A%2B%2C%3B%3D%3A%40%5B%5D%5C%22%3C%3E%5E%60%7B%7C%7D");
  CHECK(prepared(ghl::links::delete_link{.link_id = "%2e%2e"}).target() == "/links/%252e%252e");
  CHECK(prepared(ghl::links::delete_link{.link_id = "..."}).target() == "/links/...");
  CHECK(prepared(ghl::links::delete_link{.link_id = "../x"}).target() == "/links/..%2Fx");
  const std::string long_value(2048, '/');
  CHECK(prepared(ghl::links::delete_link{.link_id = long_value}).target().size() == 7 + 3 * 2048);
}

TEST_CASE("a value that would name another resource never leaves the process") {
  struct row {
    std::string value;
    fault what;
  };
  std::vector<row> table = {{"", fault::empty_value}, {".", fault::dot_segment}, {"..", fault::dot_segment},
                            {"\x7F", fault::control_byte}, {std::string("a\0b", 3), fault::control_byte}};
  for (char c = 0x01; c < 0x20; ++c) table.push_back({std::string("a") + c, fault::control_byte});
  for (const row& r : table) {
    const auto path = refused(ghl::links::delete_link{.link_id = r.value});
    CHECK(path.fault == r.what);
    CHECK(path.where == "linkId");
    CHECK(path.endpoint == "Delete Link");
    const auto query = refused(ghl::links::get_links{.location_id = r.value});
    CHECK(query.fault == r.what);
    CHECK(query.where == "locationId");
    CHECK(refused(ghl::opportunities::remove_followers{.id = r.value, .body = {{"a"}}}).where == "id");
    CHECK(refused(ghl::associations::delete_association{.association_id = r.value}).where == "associationId");
    CHECK(refused(ghl::conversations::delete_conversation{.conversation_id = r.value}).where == "conversationId");
  }
  CHECK(refused(ghl::links::delete_link{.link_id = ".."}).message() ==
        "Delete Link: linkId is a dot segment, which a server takes for another path; nothing was sent");
}

TEST_CASE("a token that cannot stand in a header is refused, and never shown") {
  const ghl::links::delete_link call{.link_id = "x"};
  CHECK(refused(call, "").fault == fault::empty_token);
  for (const std::string& token : {std::string{"secret\r\n"}, std::string{"sec ret"}, std::string{"secret\t"},
                                   std::string("sec\0ret", 7), std::string{"secret\x7F"},
                                   std::string{"s\xC3\xA9" "cret"}}) {
    const auto e = refused(call, token);
    CHECK(e.fault == fault::bad_token);
    CHECK(e.where == "the token");
    CHECK(e.message().find("cret") == std::string::npos);
  }
}

TEST_CASE("a body that JSON cannot say is refused") {
  const auto e = refused(ghl::opportunities::remove_followers{.id = "x", .body = {.followers = {"\xFF"}}});
  CHECK(e.fault == fault::invalid_utf8);
  CHECK(e.where == "the body");
}

TEST_CASE("the base URL is https, or loopback, and nothing but scheme, host, port and path") {
  const ghl::links::delete_link call{.link_id = "x"};
  struct accepted_url {
    std::string url;
    std::string origin;
    std::string target;
  };
  const accepted_url accepted[] = {
      {.url = "https://api.example", .origin = "https://api.example", .target = "/links/x"},
      {.url = "https://api.example/", .origin = "https://api.example", .target = "/links/x"},
      {.url = "HTTPS://example.com:8443", .origin = "https://example.com:8443", .target = "/links/x"},
      {.url = "https://proxy.example/ghl/v1/", .origin = "https://proxy.example", .target = "/ghl/v1/links/x"},
      {.url = "https://[2001:db8::1]:443", .origin = "https://[2001:db8::1]:443", .target = "/links/x"},
      {.url = "http://127.0.0.1:8080", .origin = "http://127.0.0.1:8080", .target = "/links/x"},
      {.url = "http://127.255.0.1", .origin = "http://127.255.0.1", .target = "/links/x"},
      {.url = "http://localhost:1", .origin = "http://localhost:1", .target = "/links/x"},
      {.url = "http://[::1]:65535", .origin = "http://[::1]:65535", .target = "/links/x"},
  };
  for (const accepted_url& g : accepted) {
    INFO(g.url);
    ghl::settings how;
    how.apply(ghl::base_url{g.url});
    const request r = prepared(call, how);
    CHECK(r.origin() == g.origin);
    CHECK(r.target() == g.target);
  }
  const auto refused_as = [&](std::string_view url) {
    INFO(url);
    ghl::settings how;
    how.apply(ghl::base_url{url});
    const auto e = refused(call, "a-token", how);
    CHECK(e.where == "base_url");
    return e.fault;
  };
  for (const char* url : {"http://services.leadconnectorhq.com", "http://128.0.0.1", "http://127.0.0.1.evil.example",
                          "http://127.0.0", "http://127.0.0.256", "http://127.0.0.08",
                          "http://127.0.0.99999999999999999999", "http://127.1", "http://localhost.evil.example",
                          "http://[::2]", "http://evil.example:80", "http://127.0.0.1."})
    CHECK(refused_as(url) == fault::insecure_base_url);
  // The second is that of std::getenv where a variable is not set.
  for (const char* url : {"", static_cast<const char*>(nullptr)}) {
    ghl::settings how;
    how.base = ghl::base_url{url};
    const auto e = refused(call, "a-token", how);
    CHECK(e.fault == fault::empty_base_url);
    CHECK(e.message() ==
          "Delete Link: base_url is empty (an environment variable that is not set?); nothing was sent");
  }
  for (const char* url : {"services.leadconnectorhq.com", "ftp://127.0.0.1", "https://", "https:///x",
                          "//example.com", "https://user@example.com", "https://user:pass@example.com",
                          "http://localhost:80@evil.example",
                          "https://example.com?x=1", "https://example.com/?x=1", "https://example.com/x?y",
                          "https://example.com#f", "https://example.com:0", "https://example.com:65536",
                          "https://example.com:", "https://example.com:8a", "https://exa mple.com",
                          "https://example.com\r\nX: y", "https://example.com\\@evil.example", "https://[::1",
                          "https://example.com/a/../b", "https://example.com//a", "https://example.com/%2e",
                          "https://.com"})
    CHECK(refused_as(url) == fault::bad_base_url);
}

TEST_CASE("the User-Agent and the deadline can be set") {
  ghl::settings how;
  how.apply(ghl::user_agent{"house/2.0 (ghl)"});
  how.apply(ghl::deadline{ghl::milliseconds{1500}});
  const request r = prepared(ghl::links::delete_link{.link_id = "x"}, how);
  CHECK(r.headers.get("User-Agent") == "house/2.0 (ghl)");
  CHECK(r.timeout.count() == 1500);
  how.apply(ghl::user_agent{"a\r\nX-Evil: 1"});
  CHECK(refused(ghl::links::delete_link{.link_id = "x"}, "a-token", how).fault == fault::bad_user_agent);
}

namespace {

/// Parameters of every type that a URL can hold.
struct search {
  std::string location_id;
  std::int64_t number = 0;
  bool flag = false;
  std::optional<std::string> text{};
  std::optional<int> limit{};
  std::optional<double> ratio{};
  std::vector<std::string> tags{};
  std::optional<std::vector<int>> ids{};
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Search", ghl::method::post, "/a/:locationId/b/:number/c/:flag", ghl::token::agency,
                         ghl::token::sub_account, ghl::scope("a.readonly"), ghl::scope("b/c.write"),
                         ghl::query("q", &search::text), ghl::query("limit", &search::limit),
                         ghl::query("ratio", &search::ratio), ghl::query("tags[]", &search::tags),
                         ghl::query("ids", &search::ids), ghl::path("flag", &search::flag),
                         ghl::path("number", &search::number), ghl::path("locationId", &search::location_id));
  }
};
static_assert(ghl::well_formed<search>);
static_assert(ghl::endpoint_of<search>.version.empty());
static_assert(ghl::endpoint_of<search>.scopes.size() == 2);
static_assert(ghl::endpoint_of<search>.accepts(ghl::token::agency));

}  // namespace

TEST_CASE("parameters are strings, numbers, booleans, arrays and optionals") {
  const request r = prepared(search{.location_id = "l", .number = -7, .flag = true, .tags = {"a"}});
  CHECK(r.method == "POST");
  CHECK(r.target() == "/a/l/b/-7/c/true?tags%5B%5D=a");
  CHECK_FALSE(r.headers.contains("Version"));
  CHECK_FALSE(r.headers.contains("Content-Type"));
  CHECK(prepared(search{.location_id = "l", .text = "x y", .limit = 20, .ratio = 0.25, .tags = {"a", "b&c"},
                        .ids = std::vector<int>{1, -2}})
            .target() == "/a/l/b/0/c/false?q=x%20y&limit=20&ratio=0.25&tags%5B%5D=a&tags%5B%5D=b%26c&ids=1&ids=-2");
  CHECK(refused(search{.location_id = "l", .tags = {}}).where == "tags[]");
  CHECK(refused(search{.location_id = "l", .tags = {"a", ""}}).where == "tags[]");
  CHECK(refused(search{.location_id = "l", .ratio = std::numeric_limits<double>::infinity(), .tags = {"a"}}).fault ==
        fault::not_finite);
  CHECK(refused(search{.location_id = "l", .text = "a\nb", .tags = {"a"}}).fault == fault::control_byte);
}
