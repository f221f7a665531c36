// What to do about an error, and what message() says of it.
#include "../catch.hpp"
#include "flat_json.hpp"

#include <ghl/api/links.hpp>
#include <ghl/value/redact.hpp>
#include <ghl/operation/interpret.hpp>
#include <ghl/operation/prepare.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using ghl::error_kind;
using ghl::fault;
using ghl::remedy;
using ghl::sent;
using ghl::links::delete_link;
using ghl::links::get_links;

namespace {

template <class E = delete_link>
ghl::error failure_of(int status, std::string body, ghl::http::headers headers = {}) {
  auto r = ghl::interpret<E>(ghl::http::response{status, std::move(headers), std::move(body)}, flat_json{});
  REQUIRE(!r);
  return std::move(r).error();
}

std::string object(std::string_view message) { return R"({"message":")" + std::string{message} + R"("})"; }

ghl::error lost(fault f, sent was_sent, const ghl::endpoint_facts* called) {
  ghl::error e = ghl::transport_error(f, was_sent);
  e.called = called;
  return e;
}

struct add_thing {
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Add Thing", ghl::method::post, "/things", ghl::scope("things.write"),
                         ghl::scope("things.readonly"), ghl::token::sub_account);
  }
};

constexpr const ghl::endpoint_facts* deleting = &ghl::endpoint_of<delete_link>;
constexpr const ghl::endpoint_facts* getting = &ghl::endpoint_of<get_links>;
constexpr const ghl::endpoint_facts* adding = &ghl::endpoint_of<add_thing>;

}  // namespace

TEST_CASE("each answer seen in the wild has its remedy, and a line that says so") {
  struct row {
    int status;
    std::string body;
    remedy what;
    std::string_view message;  // after "Delete Link: "
  };
  constexpr std::string_view iam = "This route is not yet supported by the IAM Service. Please update your IAM config.";
  const row table[] = {
      {.status = 401, .body = object("Invalid JWT"), .what = remedy::refresh_token, .message =
       R"(HTTP 401; the server says "Invalid JWT"; refresh the access token)"},
      {.status = 401,
       .body = R"({"statusCode":401,"message":"Invalid token: access token is invalid","error":"Unauthorized"})",
       .what = remedy::refresh_token, .message =
       R"(HTTP 401; the server says "Invalid token: access token is invalid"; refresh the access token)"},
      {.status = 401, .body = object("Invalid Private Integration token"), .what = remedy::replace_token, .message =
       R"(HTTP 401; the server says "Invalid Private Integration token"; replace the token; refreshing it is useless)"},
      {.status = 401,
       .body = object("The token is not authorized for this scope."),
       .what = remedy::grant_scope, .message =
       R"(HTTP 401; the server says "The token is not authorized for this scope."; grant the token the scope that the )"
       "endpoint needs: links.write"},
      {.status = 401, .body = object("version header was not found."), .what = remedy::fix_version, .message =
       R"(HTTP 401; the server says "version header was not found."; send the Version that the reference names for )"
       "this endpoint"},
      {.status = 401, .body = object("version header is invalid"), .what = remedy::fix_version, .message =
       R"(HTTP 401; the server says "version header is invalid"; send the Version that the reference names for this )"
       "endpoint"},
      {.status = 401, .body = object(iam), .what = remedy::route_not_enabled, .message =
       R"(HTTP 401; the server says "This route is not yet supported by the IAM Service. Please update your IAM )"
       R"(config."; this route is not enabled for the token; do not repeat the call)"},
      {.status = 403, .body = object(iam), .what = remedy::route_not_enabled, .message =
       R"(HTTP 403; the server says "This route is not yet supported by the IAM Service. Please update your IAM )"
       R"(config."; this route is not enabled for the token; do not repeat the call)"},
      {.status = 401,
       .body = object("This AuthClass is not yet supported"),
       .what = remedy::use_other_token_type, .message =
       R"(HTTP 401; the server says "This AuthClass is not yet supported"; use a token of the other type (sub-account )"
       "or agency)"},
      {.status = 401,
       .body = object("This token's user type is not yet supported!"),
       .what = remedy::use_other_token_type, .message =
       R"(HTTP 401; the server says "This token's user type is not yet supported!"; use a token of the other type )"
       "(sub-account or agency)"},
      {.status = 401,
       .body = object("This location is not accessible from this token!"),
       .what = remedy::use_right_location, .message =
       R"(HTTP 401; the server says "This location is not accessible from this token!"; use a token of this location)"},
      {.status = 403,
       .body = object("The token does not have access to this location."),
       .what = remedy::use_right_location, .message =
       R"(HTTP 403; the server says "The token does not have access to this location."; use a token of this location)"},
      {.status = 403, .body = "error code: 1010\n", .what = remedy::change_user_agent, .message =
       "HTTP 403; send an ordinary User-Agent"},
      {.status = 403,
       .body = "<html><body><h1>Error 1010</h1></body></html>",
       .what = remedy::change_user_agent, .message =
       "HTTP 403; send an ordinary User-Agent"},
      {.status = 403,
       .body = R"({"title":"Error 1010: Access denied","status":403,"retryable":false})",
       .what = remedy::change_user_agent, .message =
       "HTTP 403; send an ordinary User-Agent"},
      {.status = 404, .body = object("Cannot GET /links/"), .what = remedy::fix_version, .message =
       R"(HTTP 404; the server says "Cannot GET /links/"; send the Version that the reference names for this )"
       "endpoint"},
      {.status = 404, .body = "<pre>Cannot DELETE /links/x</pre>", .what = remedy::fix_version, .message =
       "HTTP 404; send the Version that the reference names for this endpoint"},
      {.status = 400, .body = R"({"statusCode":400,"message":"Bad Request"})", .what = remedy::fix_request, .message =
       R"(HTTP 400; the server says "Bad Request"; fix the request; it will fail again as it is)"},
      {.status = 422,
       .body = R"({"message":["a","b"],"error":"Unprocessable Entity","statusCode":422,"traceId":"4e76"})",
       .what = remedy::fix_request, .message =
       R"(HTTP 422; the server says "a", "b" [trace 4e76]; fix the request; it will fail again as it is)"},
      {.status = 429, .body = "", .what = remedy::wait, .message = "HTTP 429; wait, then repeat the call"},
      {.status = 500,
       .body = R"({"statusCode":500,"message":"Internal server error"})",
       .what = remedy::unknown, .message =
       R"(HTTP 500; the server says "Internal server error")"},
      {.status = 400,
       .body = R"({"error":"invalid_grant","error_description":"This refresh token is invalid"})",
       .what = remedy::replace_token, .message =
       R"(HTTP 400; the server says "invalid_grant: This refresh token is invalid"; replace the token; refreshing it )"
       "is useless"},
  };
  for (const row& r : table) {
    INFO(r.status << " " << r.body);
    const ghl::error e = failure_of(r.status, r.body);
    CHECK(e.remedy() == r.what);
    CHECK(e.message() == "Delete Link: " + std::string{r.message});
    CHECK(e.called == deleting);
  }
}

TEST_CASE("every row of the table is met under its status, in any case of letters, and under no other") {
  for (const ghl::detail::remedy_row& row : ghl::detail::remedy_table) {
    INFO(row.status << " " << row.text);
    std::string text{row.text};
    for (char& c : text) c = ghl::detail::lower(c);
    const std::string path = std::string{row.path} + "token";
    CHECK(ghl::detail::remedy_of(row.status, "a " + text + " b", path) == row.meaning);
    CHECK(ghl::detail::remedy_of(row.status, text.substr(1), path) == remedy::unknown);
    for (const int other : {402, 500}) CHECK(ghl::detail::remedy_of(other, text, path) == remedy::unknown);
    if (!row.path.empty()) CHECK(ghl::detail::remedy_of(row.status, text, "/links/") == remedy::unknown);
  }
}

TEST_CASE("a text that is in no row stays unknown, and so does a known one where it does not belong") {
  struct row {
    int status;
    std::string body;
  };
  const row rows[] = {
      {401, object("Something new")},
      {401, object("Invalid JSON")},
      {401, object("The conversion header is fine")},
      {401, R"({"message":"Something new","error":"Invalid JWT"})"},
      {403, object("Invalid JWT")},
      {500, object("Invalid JWT")},
      {500, object("The token is not authorized for this scope.")},
      {401, "error code: 1010"},
      {403, "error code: 1020"},
      {403, "<title>Access denied | services.leadconnectorhq.com used Cloudflare to restrict access</title>"},
      {404, object("Link not found")},
      {404, object("I cannot get it")},
      {500, object("Cannot GET /links/")},
      {401, ""},
      {302, ""},
      {429 + 1, object("Too Many Requests")},
  };
  for (const auto& [status, body] : rows) {
    INFO(status << " " << body);
    CHECK(failure_of(status, body).remedy() == remedy::unknown);
  }
}

TEST_CASE("the edge's page says why only behind the excerpt, and is understood all the same") {
  const std::string head = "<!DOCTYPE html><title>Access denied</title>" + std::string(3'000, ' ');
  const ghl::error e = failure_of(403, head + "The owner of this website (services.leadconnectorhq.com) has banned "
                                              "your access based on your browser's signature (9ab-fra).");
  CHECK(e.remedy() == remedy::change_user_agent);
  CHECK(e.message() == "Delete Link: HTTP 403 (error code: 1010); send an ordinary User-Agent");
  CHECK(failure_of(403, head + "Error 1020").remedy() == remedy::unknown);
  CHECK(failure_of(404, head + "Error 1010").remedy() == remedy::unknown);
}

TEST_CASE("a missing scope is named, and several are") {
  const std::string body = object("The token is not authorized for this scope.");
  CHECK(failure_of<get_links>(401, body).scopes().contains("links.readonly"));
  const std::string line = failure_of<add_thing>(401, body).message();
  CHECK(line.ends_with("; grant the token the scope that the endpoint needs: things.write, things.readonly"));
  ghl::error nobody = failure_of(401, body);
  nobody.called = nullptr;
  CHECK(nobody.scopes().empty());
  CHECK(nobody.message().ends_with("; grant the token the scope that the endpoint needs"));
}

TEST_CASE("how long to wait: Retry-After, else the burst interval, else nobody knows") {
  using headers = ghl::http::headers;
  const auto check = [](const headers& h, std::optional<std::int64_t> ms, std::string_view line) {
    const ghl::error e = failure_of(429, "", h);
    INFO(line);
    CHECK(e.remedy() == remedy::wait);
    REQUIRE(e.wait_time().has_value() == ms.has_value());
    if (ms) CHECK(e.wait_time()->count() == *ms);
    CHECK(e.message() == "Delete Link: HTTP 429; " + std::string{line});
  };
  check({}, std::nullopt, "wait, then repeat the call");
  check({{"X-RateLimit-Interval-Milliseconds", "10000"}}, 10'000, "wait 10 s, then repeat the call");
  check({{"X-RateLimit-Interval-Milliseconds", "1250"}}, 1'250, "wait 1.25 s, then repeat the call");
  check({{"X-RateLimit-Interval-Milliseconds", "10000"}, {"Retry-After", "7"}}, 7'000,
        "wait 7 s, then repeat the call");
  check({{"Retry-After", "0"}}, 0, "wait 0 s, then repeat the call");
  check({{"X-RateLimit-Daily-Remaining", "5"}}, std::nullopt, "wait, then repeat the call");
}

TEST_CASE("a spent daily limit is told apart from the burst, and its reset is named where it is known") {
  const auto spent = failure_of(429, "", {{"X-RateLimit-Daily-Remaining", "0"}, {"Retry-After", "7"}});
  CHECK(spent.remedy() == remedy::wait_for_next_day);
  CHECK_FALSE(spent.wait_time());
  CHECK(spent.message() == "Delete Link: HTTP 429; the daily limit is spent; wait until it is reset");
  const auto known =
      failure_of(429, "", {{"X-RateLimit-Daily-Remaining", "0"}, {"X-RateLimit-Daily-Reset", "3600000"}});
  CHECK(known.wait_time()->count() == 3'600'000);
  CHECK(known.message() == "Delete Link: HTTP 429; the daily limit is spent; it is reset in 3600 s");
  CHECK(failure_of(500, "", {{"X-RateLimit-Daily-Remaining", "0"}}).remedy() == remedy::unknown);
}

TEST_CASE("a gateway's failure may be repeated for GET and DELETE alone") {
  for (const int status : {502, 503, 504, 520, 521, 522, 523, 524, 530}) {
    CHECK(failure_of<delete_link>(status, "<html>").remedy() == remedy::retry);
    CHECK(failure_of<get_links>(status, "").remedy() == remedy::retry);
    CHECK(failure_of<add_thing>(status, "").remedy() == remedy::unknown);
  }
  for (const int status : {500, 501, 505, 519, 525, 529, 531})
    CHECK(failure_of<delete_link>(status, "").remedy() == remedy::unknown);
  CHECK(failure_of(502, "").message() == "Delete Link: HTTP 502; the call may be repeated");
  const auto busy = failure_of(503, "", {{"Retry-After", "5"}});
  CHECK(busy.wait_time()->count() == 5'000);
  CHECK(busy.message() == "Delete Link: HTTP 503; the call may be repeated after 5 s");
  CHECK_FALSE(failure_of(500, "", {{"Retry-After", "5"}}).wait_time());
}

TEST_CASE("a lost connection may be repeated where nothing was sent, or where it does no harm") {
  struct row {
    fault what;
    sent was_sent;
    remedy to_delete, to_add;
  };
  const row table[] = {
      {.what = fault::connect, .was_sent = sent::no, .to_delete = remedy::retry, .to_add = remedy::retry},
      {.what = fault::connection_lost, .was_sent = sent::no, .to_delete = remedy::retry, .to_add = remedy::retry},
      {.what = fault::timeout, .was_sent = sent::no, .to_delete = remedy::retry, .to_add = remedy::retry},
      {.what = fault::connection_lost, .was_sent = sent::maybe, .to_delete = remedy::retry, .to_add = remedy::unknown},
      {.what = fault::timeout, .was_sent = sent::maybe, .to_delete = remedy::retry, .to_add = remedy::unknown},
      {.what = fault::cut_short, .was_sent = sent::yes, .to_delete = remedy::retry, .to_add = remedy::unknown},
      {.what = fault::held_back, .was_sent = sent::no, .to_delete = remedy::wait, .to_add = remedy::wait},
      {.what = fault::tls, .was_sent = sent::no, .to_delete = remedy::unknown, .to_add = remedy::unknown},
      {.what = fault::too_large, .was_sent = sent::yes, .to_delete = remedy::unknown, .to_add = remedy::unknown},
      {.what = fault::cancelled, .was_sent = sent::no, .to_delete = remedy::unknown, .to_add = remedy::unknown},
      {.what = fault::other, .was_sent = sent::no, .to_delete = remedy::unknown, .to_add = remedy::unknown},
  };
  for (const row& r : table) {
    INFO(ghl::name_of(r.what));
    CHECK(lost(r.what, r.was_sent, deleting).remedy() == r.to_delete);
    CHECK(lost(r.what, r.was_sent, getting).remedy() == r.to_delete);
    CHECK(lost(r.what, r.was_sent, adding).remedy() == r.to_add);
    CHECK(lost(r.what, r.was_sent, nullptr).remedy() == r.to_add);
  }
  CHECK(lost(fault::timeout, sent::maybe, deleting).message() ==
        "timed out; the server may have acted on it; the call may be repeated");
  CHECK(lost(fault::timeout, sent::maybe, adding).message() == "timed out; the server may have acted on it");
  CHECK(lost(fault::connect, sent::no, adding).message() ==
        "no connection to the server; nothing was sent; the call may be repeated");
  CHECK(lost(fault::held_back, sent::no, adding).message() ==
        "held back, since its turn under the rate limit would come too late; nothing was sent; wait, then repeat the "
        "call");
}

TEST_CASE("a DELETE that an earlier attempt has probably done is no plain failure") {
  ghl::error e = failure_of(404, object("Link not found"));
  e.fault = fault::probably_deleted;
  e.tried.push_back({.number = 1, .why = ghl::reason::connection, .fault = fault::timeout, .was_sent = sent::maybe});
  CHECK(e.remedy() == remedy::consider_deleted);
  CHECK(e.message() ==
        "Delete Link: HTTP 404 after 2 attempts, it was probably deleted by an earlier attempt, whose answer was lost; "
        "the server says \"Link not found\"; read it to be sure");
}

TEST_CASE("a line says how often it was tried") {
  ghl::error e = failure_of(502, "");
  e.tried.resize(2);
  CHECK(e.message() == "Delete Link: HTTP 502 after 3 attempts; the call may be repeated");
  ghl::error refused = lost(fault::connect, sent::no, deleting);
  refused.detail = "refused";
  refused.tried.resize(1);
  CHECK(refused.message() ==
        "no connection to the server after 2 attempts (refused); nothing was sent; the call may be repeated");
}

TEST_CASE("tokens that could not be stored are in the error, and in none of its texts") {
  ghl::error e = ghl::invalid_request(fault::tokens_not_stored, "the refreshed tokens", "disk full");
  e.unsaved_tokens.push_back({ghl::secret{"hush-access"}, ghl::secret{"hush-refresh"}, 86'399});
  CHECK(e.remedy() == remedy::store_tokens);
  CHECK(e.message() ==
        "the refreshed tokens could not be stored, and are lost unless error.unsaved_tokens is stored now (disk full); "
        "store error.unsaved_tokens, then repeat the call");
  e.where.clear();
  CHECK(e.message().starts_with("the refreshed tokens could not be stored"));
  e.detail = "disk full at hush-access";
  ghl::detail::redact(e, "hush-access");
  CHECK(e.message().find("hush") == std::string::npos);
  CHECK(e.unsaved_tokens[0].access_token.reveal() == "hush-access");
}

TEST_CASE("an error that was found before anything was sent knows its endpoint too") {
  const auto r = ghl::prepare(delete_link{.link_id = ".."}, flat_json{}, "token");
  REQUIRE(!r);
  CHECK(r.error().called == deleting);
  CHECK(r.error().remedy() == remedy::fix_request);
  CHECK(r.error().message() ==
        "Delete Link: linkId is a dot segment, which a server takes for another path; nothing was sent");
}

TEST_CASE("an unreadable success has no remedy, and says what is wrong") {
  const ghl::error e = failure_of(200, "<html>", {{"X-RateLimit-Remaining", "3"}, {"Retry-After", "4"}});
  CHECK(e.kind == error_kind::decode);
  CHECK(e.remedy() == remedy::unknown);
  CHECK_FALSE(e.wait_time());
  CHECK(e.rate_limit.remaining == 3);
  CHECK(e.message() == "Delete Link: HTTP 200, the body is HTML or plain text where JSON was expected");
}
