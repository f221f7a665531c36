/// The one table of texts that every JSON policy refuses when it is asked for an `everything`.
#pragma once

#include <ghl/value/fault.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace ghl { inline namespace v0 { namespace testing { namespace json {

/// A bad text, what is wrong with it, and where.
struct bad_text {
  std::string text;
  ghl::fault what;
  std::string where{};
  ghl::fault or_else = ghl::fault::none;  // also wrong, without a place; may be reported instead
};

struct bad_group {
  std::string about;  // "texts that are cut off"
  std::vector<bad_text> texts;
};

inline std::string nested(std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); }

inline const std::vector<bad_group>& bad_texts() {
  using ghl::fault;
  static const std::vector<bad_group> list = {
      {"texts that are no JSON",
       {{"", fault::truncated},
        {" \r\n\t", fault::truncated},
        {"<html><body>502 Bad Gateway</body></html>", fault::malformed},
        {"upstream connect error", fault::malformed},
        {"{}\xEF\xBB\xBF", fault::malformed}}},  // before the text some libraries ignore it (RFC 8259, section 8.1)
      {"texts that are cut off",
       {{"{", fault::truncated},
        {R"({"te)", fault::truncated},
        {R"({"text")", fault::truncated},
        {R"({"text":)", fault::truncated},
        {R"({"text":"a)", fault::truncated},
        {R"({"text":"a\)", fault::truncated},
        {R"({"text":"\u00)", fault::truncated},
        {R"({"text":"\ud83d)", fault::truncated},
        {R"({"text":"\ud83d\u12)", fault::truncated},
        {R"({"text":"a")", fault::truncated},
        {R"({"flag":tru)", fault::truncated},
        {R"({"whole":1)", fault::truncated},
        {R"({"ratio":1.)", fault::truncated},
        {R"({"items":[{"id":"a"})", fault::truncated},
        {R"({"one":{"id":"a")", fault::truncated},
        {R"({"x":[1,{"a")", fault::truncated}}},
      {"broken texts",
       {{R"({"flag":tru})", fault::malformed},
        {R"({"text":"a"}x)", fault::malformed},
        {R"({"text":"a"}{})", fault::malformed},
        {R"({"text":"a"},)", fault::malformed},
        {R"({"text":"a",})", fault::malformed},
        {R"({"items":[{"id":"a"},]})", fault::malformed},
        {R"({"text" "a"})", fault::malformed},
        {R"({"text":})", fault::malformed},
        {R"({text:"a"})", fault::malformed},
        {R"({'text':'a'})", fault::malformed},
        {R"({"ratio":NaN})", fault::malformed},
        {R"({"ratio":Infinity})", fault::malformed},
        {R"({"ratio":-Infinity})", fault::malformed},
        {R"({"ratio":01})", fault::malformed},
        {R"({"ratio":.5})", fault::malformed},
        {R"({"ratio":+1})", fault::malformed},
        {R"({"ratio":1.})", fault::malformed},
        {R"({"ratio":0x1})", fault::malformed},
        {R"({"text":"\x"})", fault::malformed},
        {R"({"text":"\u00g0"})", fault::malformed},
        {"{\"text\":\"a\nb\"}", fault::malformed},
        {std::string("{\"text\":\"a\0b\"}", 14), fault::malformed},
        {std::string("{}\0{", 4), fault::malformed},
        {std::string("{}\0", 3), fault::malformed},
        {R"({"x":tru})", fault::malformed},
        {R"({"x":"\x"})", fault::malformed},
        {R"({"x":01})", fault::malformed},
        {"{\"x\ny\":1}", fault::malformed},
        {"{\n\t\"x\x1Fy\": 1\n}", fault::malformed},
        {R"({,})", fault::malformed},
        {R"({"text":"a"/**/})", fault::malformed},
        {"{} //", fault::malformed}}},
      {"surrogates without their other half",
       {{R"({"text":"\ud800"})", fault::malformed},
        {R"({"text":"\udc00"})", fault::malformed},
        {R"({"text":"a\udfffb"})", fault::malformed},
        {R"({"text":"\ud800\ud800"})", fault::malformed},
        {R"({"text":"\ud800\u0041"})", fault::malformed},
        {R"({"text":"\ud800\n"})", fault::malformed},
        {R"({"x":"\ud800"})", fault::malformed},
        {R"({"\udc00":1})", fault::malformed}}},
      {"bytes that are no UTF-8",  // in what is read and in what is ignored
       {{"{\"text\":\"\xFF\"}", fault::invalid_utf8},
        {"{\"text\":\"\xED\xA0\x80\"}", fault::invalid_utf8},
        {"{\"text\":\"\xF4\x90\x80\x80\"}", fault::invalid_utf8},
        {"{\"text\":\"\xE2\x82\"}", fault::invalid_utf8},
        {"{\"x\":\"\xC0\x80\"}", fault::invalid_utf8},
        {"{\"\xFF\":1}", fault::invalid_utf8}}},
      {"values of another type than promised",
       {{"null", fault::wrong_type},
        {"[]", fault::wrong_type},
        {"\"a\"", fault::wrong_type},
        {R"({"text":1})", fault::wrong_type, "text"},
        {R"({"text":{}})", fault::wrong_type, "text"},
        {R"({"flag":1})", fault::wrong_type, "flag"},
        {R"({"flag":"true"})", fault::wrong_type, "flag"},
        {R"({"whole":"1"})", fault::wrong_type, "whole"},
        {R"({"whole":1.5})", fault::wrong_type, "whole"},
        {R"({"whole":true})", fault::wrong_type, "whole"},
        {R"({"ratio":"1"})", fault::wrong_type, "ratio"},
        {R"({"one":[]})", fault::wrong_type, "one"},
        {R"({"one":{"id":null}})", fault::wrong_type, "one.id"},
        {R"({"items":{}})", fault::wrong_type, "items"},
        {R"({"items":[1]})", fault::wrong_type, "items[0]"},
        {R"({"items":[{"id":"a"},{"id":7}]})", fault::wrong_type, "items[1].id"},
        {R"({"tags":"a"})", fault::wrong_type, "tags"},
        {R"({"tags":["a",null]})", fault::wrong_type, "tags[1]"},
        {R"({"bits":[true,1]})", fault::wrong_type, "bits[1]"},
        {R"({"bits":[null]})", fault::wrong_type, "bits[0]"},
        {R"({"matrix":[[1],[2,"x"]]})", fault::wrong_type, "matrix[1][1]"},
        {R"({"message":{}})", fault::wrong_type, "message"},
        {R"({"message":["a",1]})", fault::wrong_type, "message[1]"},
        {R"({"spelt":1})", fault::wrong_type, "speltt"},
        {R"({"text":)" + nested(64) + "}", fault::wrong_type, "text", fault::nested_too_deeply}}},
      {"required members that are not there",
       {{R"({"one":{}})", fault::missing_field, "one.id"},
        {R"({"items":[{"id":"a"},{"id":"b"},{"id":"c"},{"name":"d"}]})", fault::missing_field, "items[3].id"}}},
      {"numbers out of range",
       {{R"({"tiny":128})", fault::number_out_of_range, "tiny"},
        {R"({"tiny":-129})", fault::number_out_of_range, "tiny"},
        {R"({"whole":9223372036854775808})", fault::number_out_of_range, "whole"},
        {R"({"whole":99999999999999999999})", fault::number_out_of_range, "whole"},
        {R"({"whole":-99999999999999999999})", fault::number_out_of_range, "whole"},
        {R"({"natural":18446744073709551616})", fault::number_out_of_range, "natural"},
        {R"({"natural":-1})", fault::number_out_of_range, "natural"},
        // A library may refuse these before anybody knows where they belong.
        {R"({"ratio":1e400})", fault::number_out_of_range, "ratio", fault::number_out_of_range},
        {R"({"ratio":-1e400})", fault::number_out_of_range, "ratio", fault::number_out_of_range},
        {R"({"ratio":1e99999999999999999999})", fault::number_out_of_range, "ratio", fault::number_out_of_range}}},
      {"texts nested too deeply",  // 64 levels, the object around them included, and far more
       {{R"({"x":)" + nested(63) + "}", fault::nested_too_deeply},
        {R"({"x":)" + nested(64) + "}", fault::nested_too_deeply},
        {R"({"x":)" + nested(300) + "}", fault::nested_too_deeply},
        {R"({"x":)" + nested(100'000) + "}", fault::nested_too_deeply},
        {R"({"x":)" + std::string(100'000, '['), fault::nested_too_deeply}}},
  };
  return list;
}

}}}}  // namespace ghl::v0::testing::json
