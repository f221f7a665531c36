// The words that few endpoints need, as they go over the wire.
#include "../catch.hpp"
#include "run_task.hpp"
#include "scripted_json.hpp"
#include "task.hpp"

#include <ghl/ghl.hpp>
#include <ghl/refreshing_token.hpp>
#include <ghl/retry.hpp>
#include <ghl/testing/scripted_coroutine.hpp>
#include <ghl/testing/scripted_transport.hpp>

#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

using ghl::fault;
using ghl::http::request;
using ghl::http::response;

namespace {

template <class E>
request prepared(const E& call) {
  auto r = ghl::prepare(call, scripted_json{}, "a-token");
  INFO((r ? std::string{} : r.error().message()));
  REQUIRE(r);
  return *std::move(r);
}
template <class E>
ghl::error refused(const E& call) {
  auto r = ghl::prepare(call, scripted_json{}, "a-token");
  REQUIRE(!r);
  CHECK(r.error().kind == ghl::error_kind::invalid_request);
  CHECK(r.error().was_sent == ghl::sent::no);
  CHECK(r.error().endpoint == "Try It");
  return std::move(r).error();
}
template <class E>
void check_refused(const E& call, fault why, std::string_view where) {
  const ghl::error e = refused(call);
  CHECK(e.fault == why);
  CHECK(e.where == where);
}

// ---- a form ----

struct send_form {
  struct content {
    std::string name;
    std::optional<std::string> note{};
    int count = 0;
    bool urgent = false;
    std::vector<std::string> tags{};
    std::optional<double> ratio{};
    static consteval auto fields() {
      return ghl::fields(ghl::field("name", &content::name), ghl::field("a note", &content::note),
                         ghl::field("count", &content::count), ghl::field("urgent", &content::urgent),
                         ghl::field("tag", &content::tags), ghl::field("ratio", &content::ratio));
    }
  } body;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Try It", ghl::method::post, "/try", ghl::version("2021-07-28"), ghl::scope("try.write"),
                         ghl::token::sub_account, ghl::form(&send_form::body));
  }
};
static_assert(ghl::well_formed<send_form>);

struct send_short_form {
  struct content {
    std::optional<std::string> name{};
    static consteval auto fields() { return ghl::fields(ghl::field("name", &content::name)); }
  } body{};
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Try It", ghl::method::post, "/try", ghl::token::sub_account, ghl::form(&send_short_form::body));
  }
};

}  // namespace

TEST_CASE("a form is written from a struct, its names and values percent-encoded") {
  const request all = prepared(send_form{{.name = "J\xC3\xB6 & Co=1+1",
                                          .note = "",
                                          .count = -3,
                                          .urgent = true,
                                          .tags = {"a b", "c\r\nd"},
                                          .ratio = 0.5}});
  CHECK(all.body ==
        "name=J%C3%B6%20%26%20Co%3D1%2B1&a%20note=&count=-3&urgent=true&tag=a%20b&tag=c%0D%0Ad&ratio=0.5");
  CHECK(all.headers.block() ==
        "Authorization: Bearer a-token\r\nVersion: 2021-07-28\r\nAccept: application/json\r\n"
        "User-Agent: ghl-cpp/0.1.0\r\nContent-Type: application/x-www-form-urlencoded\r\n");
  CHECK(prepared(send_form{{.name = "x"}}).body == "name=x&count=0&urgent=false");
  CHECK(prepared(send_form{{.name = std::string(5000, 'x')}}).body.size() == 5026);

  check_refused(send_form{{.name = "x", .ratio = std::numeric_limits<double>::infinity()}}, fault::not_finite, "ratio");
  check_refused(send_short_form{}, fault::empty_value, "the body");
}

// ---- a multipart body ----

namespace {

struct upload {
  struct content {
    std::string conversation_id;
    std::vector<std::string> urls{};
    std::optional<bool> hosted{};
    std::optional<ghl::file> picture{};
    std::vector<ghl::file> attachments{};
    std::map<std::string, ghl::file> named{};
    static consteval auto fields() {
      return ghl::fields(ghl::field("conversationId", &content::conversation_id), ghl::field("url", &content::urls),
                         ghl::field("hosted", &content::hosted), ghl::field("picture", &content::picture),
                         ghl::field("fileAttachment", &content::attachments), ghl::field("named", &content::named));
    }
  } body;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Try It", ghl::method::post, "/try", ghl::version("v3"), ghl::scope("try.write"),
                         ghl::token::sub_account, ghl::multipart(&upload::body));
  }
};
static_assert(ghl::well_formed<upload>);

/// The names of the parts are known at run time alone, as in /forms/upload-custom-files.
template <template <class...> class Map>
struct upload_named {
  Map<std::string, ghl::file> files;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Try It", ghl::method::post, "/try", ghl::token::sub_account,
                         ghl::multipart(&upload_named::files));
  }
};
static_assert(ghl::well_formed<upload_named<std::map>> && ghl::well_formed<upload_named<std::unordered_map>>);

std::string boundary_of(const request& r) {
  constexpr std::string_view type = "multipart/form-data; boundary=";
  CHECK(r.headers.count("Content-Type") == 1);
  const std::string_view value = r.headers.get("Content-Type").value_or("");
  REQUIRE(value.starts_with(type));
  return std::string{value.substr(type.size())};
}

/// How often it occurs, overlapping occurrences included.
std::size_t times(std::string_view text, std::string_view wanted) {
  std::size_t n = 0;
  for (std::size_t at = text.find(wanted); at != std::string_view::npos; at = text.find(wanted, at + 1)) ++n;
  return n;
}

}  // namespace

TEST_CASE("a multipart body has a part for each value and each file") {
  const request r = prepared(upload{{.conversation_id = "c\xC3\xB6",
                                     .urls = {"https://a", "https://b"},
                                     .hosted = true,
                                     .picture = ghl::file{.name = "p.png", .type = "image/png", .bytes = {"\0\r\n\xFF", 4}},
                                     .attachments = {{.name = "1.txt", .type = "text/plain; charset=utf-8", .bytes = "one"},
                                                     {.name = "2", .bytes = ""}},
                                     .named = {{"field_1", {.name = "n", .type = "a/b", .bytes = "x"}}}}});
  CHECK(r.headers.block() ==
        "Authorization: Bearer a-token\r\nVersion: v3\r\nAccept: application/json\r\nUser-Agent: ghl-cpp/0.1.0\r\n"
        "Content-Type: multipart/form-data; boundary=ghl-part\r\n");
  CHECK(r.body ==
        "--ghl-part\r\nContent-Disposition: form-data; name=\"conversationId\"\r\n\r\nc\xC3\xB6\r\n"
        "--ghl-part\r\nContent-Disposition: form-data; name=\"url\"\r\n\r\nhttps://a\r\n"
        "--ghl-part\r\nContent-Disposition: form-data; name=\"url\"\r\n\r\nhttps://b\r\n"
        "--ghl-part\r\nContent-Disposition: form-data; name=\"hosted\"\r\n\r\ntrue\r\n"
        "--ghl-part\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"p.png\"\r\n"
        "Content-Type: image/png\r\n\r\n" +
            std::string("\0\r\n\xFF\r\n", 6) +
            "--ghl-part\r\nContent-Disposition: form-data; name=\"fileAttachment\"; filename=\"1.txt\"\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n\r\none\r\n"
            "--ghl-part\r\nContent-Disposition: form-data; name=\"fileAttachment\"; filename=\"2\"\r\n"
            "Content-Type: application/octet-stream\r\n\r\n\r\n"
            "--ghl-part\r\nContent-Disposition: form-data; name=\"field_1\"; filename=\"n\"\r\n"
            "Content-Type: a/b\r\n\r\nx\r\n"
            "--ghl-part--\r\n");
  CHECK(r.body.capacity() < r.body.size() + 16);  // it was measured

  const auto named = [](auto call) {
    call.files.try_emplace("id_1", ghl::file{.name = "n", .type = "a/b", .bytes = "x"});
    return prepared(call).body;
  };
  constexpr std::string_view only =
      "--ghl-part\r\nContent-Disposition: form-data; name=\"id_1\"; filename=\"n\"\r\nContent-Type: a/b\r\n\r\nx\r\n"
      "--ghl-part--\r\n";
  CHECK(named(upload_named<std::map>{}) == only);
  CHECK(named(upload_named<std::unordered_map>{}) == only);
}

TEST_CASE("no name, type or content of a file can end its header line or its part") {
  const auto body_of = [](ghl::file f) {
    return prepared(upload_named<std::map>{{{"a", std::move(f)}}}).body;
  };
  CHECK(body_of({.name = "a\"; x=\"b\\\r\nX: y\x01\x7F\t.\xE2\x82\xAC", .type = "a/b", .bytes = ""})
            .find("name=\"a\"; filename=\"a%22; x=%22b%5C%0D%0AX: y%01%7F%09.\xE2\x82\xAC\"\r\nContent-Type: a/b\r\n") !=
        std::string::npos);
  CHECK(prepared(upload_named<std::map>{{{std::string("k\0\"\n", 4), {.name = "n"}}}})
            .body.find("form-data; name=\"k%00%22%0A\"; filename=\"n\"\r\n") != std::string::npos);

  const auto check_type = [](std::string type, bool good) {
    INFO(type);
    const auto r = ghl::prepare(upload_named<std::map>{{{"a", {.name = "n", .type = std::move(type)}}}}, scripted_json{},
                                "t");
    CHECK(r.has_value() == good);
    if (!r) CHECK(r.error().fault == fault::bad_media_type);
    if (!r) CHECK(r.error().where == "the body");
  };
  for (const char* type : {"a/b", "application/vnd.api+json", "text/plain;charset=utf-8", "text/plain ; a=\"b c\"", "a/b;", "a/b; ;x=1;",
                           "a/b;x=\";=\\\"\" ; y=z"})
    check_type(type, true);
  for (const char* type : {"", "text", "/", "a/", "/b", "a b/c", "a/b\r\nX: y", "a/b;\n", "a/b; x=\xC3\xA4", "a/b/c",
                           "text/plain; a", "a/b;x=", "a/b; =y", "a/b; x =y", "a/b;x=\"", "a/b;x=\"\\\"", "a/b;x=\"a\"b", "a/b;x=y z",
                           "a/b;x=y,z"})
    check_type(type, false);

  check_refused(upload{{.conversation_id = "x", .picture = ghl::file{}}}, fault::bad_file_name, "picture");
  check_refused(upload{{.conversation_id = "x", .attachments = {{.name = "\xFF"}}}}, fault::bad_file_name,
                "fileAttachment");
  check_refused(upload{{.conversation_id = "\xFF"}}, fault::invalid_utf8, "conversationId");
  check_refused(upload_named<std::map>{{{"", {.name = "n"}}}}, fault::empty_value, "the body");
  check_refused(upload_named<std::map>{{{"\xC3", {.name = "n"}}}}, fault::invalid_utf8, "the body");
  check_refused(upload_named<std::map>{}, fault::empty_value, "the body");
}

TEST_CASE("the boundary of a multipart body occurs nowhere in it, whatever the body is") {
  const auto check = [](std::string bytes, std::string_view expected) {
    const request r = prepared(upload_named<std::map>{{{"a", {.name = "n", .bytes = std::move(bytes)}}}});
    const std::string boundary = boundary_of(r);
    CHECK(boundary == expected);
    CHECK(boundary.size() <= 70);  // RFC 2046, section 5.1.1
    CHECK(times(r.body, boundary) == 2);
  };
  check("ghl-par", "ghl-part");
  check("ghl-part", "ghl-part0");
  check("ghl-part0", "ghl-part1");
  check("\r\n--ghl-part--\r\n--ghl-part0\r\n--ghl-part1", "ghl-part2");
  check("ghl-ghl-partghl-part", "ghl-part0");

  // Who knows how it is chosen cannot make it occur either: all texts of up to two letters, and the first of them again.
  std::string attack;
  constexpr std::string_view letters = "0123456789abcdefghijklmnopqrstuvwxyz";
  for (const char a : letters) {
    for (const char b : letters) attack.append("ghl-part").append({a, b});
    attack.append("ghl-part").append({a});
  }
  attack.append("ghl-part00z");
  check(attack, "ghl-part100");

  // Wherever the text comes from.
  const request r = prepared(upload{{.conversation_id = "ghl-part0",
                                     .picture = ghl::file{.name = "ghl-part1", .type = "a/ghl-part2"},
                                     .named = {{"ghl-part3", {.name = "n"}}}}});
  CHECK(boundary_of(r) == "ghl-part4");
  CHECK(times(r.body, "ghl-part4") == 4);
}

// ---- headers, queries ----

namespace {

struct with_headers {
  std::string source;
  std::optional<std::string> note{};
  int level = 0;
  bool dry = false;
  std::vector<std::string> body{};
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Try It", ghl::method::put, "/try", ghl::version("v3"), ghl::token::sub_account,
                         ghl::header("X-Source", &with_headers::source), ghl::header("x-note", &with_headers::note),
                         ghl::header("X-Level", &with_headers::level), ghl::header("X-Dry-Run", &with_headers::dry),
                         ghl::body(&with_headers::body));
  }
};
static_assert(ghl::well_formed<with_headers>);

struct with_queries {
  std::vector<std::string> ids;
  std::optional<std::vector<int>> numbers{};
  std::string text{};
  std::optional<std::string> other{};
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Try It", ghl::method::get, "/try", ghl::token::sub_account,
                         ghl::query("ids", &with_queries::ids, ghl::commas), ghl::query("alt Type", "a&b#%20 \xC3\xA9/?"),
                         ghl::query("n", &with_queries::numbers, ghl::commas),
                         ghl::query("q", &with_queries::text, ghl::may_be_empty),
                         ghl::query("r", &with_queries::other, ghl::may_be_empty), ghl::query("flag", ""));
  }
};
static_assert(ghl::well_formed<with_queries>);

struct only_constant {
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Try It", ghl::method::get, "/try", ghl::token::agency, ghl::query("altType", "location"));
  }
};
static_assert(ghl::well_formed<only_constant>);

}  // namespace

TEST_CASE("header parameters are lines of their own, and a value that would be more is refused") {
  const request all = prepared(with_headers{.source = " caf\xC3\xA9 ", .note = "n", .level = -2, .dry = true, .body = {"x"}});
  CHECK(all.headers.block() ==
        "Authorization: Bearer a-token\r\nVersion: v3\r\nAccept: application/json\r\nUser-Agent: ghl-cpp/0.1.0\r\n"
        "X-Source: caf\xC3\xA9\r\nx-note: n\r\nX-Level: -2\r\nX-Dry-Run: true\r\nContent-Type: application/json\r\n");
  CHECK(all.body == R"(["x"])");
  CHECK_FALSE(prepared(with_headers{.source = "s"}).headers.contains("X-Note"));

  check_refused(with_headers{.source = "a\r\nX: y"}, fault::control_byte, "X-Source");
  check_refused(with_headers{.source = std::string("a\0b", 3)}, fault::control_byte, "X-Source");
  check_refused(with_headers{.source = ""}, fault::empty_value, "X-Source");
  check_refused(with_headers{.source = "  "}, fault::empty_value, "X-Source");
  check_refused(with_headers{.source = "s", .note = ""}, fault::empty_value, "x-note");
}

TEST_CASE("a list in one query value, a query that is always the same, and one that may be empty") {
  CHECK(prepared(with_queries{.ids = {"a", "b c", "d"}, .numbers = {{1, -2}}, .text = "x", .other = "y"}).target() ==
        "/try?ids=a,b%20c,d&alt%20Type=a%26b%23%2520%20%C3%A9%2F%3F&n=1,-2&q=x&r=y&flag=");
  CHECK(prepared(with_queries{.ids = {"a"}}).target() == "/try?ids=a&alt%20Type=a%26b%23%2520%20%C3%A9%2F%3F&q=&flag=");
  CHECK(prepared(with_queries{.ids = {"a"}, .other = ""}).target() == "/try?ids=a&alt%20Type=a%26b%23%2520%20%C3%A9%2F%3F&q=&r=&flag=");
  CHECK(prepared(only_constant{}).target() == "/try?altType=location");

  check_refused(with_queries{.ids = {}}, fault::empty_value, "ids");
  check_refused(with_queries{.ids = {"a", ""}}, fault::empty_value, "ids");
  check_refused(with_queries{.ids = {"a", "b,c"}}, fault::comma_in_list, "ids");
  check_refused(with_queries{.ids = {"a"}, .numbers = std::vector<int>{}}, fault::empty_value, "n");
  check_refused(with_queries{.ids = {"a\n"}}, fault::control_byte, "ids");
  check_refused(with_queries{.ids = {"a"}, .text = "\n"}, fault::control_byte, "q");
}

// ---- calls without a token ----

namespace {

struct get_token {
  struct content {
    std::string client_id;
    static consteval auto fields() { return ghl::fields(ghl::field("client_id", &content::client_id)); }
  } body;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Try It", ghl::method::post, "/oauth/try", ghl::token::none, ghl::form(&get_token::body));
  }
};
static_assert(ghl::well_formed<get_token> && ghl::endpoint_of<get_token>.no_token);

struct as_user {
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Try It", ghl::method::get, "/try", ghl::token::sub_account, ghl::oauth_only);
  }
};
static_assert(ghl::well_formed<as_user> && ghl::endpoint_of<as_user>.oauth_only);

constexpr std::string_view lines_without_token =
    "Accept: application/json\r\nUser-Agent: ghl-cpp/0.1.0\r\nContent-Type: application/x-www-form-urlencoded\r\n";

struct answers_401 {
  std::vector<request>* seen;
  ghl::http::response operator()(const request& r) const {
    seen->push_back(r);
    return {.status = 401, .body = R"({"message":"Invalid JWT"})"};
  }
  void wait(ghl::milliseconds) const {}
};

}  // namespace

TEST_CASE("a call without a token carries none, whatever the client has, and asks the credential for nothing") {
  CHECK(prepared(get_token{{"x"}}).headers.block() == lines_without_token);
  CHECK(ghl::prepare(get_token{{"x"}}, scripted_json{}, "").has_value());

  std::vector<request> seen;
  const answers_401 transport{&seen};
  ghl::client with_token{transport, scripted_json{}, ghl::private_integration_token{"secret"}};
  CHECK(with_token.call(get_token{{"x"}}).error().status == 401);
  int asked = 0;
  const auto asks = [&asked] { return ++asked, std::string{"secret"}; };
  ghl::client with_own{transport, scripted_json{}, asks};
  CHECK(with_own.call(get_token{{"x"}}).error().status == 401);
  ghl::client repeating{transport, scripted_json{}, asks, ghl::retry{}};
  CHECK(repeating.call(get_token{{"x"}}).error().status == 401);
  ghl::client refreshing{transport, scripted_json{},
                         ghl::refreshing_token{[&] { return ++asked, ghl::token_pair{}; },
                                               [&](const ghl::token_pair&) -> ghl::result<ghl::token_pair> {
                                                 return ++asked, ghl::transport_error(fault::other);
                                               },
                                               [&](const ghl::token_pair&) { return ++asked, true; }}};
  CHECK(refreshing.call(get_token{{"x"}}).error().status == 401);
  CHECK(asked == 0);
  REQUIRE(seen.size() == 4);
  for (const request& r : seen) CHECK(r.headers.block() == lines_without_token);

  ghl::testing::script server;
  for (int calls = 0; calls < 2; ++calls)
    server.expect(ghl::method::post, "/oauth/try").no_header("Authorization").answer(401, R"({"message":"Invalid JWT"})");
  const ghl::refreshing_token mine{[&] { return ++asked, ghl::token_pair{}; },
                                   [&](const ghl::token_pair&) -> ghl::result<ghl::token_pair> {
                                     return ++asked, ghl::transport_error(fault::other);
                                   },
                                   [&](const ghl::token_pair&) { return ++asked, true; }};
  int called = 0;
  ghl::client calling{ghl::testing::scripted_callback_transport{server}, scripted_json{}, mine, ghl::retry{}};
  calling.call(get_token{{"x"}}, [&](const ghl::result<ghl::no_content>& r) {
    CHECK(r.error().status == 401);
    ++called;
  });
  ghl::client awaited{ghl::testing::scripted_coroutine_transport<task>{server}, scripted_json{}, mine};
  CHECK(run(awaited.call(get_token{{"x"}})).error().status == 401);
  CHECK(called == 1);
  CHECK(asked == 0);

  ghl::client badly_set{transport, scripted_json{}, asks, ghl::user_agent{""}};
  CHECK(badly_set.call(get_token{{"x"}}).error().fault == fault::bad_user_agent);
  ghl::client nowhere{transport, scripted_json{}, asks, ghl::base_url{"http://example.com"}};
  CHECK(nowhere.call(get_token{{"x"}}).error().fault == fault::insecure_base_url);
  CHECK(seen.size() == 4);
}

TEST_CASE("an endpoint that takes only OAuth's tokens is called with them, and with those of which nothing is known") {
  std::vector<request> seen;
  const answers_401 transport{&seen};
  ghl::client oauth{transport, scripted_json{}, ghl::access_token{"t"}};
  CHECK(oauth.call(as_user{}).error().status == 401);
  ghl::client own{transport, scripted_json{}, [] { return std::string{"t"}; }};
  CHECK(own.call(as_user{}).error().status == 401);
  CHECK(seen.size() == 2);
}
