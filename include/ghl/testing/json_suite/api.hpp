/// The API's own texts: the examples of the reference pages, and the bodies of failures.
#pragma once

#include <ghl/api/associations.hpp>
#include <ghl/api/conversations.hpp>
#include <ghl/api/links.hpp>
#include <ghl/api/opportunities.hpp>
#include <ghl/operation/interpret.hpp>
#include <ghl/testing/check.hpp>
#include <ghl/testing/json_suite/run.hpp>
#include <ghl/testing/json_suite/subject.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace ghl { inline namespace v0 { namespace testing { namespace json {

template <class Json>
void check_examples(checks& to, subject<Json>& json) {
  run_check(to, "reads the reference's example of Get Links", [&](check& c) {
    json.reads(c, R"({
  "links": [
    {
      "id": "n4AriwEnFrGh3tu08W0U",
      "name": "first tag",
      "redirectTo": "https://www.google.com/",
      "fieldKey": "{{trigger_link.n4AriwEnFrGh3tu08W0U}}",
      "locationId": "ve9EPM428h8vShlRW1KT"
    }
  ]
})",
               links::get_links::response{{{"n4AriwEnFrGh3tu08W0U", "first tag", "https://www.google.com/",
                                            "{{trigger_link.n4AriwEnFrGh3tu08W0U}}", "ve9EPM428h8vShlRW1KT"}}});
  });
  run_check(to, "reads the reference's example of Delete Link, in both spellings", [&](check& c) {
    using response = links::delete_link::response;
    json.reads(c, "{\n  \"succeded\": true\n}", response{true});
    json.reads(c, R"({"succeeded":true})", response{true});
    json.reads(c, R"({"succeeded":false,"succeded":false})", response{false});
    json.reads(c, "{}", response{});
  });
  run_check(to, "reads the reference's example of Remove Followers", [&](check& c) {
    json.reads(c, R"({
  "followers": [
    "sx6wyHhbFdRXh302Lunr",
    "sx6wyHhbFdRXh302LLss"
  ],
  "followersRemoved": [
    "Mx6wyHhbFdRXh302Luer",
    "Ka6wyHhbFdRXh302LLsAm"
  ]
})",
               opportunities::remove_followers::response{
                   std::vector<std::string>{"sx6wyHhbFdRXh302Lunr", "sx6wyHhbFdRXh302LLss"},
                   std::vector<std::string>{"Mx6wyHhbFdRXh302Luer", "Ka6wyHhbFdRXh302LLsAm"}});
  });
  run_check(to, "writes the reference's example of Remove Followers", [&](check& c) {
    if constexpr (subject<Json>::writes)
      json.writes_as(c,
                     opportunities::remove_followers::followers_to_remove{
                         {"sx6wyHhbFdRXh302Lunr", "sx6wyHhbFdRXh302Lunr"}},
                     R"({"followers":["sx6wyHhbFdRXh302Lunr","sx6wyHhbFdRXh302Lunr"]})");
    else c.skip("the policy has no encode");
  });
  run_check(to, "reads the reference's example of Delete Association", [&](check& c) {
    json.reads(c, R"({
  "deleted": true,
  "id": "6d6f6e676f5f6576656e7473",
  "message": "Association deleted successfully"
})",
               associations::delete_association::response{true, "6d6f6e676f5f6576656e7473",
                                                          "Association deleted successfully"});
  });
  run_check(to, "reads the reference's example of Delete Conversation", [&](check& c) {
    json.reads(c, "{\n  \"success\": true\n}", conversations::delete_conversation::response{true});
  });
}

template <class Json>
void check_failures(checks& to, subject<Json>& json) {
  const auto says = [&](check& c, std::string_view body, const std::vector<std::string>& messages,
                        std::string_view trace_id = "") {
    const auto r = interpret<links::delete_link>(http::response{422, {}, std::string{body}}, json.policy());
    c.demand(!r && r.error().kind == error_kind::status && r.error().status == 422 && r.error().messages == messages &&
                 r.error().trace_id == trace_id,
             [&] { return "not understood: " + shown(body); });
  };
  run_check(to, "reads the bodies of failures", [&](check& c) {
    says(c, "{\n  \"statusCode\": 400,\n  \"message\": \"Bad Request\"\n}", {"Bad Request"});
    says(c, R"({"statusCode":401,"message":"Invalid token: access token is invalid","error":"Unauthorized"})",
         {"Invalid token: access token is invalid"});
    says(c, R"({"message":["a","b"],"error":"Unprocessable Entity","statusCode":422,"traceId":"4e76aa"})", {"a", "b"},
         "4e76aa");
    says(c, R"({"error":"invalid_grant","error_description":"This refresh token is invalid"})",
         {"invalid_grant: This refresh token is invalid"});
  });
  run_check(to, "reads nothing into the bodies of failures that are no JSON or something else", [&](check& c) {
    for (const std::string_view body : {"", "<html>", R"({"message":"Internal)", R"({"message":{"nested":true}})",
                                        R"({"statusCode":"x"})", "[]"})
      says(c, body, {});
  });
}

template <class Json>
void check_api(checks& to, subject<Json>& json) {
  check_examples(to, json);
  check_failures(to, json);
}

}}}}  // namespace ghl::v0::testing::json
