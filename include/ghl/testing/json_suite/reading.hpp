/// What a JSON policy reads: the checks of good texts.
#pragma once

#include <ghl/testing/check.hpp>
#include <ghl/testing/json_suite/bad_texts.hpp>
#include <ghl/testing/json_suite/run.hpp>
#include <ghl/testing/json_suite/subject.hpp>
#include <ghl/testing/json_suite/types.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ghl { inline namespace v0 { namespace testing { namespace json {

template <class Json>
void check_numbers(checks& to, subject<Json>& json) {
  run_check(to, "reads integers of every width up to their limits", [&](check& c) {
    json.reads(c, R"({"i8":-128,"i16":-32768,"i32":-2147483648,"i64":-9223372036854775808,"u8":255,"u16":65535,)"
                  R"("u32":4294967295,"u64":18446744073709551615,"f":0,"d":0})",
               numbers{(std::numeric_limits<std::int8_t>::min)(), (std::numeric_limits<std::int16_t>::min)(),
                       (std::numeric_limits<std::int32_t>::min)(), (std::numeric_limits<std::int64_t>::min)(),
                       (std::numeric_limits<std::uint8_t>::max)(), (std::numeric_limits<std::uint16_t>::max)(),
                       (std::numeric_limits<std::uint32_t>::max)(), (std::numeric_limits<std::uint64_t>::max)(), 0, 0});
    json.reads(c, R"({"i8":127,"i16":32767,"i32":2147483647,"i64":9223372036854775807,"u8":0,"u16":0,"u32":0,"u64":0,)"
                  R"("f":0,"d":0})",
               numbers{(std::numeric_limits<std::int8_t>::max)(), (std::numeric_limits<std::int16_t>::max)(),
                       (std::numeric_limits<std::int32_t>::max)(), (std::numeric_limits<std::int64_t>::max)(), 0, 0, 0,
                       0, 0, 0});
    json.reads(c, R"({"whole":0})", everything{.whole = 0});
    json.reads(c, R"({"whole":-0})", everything{.whole = 0});
    json.reads(c, R"({"tiny":-128})", everything{.tiny = static_cast<std::int8_t>(-128)});
    json.reads(c, R"({"whole":9223372036854775807})",
               everything{.whole = (std::numeric_limits<std::int64_t>::max)()});
    json.reads(c, R"({"whole":-9223372036854775808})",
               everything{.whole = (std::numeric_limits<std::int64_t>::min)()});
    json.reads(c, R"({"natural":18446744073709551615})",
               everything{.natural = (std::numeric_limits<std::uint64_t>::max)()});
  });
  run_check(to, "reads 1.0 and 1e3 as integers", [&](check& c) {
    json.reads(c, R"({"whole":1.0})", everything{.whole = 1});
    json.reads(c, R"({"whole":1e3})", everything{.whole = 1000});
    json.reads(c, R"({"whole":-250E-1})", everything{.whole = -25});
  });
  run_check(to, "reads floating-point numbers", [&](check& c) {
    json.reads(c, R"({"ratio":-1.5e-3})", everything{.ratio = -1.5e-3});
    json.reads(c, R"({"ratio":7})", everything{.ratio = 7.0});
    json.reads(c, R"({"ratio":0.0})", everything{.ratio = 0.0});
    json.reads(c, R"({"ratio":0e0})", everything{.ratio = 0.0});
    json.reads(c, R"({"ratio":0.0000000000000000000000000000000000000000})", everything{.ratio = 0.0});
    json.reads(c, R"({"ratio":12345678.25})", everything{.ratio = 12345678.25});
    json.reads(c, "0.5", 0.5F);
  });
  run_check(to, "makes zeros of tiny numbers and of zeros with long exponents, or refuses them", [&](check& c) {
    for (const std::string_view text : {"1e-400", "-1e-400", "1e-9999999999", "1e-99999999999999999999", "0e400",
                                        "0.0e-400", "0e9999999999", "-0.0e99999999999999999999", "0e-9999999999"}) {
      const result<double> r = json.template decode<double>(text);
      const fault f = r ? fault::none : r.error().fault;
      c.demand(r ? std::equal_to<>{}(*r, 0.0) : f == fault::number_out_of_range || f == fault::malformed, [&] {
        return shown(text) + (r ? " was read as another number" : " was refused as what it is not: ") +
               (r ? "" : std::string{to_string(f)});
      });
    }
  });
  run_check(to, "reads floating-point numbers to the last bit", [&](check& c) {
    struct row {
      std::string_view text;
      double value;
    };
    constexpr row table[] = {{"0.1", 0.1},
                             {"0.3", 0.3},
                             {"5e-324", 5e-324},
                             {"2.2250738585072011e-308", 2.2250738585072011e-308},
                             {"1.7976931348623157e308", 1.7976931348623157e308},
                             {"9007199254740993", 9007199254740993.0},
                             {"9007199254740993.0", 9007199254740993.0},
                             {"0.500000000000000166533453693773481063544750213623046875",
                              0.500000000000000166533453693773481063544750213623046875},
                             {"3.518437208883201171875e13", 3.518437208883201171875e13},
                             {"62.5364939768271845828", 62.5364939768271845828},
                             {"8.10109172351e-10", 8.10109172351e-10},
                             {"1234567890123456789012345678901234567890", 1234567890123456789012345678901234567890.0}};
    for (const row& r : table) json.template reads<double>(c, r.text, r.value);
  });
}

template <class Json>
void check_strings(checks& to, subject<Json>& json) {
  run_check(to, "reads strings with every escape", [&](check& c) {
    json.reads(c, R"({"text":""})", everything{.text = ""});
    json.reads(c, R"({"text":"\"\\\/\b\f\n\r\t"})", everything{.text = "\"\\/\b\f\n\r\t"});
    json.reads(c, R"({"text":"\u00e9\u20AC\ud83d\ude00"})", everything{.text = "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"});
    json.reads(c, R"({"text":"\udbff\udfff\ud7ff\ue000"})",
               everything{.text = "\xF4\x8F\xBF\xBF\xED\x9F\xBF\xEE\x80\x80"});
    json.reads(c, R"({"text":"a\u0000b"})", everything{.text = std::string("a\0b", 3)});
  });
  run_check(to, "reads UTF-8 as it stands", [&](check& c) {
    json.reads(c, "{\"text\":\"\xC3\xA9\xF0\x9F\x98\x80\"}", everything{.text = "\xC3\xA9\xF0\x9F\x98\x80"});
    json.reads(c, "{\"text\":\"\x7F\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF\"}",
               everything{.text = "\x7F\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF"});
  });
  run_check(to, "reads strings of every length, with escapes and without", [&](check& c) {
    for (const std::size_t length : {15U, 16U, 255U, 256U, 257U, 4095U, 4096U, 4097U, 70'000U}) {
      const std::string plain(length, 'a');
      json.reads(c, R"({"text":")" + plain + R"("})", everything{.text = plain});
      json.reads(c, R"({"text":")" + plain + R"(\n\u00e9")" + "}", everything{.text = plain + "\n\xC3\xA9"});
      json.reads(c, R"({"text":"\n)" + plain + R"(\n")" + "}", everything{.text = "\n" + plain + "\n"});
      json.reads(c, R"({"\n)" + plain + R"(":1,"text":"b","tags":["\tc"]})",
                 everything{.text = "b", .tags = std::vector<std::string>{"\tc"}});
    }
  });
  run_check(to, "takes a key written with escapes for the same key", [&](check& c) {
    json.reads(c, R"({"t\u0065xt":"a"})", everything{.text = "a"});
    json.reads(c, R"({"one":{"\u0069\u0064":"a"}})", everything{.one = item{"a"}});
    json.reads(c, R"({"text":"a","t\u0065xt":"b","\u0078":[1e2,"\n",{"\"":null,"y":[true,false]}],"ratio":-5})",
               everything{.ratio = -5.0, .text = "b"});
    json.reads(c, "{\n \"w\": \"\\\\\",\n \"x\\\"\\\\\": {},\n \"\\u0066lag\" : true\n}", everything{.flag = true});
  });
}

template <class Json>
void check_structure(checks& to, subject<Json>& json) {
  run_check(to, "reads bools", [&](check& c) {
    json.reads(c, R"({"flag":false})", everything{.flag = false});
    json.reads(c, R"({"flag":true})", everything{.flag = true});
    json.reads(c, R"({"bits":[true,false,true]})", everything{.bits = std::vector<bool>{true, false, true}});
  });
  run_check(to, "reads structs and arrays inside each other", [&](check& c) {
    json.reads(c, R"({"one":{"id":"a","name":"b"}})", everything{.one = item{"a", "b"}});
    json.reads(c, R"({"items":[{"id":"a"},{"name":null,"id":"b"}]})",
               everything{.items = std::vector<item>{{"a"}, {"b"}}});
    json.reads(c, R"({"tags":[]})", everything{.tags = std::vector<std::string>{}});
    json.reads(c, R"({"tags":["a","b"]})", everything{.tags = std::vector<std::string>{"a", "b"}});
    json.reads(c, R"({"matrix":[[1,2.5],[],[3]]})",
               everything{.matrix = std::vector<std::vector<double>>{{1, 2.5}, {}, {3}}});
    json.reads(c, R"({"flag":true,"whole":1,"ratio":2,"text":"t","items":[]})", strict{true, 1, 2.0, "t", {}});
    json.reads(c, R"({"items":[],"text":"t","ratio":2,"whole":1,"flag":true})", strict{true, 1, 2.0, "t", {}});
  });
  run_check(to, "reads types of the API without an object around them", [&](check& c) {
    json.reads(c, "true", true);
    json.reads(c, " -7 ", std::int64_t{-7});
    json.reads(c, R"("a")", std::string{"a"});
    json.reads(c, R"([{"id":"a"}])", std::vector<item>{{"a"}});
    json.reads(c, "[true]", std::vector<bool>{true});
    json.reads(c, "null", std::optional<item>{});
    json.template refuses<std::string>(c, R"("a)");
    json.template refuses<bool>(c, "tru");
    json.template refuses<std::vector<bool>>(c, "[true");
    json.template refuses<std::vector<item>>(c, R"([{"id":"a"},{}])");
  });
  run_check(to, "reads blanks between the parts", [&](check& c) {
    json.reads(c, "{}", everything{});
    json.reads(c, " \r\n{ } \r\n", everything{});
    json.reads(c, "\t{ \"tags\" :\n[ \"a\" ,\r\"b\" ] , \"flag\" : true }\t",
               everything{.flag = true, .tags = std::vector<std::string>{"a", "b"}});
  });
  run_check(to, "takes null for an absent optional", [&](check& c) {
    json.reads(c, R"({"flag":null,"text":null,"one":null,"items":null,"message":null,"ratio":null})", everything{});
    json.reads(c, R"({"gaps":[null,"a"]})",
               everything{.gaps = std::vector<std::optional<std::string>>{std::nullopt, "a"}});
  });
  run_check(to, "ignores unknown keys whatever they hold", [&](check& c) {
    json.reads(c, R"({"x":{"y":[1,-2.5e9,{"z":null}],"text":"no"},"text":"yes","w":[[]],"v":true})",
               everything{.text = "yes"});
    json.reads(c, R"({"x":)" + nested(62) + R"(,"text":"a"})", everything{.text = "a"});  // 63 levels are read
    json.reads(c, R"({"x":99999999999999999999,"text":"a"})", everything{.text = "a"});
    json.reads(c, R"({"":"","te":1,"texts":[],"text":"a"})", everything{.text = "a"});
    json.reads(c, R"({"TEXT":"a"})", everything{});
  });
  run_check(to, "reads a message that is a string or an array of strings", [&](check& c) {
    json.reads(c, R"({"message":"a"})", everything{.message = string_or_strings{{"a"}}});
    json.reads(c, R"({"message":["a","b"]})", everything{.message = string_or_strings{{"a", "b"}}});
    json.reads(c, R"({"message":[]})", everything{.message = string_or_strings{}});
  });
  run_check(to, "reads a second spelling", [&](check& c) {
    json.reads(c, R"({"speltt":true})", everything{.spelt = true});
    json.reads(c, R"({"spelt":true})", everything{.spelt = true});
    json.reads(c, R"({"speltt":true,"spelt":true})", everything{.spelt = true});
  });
  run_check(to, "counts the later of two equal keys", [&](check& c) {
    json.reads(c, R"({"text":"a","text":"b"})", everything{.text = "b"});
    json.reads(c, R"({"tags":["a","b"],"tags":["c"]})", everything{.tags = std::vector<std::string>{"c"}});
    json.reads(c, R"({"text":"a","text":null})", everything{});
  });
  run_check(to, "reads nothing of an earlier equal key into the later one", [&](check& c) {
    json.reads(c, R"({"one":{"id":"a","name":"b"},"one":{"id":"c"}})", everything{.one = item{"c"}});
    json.reads(c, R"({"one":{"id":"a","name":"b"},"\u006fne":{"id":"c"}})", everything{.one = item{"c"}});
    json.reads(c, R"({"items":[{"id":"a","name":"b"},{"id":"c"}],"items":[{"id":"d"}]})",
               everything{.items = std::vector<item>{{"d"}}});
    json.reads(c, R"({"one":{"id":"a","name":"b"},"one":{"id":"c"}})", holder{{"c"}});
  });
  run_check(to, "reads a text that goes on in memory, and no byte beyond it", [&](check& c) {
    const std::string around = R"({"text":"a"}{"text":"b"})";
    const auto first = json.template decode_in_place<everything>(std::string_view{around}.substr(0, 12));
    const auto second = json.template decode_in_place<everything>(std::string_view{around}.substr(12));
    c.demand(first && *first == everything{.text = "a"},
             "the first of two texts was not read: it ends where its view ends, and no NUL byte stands there");
    c.demand(second && *second == everything{.text = "b"},
             "the second of two texts was not read: it ends where its view ends");
    const auto number = json.template decode_in_place<std::int64_t>(std::string_view{"1234"}.substr(0, 2));
    c.demand(number && *number == 12, "12 was not read from the start of 1234: a number ends where its view ends");
  });
}

template <class Json>
void check_reading(checks& to, subject<Json>& json) {
  check_numbers(to, json);
  check_strings(to, json);
  check_structure(to, json);
}

}}}}  // namespace ghl::v0::testing::json
