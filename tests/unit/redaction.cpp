// What was secret in a request is in no error, however the server wrote it, and wherever the text was cut.
#include "../catch.hpp"
#include "flat_json.hpp"

#include <ghl/api/links.hpp>
#include <ghl/ghl.hpp>
#include <ghl/oauth_refresh.hpp>

#include <string>
#include <string_view>
#include <vector>

using ghl::http::request;
using ghl::http::response;

namespace {

const std::string token = "pit-0123/4567+89ab \"cdef\"";
const std::string old_refresh_token = "OLD-REFRESH-TOKEN-abcdef";

/// The error of a call whose token the server knows, and answers with that.
ghl::error failure(const std::string& body, const std::string& of = "pit-0123/4567+89ab-cdef") {
  ghl::client api{[&](const request&) -> response { return {.status = 500, .body = body}; }, flat_json{},
                  ghl::access_token{of}};
  const auto r = api.call(ghl::links::delete_link{.link_id = "x"});
  REQUIRE(!r);
  return r.error();
}

ghl::error refresh_failure(const std::string& body) {
  ghl::oauth_refresh refresh{[&](const request&) -> response { return {.status = 400, .body = body}; }, flat_json{},
                             ghl::oauth_app{.client_id = "id", .client_secret = ghl::secret{"the-client-secret"}}};
  const auto r = refresh(ghl::token_pair{.access_token = ghl::secret{"OLD-ACCESS-TOKEN"},
                                         .refresh_token = ghl::secret{old_refresh_token}});
  REQUIRE(!r);
  return r.error();
}

/// The longest beginning of a secret that stands in any text of an error.
std::size_t known_of(const ghl::error& e, std::string_view secret) {
  std::vector<std::string> texts = e.messages;
  texts.insert(texts.end(), {e.trace_id, e.excerpt, e.detail, e.where, e.content_type, e.message()});
  std::size_t known = 0;
  for (const std::string& text : texts)
    while (known < secret.size() && text.find(secret.substr(0, known + 1)) != std::string::npos) ++known;
  return known;
}

}  // namespace

TEST_CASE("a message and a trace id that were cut within a secret end before it") {
  for (const std::size_t before : {900U, 999U, 1000U, 1001U, 1002U, 1010U, 1018U, 1020U, 1024U}) {
    const std::string cut = std::string(before, 'x') + old_refresh_token;
    for (const std::string& body : {R"({"message":")" + cut + "\"}", R"({"message":"no","traceId":")" + cut + "\"}",
                                    R"({"error":"no","error_description":")" + cut + "\"}"}) {
      INFO(before << " bytes before it");
      CHECK(known_of(refresh_failure(body), old_refresh_token) < 4);
      CHECK(known_of(failure(body, old_refresh_token), old_refresh_token) < 4);
    }
  }
}

TEST_CASE("a text that is shorter by another secret was cut all the same") {
  const std::string cut = "OLD-ACCESS-TOKEN " + std::string(985, 'x') + old_refresh_token;
  CHECK(known_of(refresh_failure(R"({"message":")" + cut + "\"}"), old_refresh_token) < 4);
  CHECK(known_of(refresh_failure(cut), old_refresh_token) < 4);
}

TEST_CASE("the token of a call is found in every encoding") {
  for (const char* text :
       {"pit-0123/4567+89ab-cdef", "pit-0123%2F4567%2B89ab-cdef", "pit-0123%2f4567%2b89ab%2Dcdef",
        R"(pit-0123\/4567+89ab-cdef)", R"(\u0070it-0123\u002F4567\u002b89ab-cdef)", "%70it-0123/4567+89ab-cdef"}) {
    INFO(text);
    CHECK(failure(std::string{"you sent <"} + text + ">").excerpt == "you sent <[token]>");
    CHECK(failure(std::string{text} + text).excerpt == "[token][token]");
    for (std::size_t before = 1000; before < 1024; ++before) {  // cut within it, within an escape of it included
      const std::string excerpt = failure(std::string(before, '.') + text).excerpt;
      CHECK(excerpt.find_first_not_of('.') >= before);
      CHECK(excerpt.find("it-") == std::string::npos);  // fewer than four characters tell nothing
    }
  }
}

TEST_CASE("a character of a secret is found in each way to write it") {
  const auto redacted = [](std::string text, bool cut = false) {
    ghl::detail::redact(text, token, "[secret]", cut);
    return text;
  };
  CHECK(redacted(token) == "[secret]");
  CHECK(redacted(R"(pit-0123/4567+89ab \"cdef\")") == "[secret]");
  CHECK(redacted("pit-0123%2F4567%2B89ab+%22cdef%22") == "[secret]");
  CHECK(redacted("pit-0123%2F4567%2B89ab%20%22cdef%22.") == "[secret].");
  CHECK(redacted("pit-0123/4567") == "pit-0123/4567");
  CHECK(redacted("pit-0123/4567", true).empty());
  CHECK(redacted("a pit-0123\\", true) == "a ");
  CHECK(redacted("a pit-0123%2", true) == "a ");
  CHECK(redacted("a pit-0123\\u002", true) == "a ");
  CHECK(redacted("a pit-0123 and more", true) == "a pit-0123 and more");
  CHECK(redacted("a pit", true) == "a pit");
  CHECK(redacted("") == "");
  std::string blank = "x+secret-with-blanks ";
  ghl::detail::redact(blank, " secret-with-blanks ");
  CHECK(blank == "x[token]");
}

TEST_CASE("a secret that looks as if something in it were encoded is found as it stands") {
  for (const std::string secret : {"%25abcdefgh", "abcd\\\\efgh", "abcd\\u005cefgh", "a%2Bb+c%20defgh"}) {
    CAPTURE(secret);
    std::string text = "before " + secret + " behind";
    ghl::detail::redact(text, secret);
    CHECK(text == "before [token] behind");
    std::string cut = "before " + secret.substr(0, 6);
    ghl::detail::redact(cut, secret, "[token]", true);
    CHECK(cut == "before ");
  }
}
