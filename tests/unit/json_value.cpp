// ghl::json_value and maps of strings: what is kept of a text, what a pointer finds, what a call sends and gets.
#include "../catch.hpp"

#include <ghl/ghl.hpp>
#include <ghl/json.hpp>
#include <ghl/json_kit/json_value.hpp>
#include <ghl/testing/scripted_transport.hpp>

#include <cmath>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace {

/// A policy of what json_kit has.
struct json {
  struct values {
    static std::string text(double v) { return std::to_string(v); }
    static std::string text(std::string_view v) {
      std::string out;
      ghl::detail::append_json_string(out, v);
      return out;
    }
  };
  template <class T>
  ghl::result<T> decode(std::string_view text) const {
    return ghl::read_json_by_steps<T>(text, &ghl::detail::json_string_text);
  }
  template <class T>
  ghl::result<std::string> encode(const T& value) const {
    ghl::result<std::string> text;
    ghl::json_writer<values> writer{*text};
    if (const auto f = ghl::json_events(value, writer); f != ghl::fault::none) text = ghl::invalid_request(f, "");
    return text;
  }
};

using ghl::fault;
using ghl::json_kind;
using ghl::json_value;

std::string kept(std::string_view text) {
  const auto value = json_value::parse(text);
  return value ? std::string{value->text()} : std::string{name_of(value.error().fault)};
}

std::string found(const json_value& in, std::string_view pointer) {
  const auto value = in.at(pointer);
  return value ? std::string{value->text()} : std::string{name_of(value.error().fault)} + " " + value.error().where;
}

struct price {
  std::int64_t amount = 0;
  std::optional<std::string> currency{};
  static consteval auto fields() {
    return ghl::fields(ghl::field("amount", &price::amount), ghl::field("currency", &price::currency));
  }
};

struct update {
  struct changes {
    std::map<std::string, price, std::less<>> prices{};
    std::optional<std::unordered_map<std::string, std::optional<bool>>> flags{};
    std::optional<json_value> custom{};
    json_value raw{};
    static consteval auto fields() {
      return ghl::fields(ghl::field("prices", &changes::prices), ghl::field("flags", &changes::flags),
                         ghl::field("custom", &changes::custom), ghl::field("raw", &changes::raw));
    }
  };
  changes body{};
  using response = json_value;
  static consteval auto endpoint() {
    return ghl::endpoint("Update", ghl::method::post, "/update", ghl::token::sub_account, ghl::body(&update::body));
  }
};
static_assert(ghl::well_formed<update>);

struct get_prices {
  using response = std::map<std::string, std::vector<price>>;
  static consteval auto endpoint() {
    return ghl::endpoint("Get Prices", ghl::method::get, "/prices", ghl::token::sub_account);
  }
};
static_assert(ghl::well_formed<get_prices>);

/// Hands out numbers without their texts, as documents do.
struct numbers_alone {
  template <class T>
  ghl::result<T> decode_infinity() const {
    T value{};
    ghl::json_reader reader{value};
    if (reader.begin_object() && reader.key("any") && reader.begin_array()) reader.number(HUGE_VAL);
    if (!reader.ok()) return reader.error();
    return value;
  }
};
struct with_any {
  std::optional<json_value> any{};
  static consteval auto fields() { return ghl::fields(ghl::field("any", &with_any::any)); }
};

/// Takes numbers as what they are.
struct number_events {
  std::string text{};
  void null() { text += "null "; }
  void boolean(bool v) { text += v ? "true " : "false "; }
  void integer(std::int64_t v) { text += "i" + std::to_string(v) + " "; }
  void unsigned_integer(std::uint64_t v) { text += "u" + std::to_string(v) + " "; }
  void number(double v) { text += "d" + std::to_string(v) + " "; }
  void string(std::string_view v) { text.append(v).append(" "); }
  void key(std::string_view v) { text.append(v).append(":"); }
  void begin_object() { text += "{"; }
  void end_object() { text += "}"; }
  void begin_array() { text += "["; }
  void end_array() { text += "]"; }
};

}  // namespace

TEST_CASE("a json_value is the text without its blanks, and strings are escaped no more than need be") {
  CHECK(kept(" { \"a\" : [ 1 , true,\tnull ] ,\n\"b\" : { } } ") == R"({"a":[1,true,null],"b":{}})");
  CHECK(kept(R"("\u0041\/\u00e9\ud83d\ude00\u0000\u001F\b\t\n\f\r\"\\")") ==
        "\"A/\xC3\xA9\xF0\x9F\x98\x80\\u0000\\u001f\\b\\t\\n\\f\\r\\\"\\\\\"");
  CHECK(kept(R"({"\u006b\n":{"\"":1}})") == R"({"k\n":{"\"":1}})");
  CHECK(kept("null") == "null");
  CHECK(kept(R"("null")") == R"("null")");
}

TEST_CASE("numbers stand as they came") {
  for (const std::string_view text : {"1.50", "-0", "1e3", "1E+3", "1e400", "-12345678901234567890123", "0.10"})
    CHECK(kept(text) == text);
}

TEST_CASE("of equal keys the last is kept, at every level") {
  CHECK(kept(R"({"a":1,"b":2,"a":3})") == R"({"b":2,"a":3})");
  CHECK(kept(R"({"a":1,"a":2,"a":3})") == R"({"a":3})");
  CHECK(kept(R"({"a":{"x":1,"x":[{"y":1,"y":2}]},"\u0061":{"x":1,"x":2}})") == R"({"a":{"x":2}})");
  CHECK(kept(R"([{"a":"{\"a\":1,\"a\":2}","b":{"a":0},"a":[]}])") == R"([{"b":{"a":0},"a":[]}])");
  std::string many = "{";
  std::string left = "{";
  for (int i = 0; i < 500; ++i) many += "\"k" + std::to_string(i % 250) + "\":" + std::to_string(i) + ",";
  for (int i = 250; i < 500; ++i) left += "\"k" + std::to_string(i % 250) + "\":" + std::to_string(i) + ",";
  many.back() = '}';
  left.back() = '}';
  CHECK(kept(many) == left);
}

TEST_CASE("what is no JSON is no json_value") {
  CHECK(kept("") == "truncated");
  CHECK(kept("[1,]") == "malformed");
  CHECK(kept("1 2") == "malformed");
  CHECK(kept("\"\xFF\"") == "invalid_utf8");
  CHECK(kept(std::string(64, '[') + std::string(64, ']')) == "nested_too_deeply");
  CHECK(kept(std::string(63, '[') + std::string(63, ']')).size() == 126);
}

TEST_CASE("a JSON pointer finds what RFC 6901 says it does") {
  const json_value value = *json_value::parse(
      R"({"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8,"~1":9,)"
      R"("o":{"p":null}})");
  CHECK(found(value, "") == value.text());
  CHECK(found(value, "/foo") == R"(["bar","baz"])");
  CHECK(found(value, "/foo/0") == R"("bar")");
  CHECK(found(value, "/") == "0");
  CHECK(found(value, "/a~1b") == "1");
  CHECK(found(value, "/c%d") == "2");
  CHECK(found(value, "/e^f") == "3");
  CHECK(found(value, "/g|h") == "4");
  CHECK(found(value, "/i\\j") == "5");
  CHECK(found(value, "/k\"l") == "6");
  CHECK(found(value, "/ ") == "7");
  CHECK(found(value, "/m~0n") == "8");
  CHECK(found(value, "/~01") == "9");
  CHECK(found(value, "/o/p") == "null");
  CHECK((*value.at("/o/p")).is_null());
  for (const std::string_view pointer : {"/foo/2", "/foo/-", "/foo/00", "/foo/01", "/foo/", "/foo/+1", "/foo/0/x",
                                         "foo", "/x", "/m~2n", "/m~", "/o/p/q", "/foo/18446744073709551616"})
    CHECK(found(value, pointer) == "missing_field " + std::string{pointer});
}

TEST_CASE("a json_value is read by a policy as any type, and made by one") {
  const json policy;
  const json_value value = *json_value::parse(R"({"gold":{"amount":7},"n":[1,2]})");
  const auto prices = value.at("/gold");
  REQUIRE(prices);
  CHECK((*prices->get<price>(policy)).amount == 7);
  CHECK(*(*value.at("/n")).get<std::vector<int>>(policy) == std::vector<int>{1, 2});
  CHECK(*value.get<json_value>(policy) == value);
  const auto wrong = prices->get<bool>(policy);
  REQUIRE(!wrong);
  CHECK(wrong.error().fault == fault::wrong_type);
  CHECK((*json_value::from(policy, price{1, "EUR"})).text() == R"({"amount":1,"currency":"EUR"})");
  CHECK(json_value::from(policy, std::string{"\xFF"}).error().fault == fault::invalid_utf8);
}

TEST_CASE("a json_value knows its kind") {
  CHECK(json_value{}.kind() == json_kind::null);
  CHECK(json_value{}.is_null());
  CHECK(json_value{} == *json_value::parse(" null "));
  const std::pair<std::string_view, json_kind> rows[] = {
      {"true", json_kind::boolean}, {"\"\"", json_kind::string}, {"[]", json_kind::array}, {"{}", json_kind::object},
      {"-1", json_kind::integer}, {"9223372036854775807", json_kind::integer},
      {"9223372036854775808", json_kind::unsigned_integer}, {"18446744073709551616", json_kind::number},
      {"1.0", json_kind::number}, {"-0", json_kind::number}};
  for (const auto& [text, kind] : rows) {
    INFO(text);
    CHECK((*json_value::parse(text)).kind() == kind);
  }
}

TEST_CASE("a moved-from json_value is null or what it was, and can be used") {
  json_value value = *json_value::parse(R"({"a":"a text that is longer than what a string holds itself"})");
  const json_value taken = std::move(value);
  value = json_value{};
  CHECK(value.is_null());
  CHECK(taken.at("/a"));
}

TEST_CASE("a writer without raw_number gets numbers as what they are, or none") {
  number_events out;
  const json_value all = *json_value::parse(R"({"k\n":[1,-1,18446744073709551615,0.5,1e3,"\""],"l":null})");
  CHECK(json_events(all, out) == fault::none);
  CHECK(out.text == "{k\n:[i1 i-1 u18446744073709551615 d0.500000 i1000 \" ]l:null }");
  CHECK(json_events(*json_value::parse("1e400"), out) == fault::number_out_of_range);
}

TEST_CASE("json_events copies a json_value into another, numbers as they stand") {
  const json_value from = *json_value::parse(R"([1.50,{"a":[-0,1e400]},"\n"])");
  json_value to;
  ghl::json_reader reader{to};
  CHECK(json_events(from, reader) == fault::none);
  CHECK(reader.ok());
  CHECK(to == from);
}

TEST_CASE("a number beyond every double is refused where its text is not known") {
  const auto r = numbers_alone{}.decode_infinity<with_any>();
  REQUIRE(!r);
  CHECK(r.error().fault == fault::number_out_of_range);
  CHECK(r.error().where == "any");
}

TEST_CASE("a call sends maps and json_values, and gets them") {
  ghl::testing::script server;
  server.expect(ghl::method::post, "/update").answer(201, R"({"done":[1.50]})");
  const std::string prices_text = R"({"gold":[{"amount":1}],"x.y":[{"amount":2},{"amount":""}]})";
  server.expect(ghl::method::get, "/prices").answer(200, prices_text);
  ghl::client api{ghl::testing::scripted_transport{server}, json{}, ghl::private_integration_token{"token"}};
  update request;
  request.body.prices["gold"] = price{5};
  request.body.flags = {{"on", std::nullopt}};
  request.body.custom = json_value{};
  request.body.raw = *json_value::parse("[1,{\"a\":\"b\"}]");
  const auto answer = api.call(request);
  REQUIRE(answer);
  CHECK(answer->text() == R"({"done":[1.50]})");
  CHECK(server.requests().back().body ==
        R"({"prices":{"gold":{"amount":5}},"flags":{"on":null},"custom":null,"raw":[1,{"a":"b"}]})");
  const auto prices = api.call(get_prices{});
  REQUIRE(!prices);
  CHECK(prices.error().fault == fault::wrong_type);
  CHECK(prices.error().where == R"(["x.y"][1].amount)");
}

TEST_CASE("the place of an error names the key of a map so that a person understands") {
  const json policy;
  const auto place = [&](std::string_view key) {
    using map = std::map<std::string, std::map<std::string, bool>>;
    return policy.decode<map>("{\"a\":{\"" + std::string{key} + "\":1}}").error().where;
  };
  CHECK(place("gold") == "a.gold");
  CHECK(place("x-1_$") == "a.x-1_$");
  CHECK(place("\xC3\xA9") == "a.\xC3\xA9");
  CHECK(place("") == R"(a[""])");
  CHECK(place("b.c") == R"(a["b.c"])");
  CHECK(place("[0]") == R"(a["[0]"])");
  CHECK(place("\\n\\\"") == R"(a["\n\""])");
  CHECK(place(std::string(70, 'k')) == "a[\"...\"]");  // and no beginning of it, which may be that of a secret
}
