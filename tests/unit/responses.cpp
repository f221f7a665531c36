// Responses of every kind: the bytes as they came, nothing or something, an array, a map, a number.
#include "../catch.hpp"
#include "scripted_json.hpp"

#include <ghl/ghl.hpp>
#include <ghl/observe.hpp>
#include <ghl/retry.hpp>
#include <ghl/testing/scripted_transport.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

using ghl::fault;
using ghl::http::request;
using ghl::http::response;
using ghl::testing::script;
using ghl::testing::scripted_callback_transport;
using ghl::testing::scripted_transport;

namespace {

struct item {
  std::string id;
  static consteval auto fields() { return ghl::fields(ghl::field("id", &item::id)); }
  friend bool operator==(const item&, const item&) = default;
};

template <class Response>
struct get {
  using response = Response;
  static consteval auto endpoint() {
    return ghl::endpoint("Get It", ghl::method::get, "/it", ghl::version("2021-07-28"), ghl::token::sub_account);
  }
};

using bytes = std::string;
using perhaps_bytes = std::optional<std::string>;
using perhaps_item = std::optional<item>;
using items = std::vector<item>;
using item_map = std::map<std::string, item>;
static_assert(ghl::well_formed<get<bytes>> && ghl::well_formed<get<perhaps_bytes>> &&
              ghl::well_formed<get<perhaps_item>> && ghl::well_formed<get<items>> && ghl::well_formed<get<item_map>> &&
              ghl::well_formed<get<bool>> && ghl::well_formed<get<double>> &&
              ghl::well_formed<get<std::optional<items>>> && ghl::well_formed<get<std::vector<std::string>>>);

bool says_item(ghl::json_reader& to) {
  return to.begin_object() && to.key("id") && to.string("x") && to.end_object();
}
bool says_items(ghl::json_reader& to) { return to.begin_array() && says_item(to) && says_item(to) && to.end_array(); }
bool says_map(ghl::json_reader& to) {
  return to.begin_object() && to.key("a") && says_item(to) && to.key("b") && says_item(to) && to.end_object();
}
bool says_true(ghl::json_reader& to) { return to.boolean(true); }
bool says_number(ghl::json_reader& to) { return to.number(2.5); }
bool says_message(ghl::json_reader& to) {
  return to.begin_object() && to.key("message") && to.string("no such thing") && to.end_object();
}
bool is_not_asked(ghl::json_reader&) {
  FAIL("the JSON policy was asked");
  return false;
}

using script_function = bool (*)(ghl::json_reader&);

template <class Response>
ghl::result<Response> read(response answer, script_function says) {
  return ghl::interpret<get<Response>>(std::move(answer), scripted_json{.script = says});
}
template <class Response>
void check_failure() {
  const auto failed = read<Response>({.status = 404, .headers = {{"X-RateLimit-Max", "7"}}, .body = "{\"message\": 1}"},
                                     says_message);
  REQUIRE(!failed);
  CHECK(failed.error().kind == ghl::error_kind::status);
  CHECK(failed.error().status == 404);
  CHECK(failed.error().messages == std::vector<std::string>{"no such thing"});
  const auto page = read<Response>({.status = 502, .headers = {{"Content-Type", "text/html"}}, .body = "<html>"},
                                   is_not_asked);
  CHECK(page.error().excerpt == "<html>");
  CHECK(page.content_type() == "text/html");
  CHECK(read<Response>({.status = 302}, is_not_asked).error().kind == ghl::error_kind::status);
}

}  // namespace

TEST_CASE("a response of std::string has the bytes that came, and no JSON policy sees them") {
  const std::string pdf{"%PDF\0\xFF\r\n", 8};
  const auto r = read<bytes>({.status = 200, .headers = {{"content-type", "application/pdf"}}, .body = pdf}, is_not_asked);
  REQUIRE(r);
  CHECK(*r == pdf);
  CHECK(r.content_type() == "application/pdf");
  for (const char* text : {"", "\"text\"", "{", "<html>"})
    CHECK(read<bytes>({.status = 201, .body = text}, is_not_asked) == text);
  CHECK(read<bytes>({.status = 204}, is_not_asked).content_type().empty());
  check_failure<bytes>();

  const auto sent = ghl::prepare(get<bytes>{}, scripted_json{}, "t");
  REQUIRE(sent);
  CHECK(sent->headers.block() ==
        "Authorization: Bearer t\r\nVersion: 2021-07-28\r\nAccept: */*\r\nUser-Agent: ghl-cpp/0.1.0\r\n");
  CHECK(ghl::prepare(get<perhaps_bytes>{}, scripted_json{}, "t").value().headers.get("Accept") == "*/*");
  CHECK(ghl::prepare(get<perhaps_item>{}, scripted_json{}, "t").value().headers.get("Accept") == "application/json");
}

TEST_CASE("an optional response is empty where the body is, and is read where there is one") {
  for (const char* nothing : {"", " \r\n\t", "null", " null\n"})
    for (const int status : {200, 204}) {
      const auto r = read<perhaps_item>({.status = status, .headers = {{"X-RateLimit-Max", "7"}}, .body = nothing},
                                        is_not_asked);
      REQUIRE(r);
      CHECK(*r == std::nullopt);
      CHECK(r.rate_limit().max == 7);
    }
  CHECK(read<perhaps_item>({.status = 200, .body = "{}"}, says_item) == perhaps_item{{"x"}});
  CHECK(read<std::optional<items>>({.status = 200, .body = "[]"}, says_items) == items{{"x"}, {"x"}});
  CHECK(read<perhaps_item>({.status = 200, .body = "<html>"}, is_not_asked).error().fault == fault::not_json);
  CHECK(read<perhaps_item>({.status = 200, .body = "[]"}, says_items).error().fault == fault::wrong_type);
  CHECK(read<perhaps_item>({.status = 500}, is_not_asked).error().kind == ghl::error_kind::status);
  check_failure<perhaps_item>();

  CHECK_FALSE(read<perhaps_bytes>({.status = 204}, is_not_asked).value());
  CHECK(read<perhaps_bytes>({.status = 200, .body = "null"}, is_not_asked) == perhaps_bytes{"null"});
  CHECK(read<perhaps_bytes>({.status = 200, .body = " "}, is_not_asked) == perhaps_bytes{" "});
  check_failure<perhaps_bytes>();
}

TEST_CASE("an array, a map, a bool and a number are read as a struct is") {
  CHECK(read<items>({.status = 200, .body = "[]"}, says_items) == items{{"x"}, {"x"}});
  CHECK(read<item_map>({.status = 200, .body = "{}"}, says_map) == item_map{{"a", {"x"}}, {"b", {"x"}}});
  CHECK(read<bool>({.status = 201, .body = "true"}, says_true) == true);
  CHECK(read<double>({.status = 200, .body = "2.5"}, says_number) == 2.5);
  CHECK(read<bool>({.status = 200, .body = "2.5"}, says_number).error().fault == fault::wrong_type);
  CHECK(read<items>({.status = 200}, is_not_asked).error().fault == fault::empty_body);
  check_failure<items>();
  check_failure<item_map>();
  check_failure<bool>();
  check_failure<double>();
}

TEST_CASE("answers that are not JSON pass through repeated, observed and called-back calls") {
  script server;
  const std::string audio{"\0ID3\xFF", 5};
  const ghl::http::headers of_audio{{"Content-Type", "audio/mpeg"}};
  server.expect(ghl::method::get, "/it").header("Accept", "*/*").answer(503, "<html>busy</html>");
  server.expect(ghl::method::get, "/it").header("Accept", "*/*").answer(200, audio, of_audio);
  std::vector<std::string> seen;
  ghl::client api{scripted_transport{server}, scripted_json{.script = is_not_asked}, ghl::access_token{"t"}, ghl::retry{},
                  ghl::observe{[&seen](const ghl::observation& o) {
                    seen.push_back(std::to_string(o.status) + std::string{o.error_type});
                  }}};
  const auto r = api.call(get<bytes>{});
  REQUIRE(r);
  CHECK(*r == audio);
  CHECK(r.content_type() == "audio/mpeg");
  CHECK(r.tried().size() == 1);
  CHECK(seen == std::vector<std::string>{"503503", "200"});

  server.expect(ghl::method::get, "/it").answer(204, "");
  server.expect(ghl::method::get, "/it").answer(200, audio, of_audio);
  ghl::client calling{scripted_callback_transport{server}, scripted_json{.script = is_not_asked},
                      ghl::access_token{"t"}};
  int called = 0;
  calling.call(get<perhaps_item>{}, [&](ghl::result<perhaps_item> given) {
    REQUIRE(given);
    CHECK(!*given);
    ++called;
  });
  calling.call(get<bytes>{}, [&](ghl::result<bytes> given) {
    REQUIRE(given);
    CHECK(*given == audio);
    ++called;
  });
  CHECK(called == 2);
}
