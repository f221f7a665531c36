// What was secret in a request is in no error, however the server wrote it, and wherever the text was cut.
#include "../catch.hpp"
#include "flat_json.hpp"

#include <ghl/api/links.hpp>
#include <ghl/ghl.hpp>
#include <ghl/oauth_refresh.hpp>

#include <cctype>
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
  CHECK(redacted("pit-0123/4567") == "[secret]");
  CHECK(redacted("pit-012") == "pit-012");
  CHECK(redacted("pit-0123/4567", true).empty());
  CHECK(redacted("a pit-0123\\", true) == "a ");
  CHECK(redacted("a pit-0123%2", true) == "a ");
  CHECK(redacted("a pit-0123\\u002", true) == "a ");
  CHECK(redacted("a pit-0123 and more", true) == "a [secret] and more");
  CHECK(redacted("a pit-012 and more", true) == "a pit-012 and more");
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

namespace {

/// All characters of a text, each written like this.
std::string spelled(std::string_view text, std::string (*one)(unsigned char)) {
  std::string out;
  for (const char c : text) out += one(static_cast<unsigned char>(c));
  return out;
}
std::string in_hex(unsigned char c, const char* digits = "0123456789abcdef") {
  return {digits[c >> 4U], digits[c & 15U]};
}
std::string percent(unsigned char c) { return "%" + in_hex(c, "0123456789ABCDEF"); }
std::string percent_small(unsigned char c) { return "%" + in_hex(c); }
std::string json_escape(unsigned char c) { return "\\u00" + in_hex(c); }
std::string json_escape_large(unsigned char c) { return "\\u00" + in_hex(c, "0123456789ABCDEF"); }
std::string script_escape(unsigned char c) { return "\\x" + in_hex(c); }
std::string braced_escape(unsigned char c) { return "\\u{" + in_hex(c) + "}"; }
std::string old_escape(unsigned char c) { return "%u00" + in_hex(c); }
std::string entity(unsigned char c) { return "&#" + std::to_string(unsigned{c}) + ";"; }
std::string entity_in_hex(unsigned char c) { return "&#x" + in_hex(c) + ";"; }
std::string punctuation_escaped(unsigned char c) {
  return (std::isalnum(c) != 0 ? "" : "\\") + std::string(1, static_cast<char>(c));
}
std::string doubled_backslash(unsigned char c) { return c == '\\' ? "\\\\" : std::string(1, static_cast<char>(c)); }
std::string ampersand(unsigned char c) { return c == '&' ? "&amp;" : std::string(1, static_cast<char>(c)); }

/// Eight characters of a secret in a row.
bool holds_piece(std::string_view text, std::string_view secret) {
  for (std::size_t at = 0; at + 8 <= secret.size(); ++at)
    if (text.find(secret.substr(at, 8)) != std::string_view::npos) return true;
  return false;
}

using spelling = std::string (*)(unsigned char);
constexpr spelling spellings[] = {percent,       percent_small, json_escape, json_escape_large, script_escape,
                                  braced_escape, old_escape,    entity,      entity_in_hex,     punctuation_escaped};

}  // namespace

TEST_CASE("a secret is found in every spelling, and in one spelling on top of another") {
  const std::string secret = "eyJ0eXAi.OiJKV1Qi-LCJhbGc_iOiJ/SUzI1+NiJ9";
  for (const spelling first : spellings) {
    const std::string once = spelled(secret, first);
    std::vector<std::string> all{once, spelled(once, doubled_backslash), spelled(once, ampersand)};
    for (const spelling second : spellings) {
      const std::string twice = spelled(once, second);
      all.insert(all.end(), {twice, spelled(twice, doubled_backslash)});
      if (second == punctuation_escaped) continue;  // nobody escapes a percent sign
      for (const spelling between : {percent, json_escape, entity})
        all.push_back(spelled(spelled(once, between), second));
    }
    for (const std::string& text : all) {
      CAPTURE(text);
      std::string quoted = "you sent <" + text + ">.";
      ghl::detail::redact(quoted, secret);
      CHECK(quoted == "you sent <[token]>.");
    }
  }
}

TEST_CASE("what is left of a secret that was cut anywhere, in any spelling, tells nothing") {
  const std::string secret = "eyJ0eXAi.OiJKV1Qi-LCJhbGc_iOiJ/SUzI1+NiJ9";
  for (const spelling first : spellings) {
    for (const std::string& text :
         {spelled(secret, first), spelled(spelled(secret, first), percent), spelled(spelled(secret, entity), first)}) {
      for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        std::string end = "<" + text.substr(0, cut);  // its beginning, at the end of a text
        ghl::detail::redact(end, secret, "[token]", true);
        ghl::detail::decoded_text left{end};
        CAPTURE(text.substr(0, cut), end);
        if (end != "<[token]") CHECK(left.end_of_cut() < 1 + 4);  // three characters tell nothing
        std::string begin = text.substr(cut) + ">";               // its end, at the beginning
        ghl::detail::redact(begin, secret);
        const std::string known{ghl::detail::decoded_text{begin}.text()};
        CHECK_FALSE(holds_piece(known, secret));
      }
    }
  }
}

TEST_CASE("words of a message are no part of a secret that is made of words") {
  const auto left = [](std::string text, std::string_view secret) {
    ghl::detail::redact(text, secret);
    return text;
  };
  CHECK(left("Invalid Private Integration token", "my-integration-token") == "Invalid Private Integration token");
  CHECK(left("The conversation was not found.", "a-conversation-token") == "The conversation was not found.");
  CHECK(left("my-integration-tok", "my-integration-token") == "[token]");
  CHECK(left("integrationtokens", "myintegrationtokens") == "[token]");  // sixteen letters and more
  CHECK(left("integration", "integration") == "[token]");                // the whole of it
}

TEST_CASE("a text with as many pieces of a secret as fit into it, and a secret like its placeholder, come to an end") {
  std::string many;
  for (int i = 0; i < 200; ++i) many += "abcd1234";
  ghl::detail::redact(many, "abcd1234efgh");
  CHECK(many.find("abcd1234") == std::string::npos);
  std::string same = "[token][token]x[token]";
  ghl::detail::redact(same, "[token][token]x");
  CHECK(same == "[token]");
  std::string inside = "x[secret]y";
  ghl::detail::redact(inside, "[secret]and", "[secret]");
  CHECK(inside == "[secret]");
}

TEST_CASE("a part of a secret in the text of a foreign library is found wherever it was cut") {
  ghl::error e = ghl::decode_error(ghl::fault::malformed, "EN-abcdef[3]", "last read: \"TOKEN-ab\"");
  ghl::detail::redact(e, old_refresh_token);
  CHECK(e.where == "[token][3]");
  CHECK(e.detail == "last read: \"[token]\"");
}

TEST_CASE("the tokens in an answer of the OAuth server are in no error, under whatever name, whatever the status") {
  const std::string access = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJuZXcifQ.N3w-Acc3ss_T0ken";
  const std::string refresh = "N3wR3fr3shT0k3n-0123456789abcdef";
  const auto new_tokens = [&](const std::string& write) {
    std::string body = write;
    const auto put = [&](std::string_view name, const std::string& text) {
      for (std::size_t at = body.find(name); at != std::string::npos; at = body.find(name, at))
        body.replace(at, name.size(), text);
    };
    put("<A>", access);
    put("<R>", refresh);
    return body;
  };
  for (const char* body :
       {R"({"access_token":"<A>","refresh_token":"<R>"})", R"({"error":"no","data":{"accessToken":"<A>"}})",
        R"({"error":"no","pairs":[{"refreshToken":"<R>"}]})", R"({"error":"no","a":["<A>","<R>"]})",
        R"({"message":"new: <A>","traceId":"<R>"})", R"({"error":"<A>","error_description":"<R>"})",
        R"({"message":["<R>",{"x":1}],"old":"<A>"})", R"({"x":"<A>)", "<html>value=<A> <b><R></b></html>",
        R"({"access\u005ftoken":"<A>"})", "access_token=<A>&refresh_token=<R>", R"("<A>")", R"(["<A>","<R>"])"}) {
    for (const int status : {200, 201, 400, 401, 422, 500, 502}) {
      for (const spelling one : {spelling{nullptr}, spelling{percent}, spelling{json_escape}, spelling{entity}}) {
        std::string text = new_tokens(body);
        if (one != nullptr) {
          for (const std::string& issued : {access, refresh})
            for (std::size_t at = text.find(issued); at != std::string::npos; at = text.find(issued))
              text.replace(at, issued.size(), spelled(issued, one));
        }
        CAPTURE(text, status);
        ghl::oauth_refresh ask{[&](const request&) -> response { return {.status = status, .body = text}; },
                               flat_json{},
                               ghl::oauth_app{.client_id = "id", .client_secret = ghl::secret{"the-client-secret"}}};
        const auto r =
            ask({.access_token = ghl::secret{"OLD-ACCESS-TOKEN"}, .refresh_token = ghl::secret{old_refresh_token}});
        if (r) continue;  // the first body is a good answer
        for (std::string shown : {r.error().excerpt, r.error().message(), r.error().trace_id, r.error().where}) {
          shown = std::string{ghl::detail::decoded_text{shown}.text()};
          for (const std::string& issued : {access, refresh}) CHECK_FALSE(holds_piece(shown, issued));
        }
      }
    }
  }
}

TEST_CASE("a new token that was cut is in no error either, and what is no token stays") {
  const std::string fresh = "N3wR3fr3shT0k3n-0123456789abcdef";
  for (std::size_t before = 985; before <= 1030; ++before) {
    const ghl::error e = refresh_failure(R"({"message":")" + std::string(before, ' ') + fresh + R"("})");
    for (const std::string& text : {e.excerpt, e.message()}) CHECK(text.find("N3wR") == std::string::npos);
    const ghl::error page = refresh_failure(std::string(before, ' ') + spelled(fresh, json_escape));
    CHECK(ghl::detail::decoded_text{page.excerpt}.text().find("N3wR") == std::string::npos);
  }
  const ghl::error e = refresh_failure(
      R"({"error":"unsupported_grant_type","error_description":"see services.leadconnectorhq.com/oauth, Unauthorized",)"
      R"("traceId":"0b1e8f6c-7d2a-4c3b-9e5f-112233445566"})");
  CHECK(e.messages ==
        std::vector<std::string>{"unsupported_grant_type: see services.leadconnectorhq.com/oauth, Unauthorized"});
  CHECK(e.trace_id == "0b1e8f6c-7d2a-4c3b-9e5f-112233445566");
  CHECK_FALSE(e.excerpt.empty());
  CHECK(refresh_failure(R"({"error":"x","refresh_token":"short"})").excerpt.empty());
}

TEST_CASE("an endpoint of a family that issues tokens is looked after as ghl::oauth_refresh is") {
  struct location_token {
    struct response {
      static consteval auto fields() { return ghl::fields(ghl::field("expires_in", &response::expires_in)); }
      long long expires_in = 0;
    };
    static consteval auto endpoint() {
      return ghl::endpoint("Get Location Token", ghl::method::post, "/oauth/locationToken", ghl::token::agency);
    }
  };
  ghl::client api{[](const request&) -> response {
                    return {.status = 201, .body = R"({"access_token":"N3wR3fr3shT0k3n-0123456789abcdef"})"};
                  },
                  flat_json{}, ghl::access_token{"some-old-token"}};
  const auto r = api.call(location_token{});
  REQUIRE(!r);
  CHECK(r.error().kind == ghl::error_kind::decode);
  CHECK(r.error().excerpt.empty());
}
