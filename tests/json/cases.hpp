/// One table of texts for every JSON adapter. The file that includes this defines `policy`, the adapter under test.
#pragma once

#include "../catch.hpp"
#include "samples.hpp"

#include <ghl/api/associations.hpp>
#include <ghl/api/conversations.hpp>
#include <ghl/api/links.hpp>
#include <ghl/api/opportunities.hpp>
#include <ghl/interpret.hpp>

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

using ghl::fault;
using samples::everything;
using samples::item;
using samples::strict;

namespace {

std::string nested(std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); }

/// A bad text, what is wrong with it and where.
struct bad {
  std::string text;
  fault what;
  std::string where;
};

const std::vector<bad>& bad_everything() {
  static const std::vector<bad> list = {
      // nothing, or no JSON
      {"", fault::empty_body, ""},
      {" \r\n\t", fault::empty_body, ""},
      {"<html><body>502 Bad Gateway</body></html>", fault::not_json, ""},
      {"upstream connect error", fault::not_json, ""},
      {"\xEF\xBB\xBF{}", fault::not_json, ""},
      // cut off
      {"{", fault::truncated, ""},
      {R"({"te)", fault::truncated, ""},
      {R"({"text")", fault::truncated, ""},
      {R"({"text":)", fault::truncated, ""},
      {R"({"text":"a)", fault::truncated, ""},
      {R"({"text":"\u00)", fault::truncated, ""},
      {R"({"text":"a")", fault::truncated, ""},
      {R"({"flag":tru)", fault::truncated, ""},
      {R"({"whole":1)", fault::truncated, ""},
      {R"({"ratio":1.)", fault::truncated, ""},
      {R"({"items":[{"id":"a"})", fault::truncated, ""},
      {R"({"one":{"id":"a")", fault::truncated, ""},
      {R"({"x":[1,{"a")", fault::truncated, ""},
      // broken
      {R"({"flag":tru})", fault::malformed, ""},
      {R"({"text":"a"}x)", fault::malformed, ""},
      {R"({"text":"a"}{})", fault::malformed, ""},
      {R"({"text":"a"},)", fault::malformed, ""},
      {R"({"text":"a",})", fault::malformed, ""},
      {R"({"items":[{"id":"a"},]})", fault::malformed, ""},
      {R"({"text" "a"})", fault::malformed, ""},
      {R"({"text":})", fault::malformed, ""},
      {R"({text:"a"})", fault::malformed, ""},
      {R"({'text':'a'})", fault::malformed, ""},
      {R"({"ratio":NaN})", fault::malformed, ""},
      {R"({"ratio":01})", fault::malformed, ""},
      {R"({"ratio":.5})", fault::malformed, ""},
      {R"({"text":"\x"})", fault::malformed, ""},
      {R"({"text":"\ud800"})", fault::malformed, ""},
      {"{\"text\":\"a\nb\"}", fault::malformed, ""},
      {std::string("{\"text\":\"a\0b\"}", 14), fault::malformed, ""},
      {std::string("{}\0{", 4), fault::malformed, ""},
      {R"({"x":tru})", fault::malformed, ""},
      {R"({"x":"\x"})", fault::malformed, ""},
      {R"({"x":01})", fault::malformed, ""},
      {R"({,})", fault::malformed, ""},
      // bytes that are no UTF-8, in what is read and in what is ignored
      {"{\"text\":\"\xFF\"}", fault::invalid_utf8, ""},
      {"{\"x\":\"\xC0\x80\"}", fault::invalid_utf8, ""},
      {"{\"\xFF\":1}", fault::invalid_utf8, ""},
      // of another type than the reference promises
      {"null", fault::wrong_type, ""},
      {"[]", fault::wrong_type, ""},
      {"\"a\"", fault::wrong_type, ""},
      {R"({"text":1})", fault::wrong_type, "text"},
      {R"({"text":{}})", fault::wrong_type, "text"},
      {R"({"flag":1})", fault::wrong_type, "flag"},
      {R"({"flag":"true"})", fault::wrong_type, "flag"},
      {R"({"whole":"1"})", fault::wrong_type, "whole"},
      {R"({"whole":1.5})", fault::wrong_type, "whole"},
      {R"({"one":[]})", fault::wrong_type, "one"},
      {R"({"one":{"id":null}})", fault::wrong_type, "one.id"},
      {R"({"items":{}})", fault::wrong_type, "items"},
      {R"({"items":[1]})", fault::wrong_type, "items[0]"},
      {R"({"items":[{"id":"a"},{"id":7}]})", fault::wrong_type, "items[1].id"},
      {R"({"tags":"a"})", fault::wrong_type, "tags"},
      {R"({"tags":["a",null]})", fault::wrong_type, "tags[1]"},
      {R"({"bits":[true,1]})", fault::wrong_type, "bits[1]"},
      {R"({"matrix":[[1],[2,"x"]]})", fault::wrong_type, "matrix[1][1]"},
      {R"({"message":{}})", fault::wrong_type, "message"},
      {R"({"message":["a",1]})", fault::wrong_type, "message[1]"},
      // required and not there
      {R"({"one":{}})", fault::missing_field, "one.id"},
      {R"({"items":[{"id":"a"},{"id":"b"},{"id":"c"},{"name":"d"}]})", fault::missing_field, "items[3].id"},
      // too large
      {R"({"tiny":128})", fault::number_out_of_range, "tiny"},
      {R"({"tiny":-129})", fault::number_out_of_range, "tiny"},
      {R"({"whole":9223372036854775808})", fault::number_out_of_range, "whole"},
      {R"({"whole":99999999999999999999})", fault::number_out_of_range, "whole"},
      {R"({"whole":-99999999999999999999})", fault::number_out_of_range, "whole"},
      {R"({"natural":18446744073709551616})", fault::number_out_of_range, "natural"},
      {R"({"natural":-1})", fault::number_out_of_range, "natural"},
      {R"({"ratio":1e400})", fault::number_out_of_range, ""},
      // nested: 64 levels, the object around them included, and far more
      {R"({"x":)" + nested(63) + "}", fault::nested_too_deeply, ""},
      {R"({"x":)" + nested(64) + "}", fault::nested_too_deeply, ""},
      {R"({"x":)" + nested(300) + "}", fault::nested_too_deeply, ""},
      {R"({"x":)" + nested(100'000) + "}", fault::nested_too_deeply, ""},
      {R"({"x":)" + std::string(100'000, '['), fault::nested_too_deeply, ""},
      {R"({"text":)" + nested(64) + "}", fault::wrong_type, "text"},
  };
  return list;
}

ghl::result<everything> read(std::string_view text) { return policy{}.decode<everything>(text); }

}  // namespace

TEST_CASE("every bad text is an error that says what is wrong and where") {
  policy json;
  for (const bad& row : bad_everything()) {
    INFO(row.text.substr(0, 80));
    const ghl::http::response answer{201, {{"Content-Type", "text/html"}}, row.text};
    const auto r = ghl::interpret<samples::get_everything>(answer, json);
    REQUIRE(!r);
    CHECK(ghl::to_string(r.error().fault) == ghl::to_string(row.what));
    CHECK(r.error().where == row.where);
    CHECK((r.error().kind == ghl::error_kind::decode));
    CHECK(r.error().status == 201);
    CHECK(r.error().content_type == "text/html");
    CHECK(r.error().endpoint == "Get Everything");
    CHECK(r.error().excerpt == row.text.substr(0, 1024));
  }
}

TEST_CASE("every required member is missed by name") {
  const std::string whole = R"({"flag":true,"whole":1,"ratio":2,"text":"t","items":[]})";
  CHECK((policy{}.decode<strict>(whole) == strict{true, 1, 2.0, "t", {}}));
  const std::vector<std::string> parts = {R"("flag":true)", R"("whole":1)", R"("ratio":2)", R"("text":"t")",
                                          R"("items":[])"};
  const std::vector<std::string> names = {"flag", "whole", "ratio", "text", "items"};
  for (std::size_t left_out = 0; left_out < parts.size(); ++left_out) {
    std::string text = "{";
    for (std::size_t i = 0; i < parts.size(); ++i)
      if (i != left_out) text += (text.size() > 1 ? "," : "") + parts[i];
    text += "}";
    INFO(text);
    const auto r = policy{}.decode<strict>(text);
    REQUIRE(!r);
    CHECK((r.error().fault == fault::missing_field));
    CHECK(r.error().where == names[left_out]);
    const std::string null_there = whole.substr(0, whole.find(parts[left_out]) + names[left_out].size() + 3) + "null" +
                                   whole.substr(whole.find(parts[left_out]) + parts[left_out].size());
    INFO(null_there);
    const auto n = policy{}.decode<strict>(null_there);
    REQUIRE(!n);
    CHECK((n.error().fault == fault::wrong_type));
    CHECK(n.error().where == names[left_out]);
  }
}

TEST_CASE("good texts are read to the last member") {
  CHECK((read("{}") == everything{}));
  CHECK((read(" \r\n{ } \r\n") == everything{}));
  CHECK(read(R"({"flag":false})").value().flag == false);
  CHECK(read(R"({"tiny":-128})").value().tiny == -128);
  CHECK(read(R"({"whole":9223372036854775807})").value().whole == (std::numeric_limits<std::int64_t>::max)());
  CHECK(read(R"({"whole":-9223372036854775808})").value().whole == (std::numeric_limits<std::int64_t>::min)());
  CHECK(read(R"({"whole":1.0})").value().whole == 1);
  CHECK(read(R"({"whole":1e3})").value().whole == 1000);
  CHECK(read(R"({"natural":18446744073709551615})").value().natural == (std::numeric_limits<std::uint64_t>::max)());
  CHECK(read(R"({"ratio":-1.5e-3})").value().ratio == -1.5e-3);
  CHECK(read(R"({"ratio":7})").value().ratio == 7.0);
  CHECK(read(R"({"text":""})").value().text == "");
  CHECK(read(R"({"text":"\"\\\/\b\f\n\r\t"})").value().text == "\"\\/\b\f\n\r\t");
  CHECK(read(R"({"text":"\u00e9\u20ac\ud83d\ude00"})").value().text == "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
  CHECK(read("{\"text\":\"\xC3\xA9\xF0\x9F\x98\x80\"}").value().text == "\xC3\xA9\xF0\x9F\x98\x80");
  CHECK(read(R"({"text":"a\u0000b"})").value().text == std::string("a\0b", 3));
  CHECK((read(R"({"one":{"id":"a","name":"b"}})").value().one == item{"a", "b"}));
  CHECK((read(R"({"items":[{"id":"a"},{"name":null,"id":"b"}]})").value().items == std::vector<item>{{"a", {}}, {"b", {}}}));
  CHECK((read(R"({"tags":[]})").value().tags == std::vector<std::string>{}));
  CHECK((read(R"({"tags":["a","b"]})").value().tags == std::vector<std::string>{"a", "b"}));
  CHECK((read(R"({"bits":[true,false,true]})").value().bits == std::vector<bool>{true, false, true}));
  CHECK((read(R"({"matrix":[[1,2.5],[],[3]]})").value().matrix == std::vector<std::vector<double>>{{1, 2.5}, {}, {3}}));
  CHECK((read(R"({"gaps":[null,"a"]})").value().gaps == std::vector<std::optional<std::string>>{std::nullopt, "a"}));
}

TEST_CASE("null is an absent optional, and unknown keys are ignored whatever they hold") {
  CHECK((read(R"({"flag":null,"text":null,"one":null,"items":null,"message":null,"ratio":null})") == everything{}));
  CHECK(read(R"({"x":{"y":[1,-2.5e9,{"z":null}],"text":"no"},"text":"yes","w":[[]],"v":true})").value().text == "yes");
  CHECK(read(R"({"x":)" + nested(62) + R"(,"text":"a"})").value().text == "a");  // 63 levels, the deepest that is read
  CHECK(read(R"({"x":99999999999999999999,"text":"a"})").value().text == "a");
  CHECK((read(R"({"TEXT":"a"})") == everything{}));
}

TEST_CASE("a message is a string or an array of strings") {
  CHECK((read(R"({"message":"a"})").value().message == ghl::string_or_strings{{"a"}}));
  CHECK((read(R"({"message":["a","b"]})").value().message == ghl::string_or_strings{{"a", "b"}}));
  CHECK((read(R"({"message":[]})").value().message == ghl::string_or_strings{}));
}

TEST_CASE("a second spelling is read, and of two equal keys the later counts") {
  CHECK(read(R"({"speltt":true})").value().spelt == true);
  CHECK(read(R"({"spelt":true})").value().spelt == true);
  CHECK(read(R"({"speltt":true,"spelt":true})").value().spelt == true);
  CHECK(read(R"({"text":"a","text":"b"})").value().text == "b");
  CHECK((read(R"({"tags":["a","b"],"tags":["c"]})").value().tags == std::vector<std::string>{"c"}));
}

TEST_CASE("the text to read need not end with a NUL byte") {
  const std::string around = R"({"text":"a"}{"text":"b"})";
  CHECK(read(std::string_view{around}.substr(0, 12)).value().text == "a");
  CHECK(read(std::string_view{around}.substr(12)).value().text == "b");
}

TEST_CASE("the API's types are read without an object around them") {
  CHECK(policy{}.decode<bool>("true") == true);
  CHECK(policy{}.decode<std::int64_t>(" -7 ") == -7);
  CHECK(policy{}.decode<std::string>(R"("a")") == std::string{"a"});
  CHECK((policy{}.decode<std::vector<item>>(R"([{"id":"a"}])") == std::vector<item>{{"a", {}}}));
  CHECK((policy{}.decode<std::vector<item>>(R"([{"id":"a"},{}])").error().where == "[1].id"));
  CHECK((policy{}.decode<std::string>(R"("a)").error().fault == fault::truncated));
  CHECK((policy{}.decode<bool>("tru").error().fault == fault::truncated));
  CHECK((policy{}.decode<std::vector<bool>>("[true").error().fault == fault::truncated));
}

TEST_CASE("values are written in the order of their description, absent members left out") {
  CHECK(policy{}.encode(everything{}) == std::string{"{}"});
  everything all;
  all.flag = true;
  all.tiny = static_cast<std::int8_t>(-5);
  all.whole = (std::numeric_limits<std::int64_t>::min)();
  all.natural = (std::numeric_limits<std::uint64_t>::max)();
  all.ratio = 0.5;
  all.text = "\"\\\n\x01\xC3\xA9";
  all.one = item{"a", {}};
  all.items = std::vector<item>{{"b", "c"}};
  all.tags = std::vector<std::string>{};
  all.bits = std::vector<bool>{true, false};
  all.matrix = std::vector<std::vector<double>>{{1.5}, {}};
  all.gaps = std::vector<std::optional<std::string>>{std::nullopt, "d"};
  all.message = ghl::string_or_strings{{"e", "f"}};
  all.spelt = true;
  const auto text = policy{}.encode(all);
  REQUIRE(text);
  CHECK(*text ==
        R"({"flag":true,"tiny":-5,"whole":-9223372036854775808,"natural":18446744073709551615,"ratio":0.5,)"
        R"("text":"\"\\\n\u0001)" "\xC3\xA9" R"(","one":{"id":"a"},"items":[{"id":"b","name":"c"}],"tags":[],)"
        R"("bits":[true,false],"matrix":[[1.5],[]],"gaps":[null,"d"],"message":["e","f"],"speltt":true})");
  CHECK((read(*text) == all));
  CHECK(policy{}.encode(everything{.message = ghl::string_or_strings{{"a"}}}) == std::string{R"({"message":"a"})"});
}

TEST_CASE("what JSON cannot say is not written") {
  CHECK((policy{}.encode(everything{.text = "\xFF"}).error().fault == fault::invalid_utf8));
  CHECK((policy{}.encode(everything{.tags = std::vector<std::string>{"a", "\xED\xA0\x80"}}).error().fault == fault::invalid_utf8));
  CHECK((policy{}.encode(everything{.ratio = std::numeric_limits<double>::quiet_NaN()}).error().fault == fault::not_finite));
  CHECK((policy{}.encode(everything{.ratio = std::numeric_limits<double>::infinity()}).error().fault == fault::not_finite));
}

// The examples of the reference pages, as they stand there.
TEST_CASE("the reference's example of Get Links") {
  const auto r = policy{}.decode<ghl::links::get_links::response>(R"({
  "links": [
    {
      "id": "n4AriwEnFrGh3tu08W0U",
      "name": "first tag",
      "redirectTo": "https://www.google.com/",
      "fieldKey": "{{trigger_link.n4AriwEnFrGh3tu08W0U}}",
      "locationId": "ve9EPM428h8vShlRW1KT"
    }
  ]
})");
  REQUIRE(r);
  CHECK((*r == ghl::links::get_links::response{{{"n4AriwEnFrGh3tu08W0U", "first tag", "https://www.google.com/",
                                                 "{{trigger_link.n4AriwEnFrGh3tu08W0U}}", "ve9EPM428h8vShlRW1KT"}}}));
}

TEST_CASE("the reference's example of Delete Link, in both spellings") {
  using response = ghl::links::delete_link::response;
  CHECK((policy{}.decode<response>(R"({
  "succeded": true
})") == response{true}));
  CHECK((policy{}.decode<response>(R"({"succeeded":true})") == response{true}));
  CHECK((policy{}.decode<response>(R"({"succeeded":false,"succeded":false})") == response{false}));
  CHECK((policy{}.decode<response>("{}") == response{}));
}

TEST_CASE("the reference's example of Remove Followers") {
  using request = ghl::opportunities::remove_followers;
  CHECK((policy{}.decode<request::response>(R"({
  "followers": [
    "sx6wyHhbFdRXh302Lunr",
    "sx6wyHhbFdRXh302LLss"
  ],
  "followersRemoved": [
    "Mx6wyHhbFdRXh302Luer",
    "Ka6wyHhbFdRXh302LLsAm"
  ]
})") == request::response{std::vector<std::string>{"sx6wyHhbFdRXh302Lunr", "sx6wyHhbFdRXh302LLss"},
                          std::vector<std::string>{"Mx6wyHhbFdRXh302Luer", "Ka6wyHhbFdRXh302LLsAm"}}));
  CHECK(policy{}.encode(request::followers_to_remove{{"sx6wyHhbFdRXh302Lunr", "sx6wyHhbFdRXh302Lunr"}}) ==
        std::string{R"({"followers":["sx6wyHhbFdRXh302Lunr","sx6wyHhbFdRXh302Lunr"]})"});
}

TEST_CASE("the reference's example of Delete Association") {
  using response = ghl::associations::delete_association::response;
  CHECK((policy{}.decode<response>(R"({
  "deleted": true,
  "id": "6d6f6e676f5f6576656e7473",
  "message": "Association deleted successfully"
})") == response{true, "6d6f6e676f5f6576656e7473", "Association deleted successfully"}));
}

TEST_CASE("the reference's example of Delete Conversation") {
  using response = ghl::conversations::delete_conversation::response;
  CHECK((policy{}.decode<response>(R"({
  "success": true
})") == response{true}));
}
