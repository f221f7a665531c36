/// Texts whose answer is decided, by RFC 8259 and by the rules of json_reader, with the reason.
#pragma once

#include "texts.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace differential {

struct decision {
  shape as;
  std::string text;
  outcome right;
};

/// Collects decisions; `because` says why for those that follow.
struct decisions {
  std::vector<decision> list{};

  template <class T>
  void reads(shape as, std::string text, const T& value) {
    list.push_back({as, std::move(text), outcome_of(value)});
  }
  void refuses(shape as, std::string text, ghl::fault f, std::string where = "") {
    list.push_back({as, std::move(text), {{}, f, std::move(where)}});
  }
};

inline decisions decided() {
  using ghl::fault;
  using suite::everything;
  using suite::item;
  const std::string zeros(400, '0');
  decisions all;

  // Section 6: the grammar has no limits, so a number beyond every double is JSON. Where nobody reads it, it does no
  // harm ...
  for (const std::string& huge : {std::string{"1e999"}, std::string{"-1e999"}, std::string{"1e99999999999999999999"},
                                  "1" + zeros, "-1" + zeros + ".5", std::string{"1e2147483648"}}) {
    all.reads(shape::everything, with(R"({"x":#,"text":"a"})", huge), everything{.text = "a"});
    all.reads(shape::everything, with(R"({"x":[{"y":#}],"text":"a"})", huge), everything{.text = "a"});
    all.reads(shape::conversation, with(R"({"x":#,"success":true})", huge),
              ghl::conversations::delete_conversation::response{true});
    // ... and where somebody does, no value is right. The error names the place, as for every number that does not fit.
    all.refuses(shape::everything, with(R"({"ratio":#})", huge), fault::number_out_of_range, "ratio");
    all.refuses(shape::everything, with(R"({"whole":#})", huge), fault::number_out_of_range, "whole");
    all.refuses(shape::everything, with(R"({"matrix":[[1,#]]})", huge), fault::number_out_of_range, "matrix[0][1]");
    all.refuses(shape::everything, with(R"({"text":#})", huge), fault::wrong_type, "text");
    all.refuses(shape::strict, with(R"({"flag":true,"whole":1,"ratio":#,"text":"","items":[]})", huge),
                fault::number_out_of_range, "ratio");
    all.refuses(shape::real, huge, fault::number_out_of_range);
    all.refuses(shape::whole, huge, fault::number_out_of_range);
  }

  // A zero is a zero, however large its exponent; what is nearer to zero than to the least double is one.
  for (const std::string_view zero :
       {"0e400", "0E+400", "0e9999999999", "0.000e99999999999999999999", "0e-99999999999999999999", "1e-400",
        "1e-9999999999", "1e-99999999999999999999", "2e-324"}) {
    all.reads(shape::real, std::string{zero}, 0.0);
    all.reads(shape::everything, with(R"({"ratio":#})", zero), everything{.ratio = 0.0});
    all.reads(shape::everything, with(R"({"x":#,"text":"a"})", zero), everything{.text = "a"});
    all.reads(shape::everything, with(R"({"whole":#})", zero), everything{.whole = 0});
  }
  // Many digits and an exponent that takes them back.
  all.reads(shape::real, "1" + zeros + "e-400", 1.0);
  all.reads(shape::real, "1" + zeros + "e-380", 1e20);
  all.reads(shape::real, "0." + zeros + "25e401", 2.5);
  all.reads(shape::real, "-" + std::string(400, '9') + "e-380", -1e20);
  all.reads(shape::everything, R"({"whole":1)" + zeros + "e-390}", everything{.whole = 10'000'000'000});

  // The sign of a zero is kept by what has one.
  all.reads(shape::real, "-0", -0.0);
  all.reads(shape::real, "-0.0", -0.0);
  all.reads(shape::real, "-0e5", -0.0);
  all.reads(shape::real, "-1e-400", -0.0);
  all.reads(shape::everything, R"({"ratio":-0})", everything{.ratio = -0.0});
  all.reads(shape::whole, "-0", std::int64_t{0});
  all.reads(shape::natural, "-0", std::uint64_t{0});
  all.reads(shape::natural, "-0.0", std::uint64_t{0});

  // There is one kind of number: an integer is one in every spelling, to the last of its 64 bits.
  all.reads(shape::whole, "1.0", std::int64_t{1});
  all.reads(shape::whole, "1e18", std::int64_t{1'000'000'000'000'000'000});
  all.reads(shape::whole, "-1E+18", std::int64_t{-1'000'000'000'000'000'000});
  all.reads(shape::whole, "9223372036854775807.0", (std::numeric_limits<std::int64_t>::max)());
  all.reads(shape::whole, "9.223372036854775807e18", (std::numeric_limits<std::int64_t>::max)());
  all.reads(shape::whole, "-92233720368547758080e-1", (std::numeric_limits<std::int64_t>::min)());
  all.reads(shape::whole, "9007199254740993.00", std::int64_t{9'007'199'254'740'993});
  all.reads(shape::natural, "1e19", std::uint64_t{10'000'000'000'000'000'000U});
  all.reads(shape::natural, "18446744073709551615.0", (std::numeric_limits<std::uint64_t>::max)());
  all.reads(shape::natural, "1.8446744073709551615e19", (std::numeric_limits<std::uint64_t>::max)());
  all.reads(shape::everything, R"({"whole":1e18})", everything{.whole = 1'000'000'000'000'000'000});
  all.reads(shape::everything, R"({"tiny":1.2e2})", everything{.tiny = static_cast<std::int8_t>(120)});
  all.refuses(shape::whole, "1e19", fault::number_out_of_range);
  all.refuses(shape::whole, "9223372036854775808.0", fault::number_out_of_range);
  all.refuses(shape::natural, "2e19", fault::number_out_of_range);
  all.refuses(shape::natural, "-1e0", fault::number_out_of_range);
  all.refuses(shape::tiny, "1.28e2", fault::number_out_of_range);
  all.refuses(shape::whole, "1.5", fault::wrong_type);
  all.refuses(shape::whole, "15e-1", fault::wrong_type);
  // The precision is that of a double: a fraction beyond it is none.
  all.reads(shape::whole, "1.00000000000000000000000000001", std::int64_t{1});
  all.refuses(shape::whole, "1e-30", fault::wrong_type);
  all.refuses(shape::whole, "9007199254740991.99999", fault::number_out_of_range);
  // From 2^53 on a double has no fractions, so one in the text can't be told from a whole number.
  all.refuses(shape::whole, "9007199254740993.5", fault::number_out_of_range);
  // A float is made of the double, in every adapter, and so rounded twice.
  all.reads(shape::single, "16777217.0000000001", 16777216.0F);
  all.refuses(shape::single, "340282356779733661637539395458142568447.2", fault::number_out_of_range);
  all.reads(shape::single, "3.4028234663852886e38", (std::numeric_limits<float>::max)());
  all.reads(shape::single, "3.4028235e38", (std::numeric_limits<float>::max)());
  all.reads(shape::single, "-3.4028235e38", std::numeric_limits<float>::lowest());
  all.reads(shape::single, "0.1", 0.1F);
  all.refuses(shape::single, "3.4028236e38", fault::number_out_of_range);
  all.refuses(shape::single, "1e39", fault::number_out_of_range);
  all.reads(shape::single, "1e-60", 0.0F);

  // Section 8.1 lets a reader ignore a byte order mark. interpret() has always told of one as "not JSON".
  all.refuses(shape::everything, "\xEF\xBB\xBF{}", fault::malformed);
  all.refuses(shape::everything, " \xEF\xBB\xBF{}", fault::malformed);
  all.refuses(shape::everything, "{}\xEF\xBB\xBF", fault::malformed);
  all.refuses(shape::everything, "\xEF\xBB\xBF", fault::malformed);
  all.refuses(shape::everything, "\xEF", fault::malformed);

  // Section 2: what is no JSON text is told as that, whatever stands in it before.
  all.refuses(shape::everything, "[", fault::truncated);
  all.refuses(shape::everything, "[[[[", fault::truncated);
  all.refuses(shape::conversation, std::string(2000, '['), fault::nested_too_deeply);
  all.refuses(shape::conversation, suite::nested(64), fault::nested_too_deeply);
  all.refuses(shape::conversation, suite::nested(63), fault::wrong_type);
  all.refuses(shape::everything, R"({"text":)" + suite::nested(63) + "}", fault::nested_too_deeply);
  all.refuses(shape::everything, R"({"text":[)", fault::truncated);
  all.refuses(shape::everything, R"({"text":1)", fault::truncated);
  all.refuses(shape::everything, R"({"text":1,})", fault::malformed);
  all.refuses(shape::everything, "{\"text\":1,\"x\":\"\xFF\"}", fault::invalid_utf8);
  all.refuses(shape::everything, R"({"one":{}}x)", fault::malformed);
  all.refuses(shape::conversation, R"({"success":null,"success)", fault::truncated);
  all.refuses(shape::everything, "", fault::truncated);
  all.refuses(shape::whole, " \t\r\n", fault::truncated);
  all.refuses(shape::whole, "-", fault::truncated);
  all.refuses(shape::whole, "1e", fault::truncated);
  all.refuses(shape::whole, "01", fault::malformed);
  all.refuses(shape::real, "1.", fault::truncated);
  all.refuses(shape::real, "1.x", fault::malformed);
  all.refuses(shape::real, ".5", fault::malformed);
  all.refuses(shape::real, "+1", fault::malformed);
  all.refuses(shape::flag, std::string("true\0", 5), fault::malformed);
  all.refuses(shape::flag, "true false", fault::malformed);
  all.refuses(shape::flag, "\ftrue", fault::malformed);
  all.reads(shape::flag, "\r\n\ttrue \n", true);

  // Section 7: half a surrogate pair is no character; U+0000 is one.
  all.refuses(shape::text, R"("\ud800")", fault::malformed);
  all.refuses(shape::text, R"("\ude00\ud83d")", fault::malformed);
  all.refuses(shape::everything, R"({"\ud800":1})", fault::malformed);
  all.refuses(shape::text, "\"\xED\xA0\xBD\xED\xB8\x80\"", fault::invalid_utf8);
  all.refuses(shape::text, "\"\xC0\xAF\"", fault::invalid_utf8);
  all.refuses(shape::everything, "{\"x\":\"\xE0\x80\xAF\"}", fault::invalid_utf8);
  all.refuses(shape::text, std::string("\"a\0b\"", 5), fault::malformed);
  all.reads(shape::text, R"("\u0000\ud83d\ude00")", std::string("\0\xF0\x9F\x98\x80", 5));

  // Section 4: names should be unique. Where they are not, the later counts, and both must be of their type.
  all.reads(shape::everything, R"({"one":{"id":"a","name":"b"},"one":{"id":"c"}})", everything{.one = item{"c"}});
  all.reads(shape::everything, R"({"ratio":1,"\u0072atio":2})", everything{.ratio = 2.0});
  all.refuses(shape::everything, R"({"ratio":"1","ratio":2})", fault::wrong_type, "ratio");
  all.refuses(shape::everything, R"({"one":{},"one":{"id":"a"}})", fault::missing_field, "one.id");
  all.reads(shape::everything, R"({"speltt":true,"spelt":false})", everything{.spelt = false});

  // Types.
  all.refuses(shape::links, R"({"links":{}})", fault::wrong_type, "links");
  all.refuses(shape::association, R"({"deleted":true,"id":"a"})", fault::missing_field, "message");
  all.refuses(shape::conversation, R"({"success":null})", fault::wrong_type, "success");
  all.refuses(shape::items, R"([{"id":"a"},{"id":1}])", fault::wrong_type, "[1].id");
  all.reads(shape::maybe_item, "null", std::optional<item>{});
  return all;
}

}  // namespace differential
