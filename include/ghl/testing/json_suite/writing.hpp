/// What a JSON policy writes.
#pragma once

#include <ghl/json_kit/text.hpp>
#include <ghl/testing/check.hpp>
#include <ghl/testing/json_suite/run.hpp>
#include <ghl/testing/json_suite/subject.hpp>
#include <ghl/testing/json_suite/types.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ghl { inline namespace v0 { namespace testing { namespace json {

/// One of everything, to be written. The numbers with a point are such that a double holds them exactly.
inline everything written_sample() {
  everything all;
  all.flag = true;
  all.tiny = static_cast<std::int8_t>(-5);
  all.whole = (std::numeric_limits<std::int64_t>::min)();
  all.natural = (std::numeric_limits<std::uint64_t>::max)();
  all.ratio = 0.5;
  all.text = "\"\\\n\x01\xC3\xA9";
  all.one = item{"a"};
  all.items = std::vector<item>{{"b", "c"}, {"d"}};
  all.tags = std::vector<std::string>{};
  all.bits = std::vector<bool>{true, false};
  all.matrix = std::vector<std::vector<double>>{{1.5}, {}};
  all.gaps = std::vector<std::optional<std::string>>{std::nullopt, "d"};
  all.message = string_or_strings{{"e", "f"}};
  all.spelt = true;
  return all;
}

/// Demands that nothing is written for `value`, and, if `exact`, that the error says why.
template <class Json>
void is_not_written(check& c, subject<Json>& json, const everything& value, fault why, bool exact) {
  const result<std::string> text = json.encode(value);
  if (text) return c.fail("written: " + shown(*text));
  c.demand(!exact || (text.error().fault == why && text.error().kind == error_kind::invalid_request),
           [&] { return "the error is \"" + text.error().message() + "\""; });
}

template <class Json>
void check_written_bytes(checks& to, subject<Json>& json) {
  run_check(to, "writes each member once, and no blanks", [&](check& c) {
    everything all = written_sample();
    all.ratio.reset();   // libraries differ in how they write 0.5 ...
    all.matrix.reset();
    all.text = "plain";  // ... and some escapes
    json.writes_as(c, all,
                   R"({"flag":true,"tiny":-5,"whole":-9223372036854775808,"natural":18446744073709551615,)"
                   R"("text":"plain","one":{"id":"a"},"items":[{"id":"b","name":"c"},{"id":"d"}],"tags":[],)"
                   R"("bits":[true,false],"gaps":[null,"d"],"message":["e","f"],"speltt":true})");
  });
  run_check(to, "leaves out absent members", [&](check& c) {
    json.writes_as(c, everything{}, "{}");
    json.writes_as(c, item{"a"}, R"({"id":"a"})");
  });
  run_check(to, "writes integers of 64 bits in full", [&](check& c) {
    json.writes_as(c, everything{.whole = (std::numeric_limits<std::int64_t>::max)()},
                   R"({"whole":9223372036854775807})");
    json.writes_as(c, everything{.whole = 0}, R"({"whole":0})");
    json.writes_as(c, everything{.natural = 9007199254740993U}, R"({"natural":9007199254740993})");
  });
  run_check(to, "writes one message as a string and several as an array", [&](check& c) {
    json.writes_as(c, everything{.message = string_or_strings{{"a"}}}, R"({"message":"a"})");
    json.writes_as(c, everything{.message = string_or_strings{{"a", "b"}}}, R"({"message":["a","b"]})");
    json.writes_as(c, everything{.message = string_or_strings{}}, R"({"message":[]})");
  });
  run_check(to, "writes a member with two spellings under the first", [&](check& c) {
    json.writes_as(c, everything{.spelt = false}, R"({"speltt":false})");
  });
  run_check(to, "writes types of the API without an object around them", [&](check& c) {
    json.writes_as(c, true, "true");
    json.writes_as(c, std::int64_t{-7}, "-7");
    json.writes_as(c, std::string{"a"}, R"("a")");
    json.writes_as(c, std::vector<item>{{"a"}}, R"([{"id":"a"}])");
    json.writes_as(c, std::vector<bool>{true}, "[true]");
  });
}

template <class Json>
void check_written_values(checks& to, subject<Json>& json) {
  run_check(to, "escapes what JSON wants escaped", [&](check& c) {
    std::string all;
    for (char byte = 0; byte < ' '; ++byte) all.push_back(byte);
    all += "\"\\/\x7F\xC3\xA9\xF0\x9F\x98\x80";
    const everything value{.text = all};
    const result<std::string> text = json.encode(value);
    if (!text) return c.fail("not written: " + text.error().message());
    c.demand(json_fault(*text) == fault::none, [&] {
      return shown(*text) + " is no JSON: it " + std::string{to_string(json_fault(*text))};
    });
    json.gives_back(c, value, "a string of all control characters");
  });
  run_check(to, "writes floating-point numbers that read as the same", [&](check& c) {
    for (const double d : {0.5, 0.1, 1.0 / 3.0, -2.5, 1e21, 1e-7, 123456789.125, 5e-324, 2.2250738585072014e-308,
                           (std::numeric_limits<double>::max)(), 9007199254740993.0, 3.0, 0.0}) {
      const result<std::string> text = json.encode(d);
      c.demand(text && json_fault(*text) == fault::none, [&] {
        return shown(text.value_or("an error")) + " was written for " + std::to_string(d) + ", which is no JSON";
      });
      json.gives_back(c, d, "the double " + std::to_string(d));
    }
    json.gives_back(c, (std::numeric_limits<float>::max)(), "the largest float");
    json.gives_back(c, 0.1F, "0.1 as a float");
  });
  run_check(to, "reads what it wrote as the same value", [&](check& c) {
    json.gives_back(c, written_sample(), "one of everything");
    json.gives_back(c, strict{true, 1, 2.5, "t", {{"a"}, {"b", "c"}}}, "a struct of required members");
    json.gives_back(c, std::vector<std::optional<item>>{std::nullopt, item{"a"}}, "an array with a gap");
  });
  const std::vector<everything> no_utf8 = {everything{.text = "\xFF"}, everything{.text = "a\xC3"},
                                           everything{.one = item{"\xC0\x80"}},
                                           everything{.tags = std::vector<std::string>{"a", "\xED\xA0\x80"}}};
  run_check(to, "writes no string that is no UTF-8", [&](check& c) {
    for (const everything& value : no_utf8) is_not_written(c, json, value, fault::invalid_utf8, false);
  });
  run_check(to, "says of a string that is no UTF-8 that it is none", [&](check& c) {
    for (const everything& value : no_utf8) is_not_written(c, json, value, fault::invalid_utf8, true);
  });
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const std::vector<everything> not_finite = {
      everything{.ratio = std::numeric_limits<double>::quiet_NaN()}, everything{.ratio = infinity},
      everything{.ratio = -infinity}, everything{.matrix = std::vector<std::vector<double>>{{1.0, infinity}}}};
  run_check(to, "writes no number that is not finite", [&](check& c) {
    for (const everything& value : not_finite) is_not_written(c, json, value, fault::not_finite, false);
  });
  run_check(to, "says of a number that is not finite that it is not", [&](check& c) {
    for (const everything& value : not_finite) is_not_written(c, json, value, fault::not_finite, true);
  });
}

/// A policy that only reads has one check here, not run.
template <class Json>
void check_writing(checks& to, subject<Json>& json) {
  if constexpr (subject<Json>::writes) {
    check_written_bytes(to, json);
    check_written_values(to, json);
  } else {
    run_check(to, "writes", [](check& c) {
      c.skip("the policy has no encode, so it serves endpoints without a body");
    });
  }
}

}}}}  // namespace ghl::v0::testing::json
