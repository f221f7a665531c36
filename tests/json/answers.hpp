/// Whole answers, failures above all, for the adapters: included after suite.hpp.
#pragma once

#include "../catch.hpp"

#include <ghl/api/links.hpp>
#include <ghl/endpoint/words.hpp>
#include <ghl/json_kit/json_value.hpp>
#include <ghl/operation/interpret.hpp>
#include <ghl/testing/json_suite/bad_texts.hpp>
#include <ghl/testing/json_suite/types.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using get_links = ghl::links::get_links;
using delete_link = ghl::links::delete_link;

ghl::error failure_of(int status, std::string body, ghl::http::headers headers = {}) {
  policy json;
  auto r = ghl::interpret<delete_link>(ghl::http::response{status, std::move(headers), std::move(body)}, json);
  REQUIRE(!r);
  return std::move(r).error();
}

}  // namespace

TEST_CASE("every bad answer of a strict call is an error that says what is wrong and where, with all that the answer tells") {
  using ghl::fault;
  using ghl::testing::json::bad_text;
  std::vector<bad_text> rows = {
      {"", fault::empty_body},
      {" \r\n\t", fault::empty_body},
      {"<html><body>502 Bad Gateway</body></html>", fault::not_json},
      {"upstream connect error", fault::not_json},
      {"\xEF\xBB\xBF{}", fault::not_json},
  };
  for (const auto& group : ghl::testing::json::bad_texts())
    if (group.about != "texts that are no JSON") rows.insert(rows.end(), group.texts.begin(), group.texts.end());
  policy json;
  for (const bad_text& row : rows) {
    INFO(row.text.substr(0, 80));
    const ghl::http::response answer{.status = 201, .headers = {{"Content-Type", "text/html"}}, .body = row.text};
    const auto r = ghl::interpret<ghl::testing::json::get_everything>(answer, json, ghl::strict{});
    REQUIRE(!r);
    // What is no JSON, or nested too deeply, is told as that, whatever is wrong with its values.
    const bool too_deep = row.or_else == fault::nested_too_deeply;
    CHECK(r.error().fault == (too_deep ? row.or_else : row.what));
    CHECK(r.error().where == (too_deep ? "" : row.where));
    CHECK(r.error().kind == ghl::error_kind::decode);
    CHECK(r.error().status == 201);
    CHECK(r.error().content_type == "text/html");
    CHECK(r.error().endpoint == "Get Everything");
    CHECK(r.error().excerpt == row.text.substr(0, 1024));
  }
}

TEST_CASE("an element of an array that is the whole answer is named") {
  CHECK(policy{}.decode<std::vector<ghl::testing::json::item>>(R"([{"id":"a"},{}])").error().where == "[1].id");
}

namespace {

template <class Response>
struct get_any {
  using response = Response;
  static consteval auto endpoint() {
    return ghl::endpoint("Get Any", ghl::method::get, "/any", ghl::token::agency);
  }
};
template <class Response>
ghl::result<Response> response_in(std::string body) {
  return ghl::interpret<get_any<Response>>(ghl::http::response{200, {}, std::move(body)}, policy{});
}

}  // namespace

TEST_CASE("an array, a map, a scalar, any JSON and one that may be absent are responses") {
  using ghl::testing::json::item;
  using items = std::vector<item>;
  using map = std::map<std::string, item>;
  CHECK(response_in<items>(R"([{"id":"a"},{"id":"b","name":"c"}])") == items{{"a"}, {"b", "c"}});
  CHECK(response_in<items>("[]") == items{});
  CHECK(response_in<std::vector<std::string>>(R"(["a"])") == std::vector<std::string>{"a"});
  CHECK(response_in<map>(R"({"x":{"id":"a"}})") == map{{"x", {"a"}}});
  CHECK(response_in<bool>(" true\n") == true);
  CHECK(response_in<double>("-2.5") == -2.5);
  CHECK(response_in<bool>("1").error().fault == ghl::fault::wrong_type);
  CHECK(response_in<ghl::json_value>(R"( { "a" : [ 1 ] } )").value().text() == R"({"a":[1]})");
  CHECK(response_in<std::optional<item>>(R"({"id":"a"})").value() == item{"a"});
  CHECK_FALSE(response_in<std::optional<item>>("").value());
  CHECK_FALSE(response_in<std::optional<ghl::json_value>>("").value());
  CHECK(response_in<std::optional<ghl::json_value>>("[]").value().value().text() == "[]");
  CHECK(response_in<std::string>(R"({"a":1)").value() == R"({"a":1)");
}

TEST_CASE("any 2xx is a success") {
  policy json;
  for (const int status : {200, 201, 202, 204, 206, 299}) {
    const auto r = ghl::interpret<delete_link>(ghl::http::response{status, {}, R"({"succeded":true})"}, json);
    REQUIRE(r);
    CHECK(r->succeeded == true);
  }
}

TEST_CASE("the documented failures: status, message, nothing else") {
  const auto bad = failure_of(400, R"({
  "statusCode": 400,
  "message": "Bad Request"
})");
  CHECK(bad.kind == ghl::error_kind::status);
  CHECK(bad.status == 400);
  CHECK(bad.messages == std::vector<std::string>{"Bad Request"});
  CHECK(bad.remedy() == ghl::remedy::fix_request);
  CHECK(bad.message() ==
        "Delete Link: HTTP 400; the server says \"Bad Request\"; fix the request; it will fail again as it is");

  const auto unauthorized = failure_of(401, R"({
  "statusCode": 401,
  "message": "Invalid token: access token is invalid",
  "error": "Unauthorized"
})");
  CHECK(unauthorized.status == 401);
  CHECK(unauthorized.messages == std::vector<std::string>{"Invalid token: access token is invalid"});
  CHECK(unauthorized.remedy() == ghl::remedy::refresh_token);

  const auto unprocessable = failure_of(422, R"({
  "statusCode": 422,
  "message": [
    "Unprocessable Entity"
  ],
  "error": "Unprocessable Entity"
})");
  CHECK(unprocessable.status == 422);
  CHECK(unprocessable.messages == std::vector<std::string>{"Unprocessable Entity"});
  CHECK(unprocessable.remedy() == ghl::remedy::fix_request);
}

TEST_CASE("a message may be a string or an array under any status, and may be absent") {
  for (const int status : {400, 401, 403, 404, 422, 429, 500, 503}) {
    CHECK(failure_of(status, R"({"message":"a"})").messages == std::vector<std::string>{"a"});
    CHECK(failure_of(status, R"({"message":["a","b"]})").messages == std::vector<std::string>{"a", "b"});
    CHECK(failure_of(status, R"({"statusCode":"x"})").messages.empty());
    CHECK(failure_of(status, "").messages.empty());
  }
}

TEST_CASE("a trace id, an OAuth failure and a body of another kind are kept") {
  const auto traced = failure_of(
      422, R"({"message":["a","b"],"error":"Unprocessable Entity","statusCode":422,"traceId":"4e76aa"})");
  CHECK(traced.trace_id == "4e76aa");
  CHECK(traced.message() == "Delete Link: HTTP 422; the server says \"a\", \"b\" [trace 4e76aa]; "
                            "fix the request; it will fail again as it is");

  const auto oauth =
      failure_of(400, R"({"error":"invalid_grant","error_description":"This refresh token is invalid"})");
  CHECK(oauth.messages == std::vector<std::string>{"invalid_grant: This refresh token is invalid"});

  const std::string page = "<!DOCTYPE html><title>Access denied</title>error code: 1010" + std::string(200'000, ' ');
  const auto html = failure_of(403, page, {{"content-type", "text/html; charset=UTF-8"}});
  CHECK(html.messages.empty());
  CHECK(html.content_type == "text/html; charset=UTF-8");
  CHECK(html.excerpt == page.substr(0, 1024));
  CHECK(html.remedy() == ghl::remedy::change_user_agent);
  CHECK(html.message() == "Delete Link: HTTP 403; send an ordinary User-Agent");

  const auto broken = failure_of(500, R"({"message":"Internal)");
  CHECK(broken.messages.empty());
  CHECK(broken.excerpt == R"({"message":"Internal)");
  CHECK(failure_of(500, R"({"message":{"nested":true}})").messages.empty());
}

TEST_CASE("one odd member of a failure's body does not take the others along, in each library") {
  struct row {
    std::string_view body;
    std::vector<std::string> messages;
    std::string_view trace_id;
  };
  const row rows[] = {
      {R"({"message":"no","error":{"code":7},"traceId":"t"})", {"no"}, "t"},
      {R"({"message":{"text":"no"},"error":"Bad Request","traceId":"t"})", {"Bad Request"}, "t"},
      {R"({"message":["a",{"b":1}],"error":"Bad Request","traceId":"t"})", {"Bad Request"}, "t"},
      {R"({"message":"","error":"Bad Request","traceId":"t"})", {"Bad Request"}, "t"},
      {R"({"error" : 7, "message":"\"error\":", "traceId" :[1]})", {R"("error":)"}, ""},
      {R"({"data":{"error":"x"},"message":"error","error":[{"error":7}],"traceId":"t"})", {"error"}, "t"},
      {R"({"message":7,"error":8,"error_description":9,"traceId":"t"})", {}, "t"},
      {R"({"message":7,"error":8,"error_description":9,"traceId":10})", {}, ""},
      {R"({"error_description":"said so"})", {"said so"}, ""},
      {R"([{"message":7,"traceId":"t"}])", {}, ""},
  };
  for (const row& r : rows) {
    INFO(r.body);
    const ghl::error e = failure_of(400, std::string{r.body});
    CHECK(e.messages == r.messages);
    CHECK(e.trace_id == r.trace_id);
  }
}

TEST_CASE("each known text has its remedy, and an unknown one has none") {
  struct row {
    int status;
    std::string_view text;
    ghl::remedy what;
  };
  const row table[] = {
      {401, "Invalid JWT", ghl::remedy::refresh_token},
      {401, "Invalid token: access token is invalid", ghl::remedy::refresh_token},
      {401, "Invalid Private Integration token", ghl::remedy::replace_token},
      {401, "The token is not authorized for this scope.", ghl::remedy::grant_scope},
      {401, "version header was not found.", ghl::remedy::fix_version},
      {401, "version header is invalid", ghl::remedy::fix_version},
      {401, "This route is not yet supported by the IAM Service. Please update your IAM config.",
       ghl::remedy::route_not_enabled},
      {403, "This route is not yet supported by the IAM Service. Please update your IAM config.",
       ghl::remedy::route_not_enabled},
      {401, "This AuthClass is not yet supported", ghl::remedy::use_other_token_type},
      {401, "This token's user type is not yet supported!", ghl::remedy::use_other_token_type},
      {401, "This location is not accessible from this token!", ghl::remedy::use_right_location},
      {403, "The token does not have access to this location.", ghl::remedy::use_right_location},
      {404, "Cannot GET /links/", ghl::remedy::fix_version},
      {422, "anything", ghl::remedy::fix_request},
      {429, "Too Many Requests", ghl::remedy::wait},
      {401, "Something new", ghl::remedy::unknown},
      {403, "Invalid JWT", ghl::remedy::unknown},
      {404, "Link not found", ghl::remedy::unknown},
      {500, "Internal server error", ghl::remedy::unknown},
  };
  for (const row& r : table) {
    INFO(r.status << " " << r.text);
    const auto e = failure_of(r.status, R"({"message":")" + std::string{r.text} + R"("})");
    CHECK(e.remedy() == r.what);
  }
}

TEST_CASE("rate limits and Retry-After are read, and bad values are absent") {
  const auto e = failure_of(429, "", {{"x-ratelimit-limit-daily", "200000"},
                                      {"X-RateLimit-Daily-Remaining", "0"},
                                      {"X-RATELIMIT-INTERVAL-MILLISECONDS", "10000"},
                                      {"X-RateLimit-Max", "100"},
                                      {"X-RateLimit-Remaining", "-1"},
                                      {"X-RateLimit-Daily-Reset", "soon"},
                                      {"Retry-After", "7"}});
  CHECK(e.rate_limit == ghl::rate_limit{100, std::nullopt, 10000, 200000, 0, std::nullopt});
  REQUIRE(e.retry_after);
  CHECK(e.retry_after->count() == 7000);
  CHECK(e.remedy() == ghl::remedy::wait_for_next_day);
  CHECK(failure_of(429, "", {{"X-RateLimit-Daily-Remaining", "5"}}).remedy() == ghl::remedy::wait);
}

TEST_CASE("a redirect is a failure") {
  const auto e = failure_of(302, "", {{"Location", "https://elsewhere.example/"}});
  CHECK(e.kind == ghl::error_kind::status);
  CHECK(e.status == 302);
}
