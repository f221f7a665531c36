/// What a JSON policy makes of values that no struct describes: maps of strings, and ghl::json_value.
#pragma once

#include <ghl/endpoint/fields.hpp>
#include <ghl/json_kit/json_value.hpp>
#include <ghl/testing/check.hpp>
#include <ghl/testing/json_suite/bad_texts.hpp>
#include <ghl/testing/json_suite/cause.hpp>
#include <ghl/testing/json_suite/parts.hpp>
#include <ghl/testing/json_suite/run.hpp>
#include <ghl/testing/json_suite/subject.hpp>
#include <ghl/testing/json_suite/types.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/result.hpp>

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ghl { inline namespace v0 { namespace testing { namespace json {

struct free_form {
  std::optional<std::map<std::string, item>> named{};
  std::optional<std::unordered_map<std::string, std::optional<std::int64_t>>> counts{};
  std::optional<std::map<std::string, std::vector<double>>> ratios{};
  std::optional<json_value> any{};
  std::optional<std::vector<json_value>> list{};
  std::optional<std::map<std::string, json_value>> more{};
  static consteval auto fields() {
    return ghl::fields(ghl::field("named", &free_form::named), ghl::field("counts", &free_form::counts),
                       ghl::field("ratios", &free_form::ratios), ghl::field("any", &free_form::any),
                       ghl::field("list", &free_form::list), ghl::field("more", &free_form::more));
  }
};

/// A json_value of a text that is known to be good.
inline json_value json_of(std::string_view text) { return json_value::parse(text).value_or(json_value{}); }

/// Demands that `text` is read as `expected`, but for the order of keys, which a library may not keep.
template <class T, class Json>
void reads_parts(check& c, subject<Json>& json, std::string_view text, const T& expected) {
  const result<T> r = json.template decode<T>(text);
  if (!r) return c.fail(shown(text) + " was refused: " + r.error().message());
  const std::string why = cause(parts_of(expected), parts_of(*r));
  c.demand(why.empty(), [&] { return shown(text) + " was read as another value: " + why; });
}

template <class Json>
void check_maps(checks& to, subject<Json>& json) {
  using map = std::map<std::string, std::string>;
  run_check(to, "reads maps of strings", [&](check& c) {
    reads_parts(c, json, R"({"named":{"a":{"id":"1"},"b.c":{"id":"2","name":"n"},"":{"id":"3"}}})",
                free_form{.named = {{{"a", {"1"}}, {"b.c", {"2", "n"}}, {"", {"3"}}}}});
    reads_parts(c, json, R"({"named":null,"counts":{"a":null,"b":-1},"ratios":{}})",
                free_form{.counts = {{{"a", std::nullopt}, {"b", -1}}}, .ratios = {{}}});
    reads_parts(c, json, R"({"ratios":{"a":[0.5,1],"b":[]}})", free_form{.ratios = {{{"a", {0.5, 1}}, {"b", {}}}}});
    reads_parts(c, json, "{\"\\u0061\\n\\\"\":\"v\",\"\xC3\xA9\":\"\"}", map{{"a\n\"", "v"}, {"\xC3\xA9", ""}});
    reads_parts(c, json, R"([{"a":1},{}])", std::vector<std::map<std::string, int>>{{{"a", 1}}, {}});
    reads_parts(c, json, R"({"a":{"b":true}})",
                std::map<std::string, std::map<std::string, bool>>{{"a", {{"b", true}}}});
  });
  run_check(to, "counts the later of two equal keys in a map, and nothing of the earlier", [&](check& c) {
    reads_parts(c, json, R"({"a":"1","b":"2","a":"3"})", map{{"a", "3"}, {"b", "2"}});
    reads_parts(c, json, R"({"named":{"a":{"id":"1","name":"n"},"\u0061":{"id":"2"}}})",
                free_form{.named = {{{"a", {"2"}}}}});
    reads_parts(c, json, R"({"ratios":{"a":[1,2],"a":[3]}})", free_form{.ratios = {{{"a", {3}}}}});
    reads_parts(c, json, R"({"counts":{"a":1},"counts":{"b":2}})", free_form{.counts = {{{"b", 2}}}});
  });
  struct bad_map {
    std::string_view text;
    fault why;
    std::string_view where;
  };
  constexpr bad_map bad[] = {{R"({"named":{"a":{"id":"1"},"b":{"id":2}}})", fault::wrong_type, "named.b.id"},
                             {R"({"named":{"a":{}}})", fault::missing_field, "named.a.id"},
                             {R"({"named":{"a.b":[]}})", fault::wrong_type, R"(named["a.b"])"},
                             {R"({"named":[]})", fault::wrong_type, "named"},
                             {R"({"named":{"a":null}})", fault::wrong_type, "named.a"},
                             {R"({"counts":{"a":1,"b":9223372036854775808}})", fault::number_out_of_range, "counts.b"},
                             {R"({"ratios":{"a":[0,"1"]}})", fault::wrong_type, "ratios.a[1]"}};
  run_check(to, "refuses in a map what it refuses in a struct", [&](check& c) {
    for (const bad_map& each : bad) json.template refuses<free_form>(c, each.text, to_string(each.why));
  });
  run_check(to, "names the key of a map where something is wrong", [&](check& c) {
    for (const bad_map& each : bad) {
      const result<free_form> r = json.template decode<free_form>(each.text);
      c.demand(!r && r.error().fault == each.why && r.error().where == each.where, [&] {
        const std::string said = r ? std::string{"it was read"} : "the error is \"" + r.error().message() + "\"";
        return shown(each.text) + ": " + said + " instead of \"" + std::string{each.where} + " " +
               std::string{to_string(each.why)} + "\"";
      });
    }
  });
}

template <class Json>
void check_json_values(checks& to, subject<Json>& json) {
  run_check(to, "reads any JSON as a json_value", [&](check& c) {
    for (const std::string_view text :
         {"{}", "[]", "true", "null", "-7", "0.5", "4294967296", R"("")", R"("a\u0000\n\ud83d\ude00\"\\\/")",
          R"( { "a" : [ 1 , { "b" : null } , [ ] ] , "c" : { } } )", R"([[[]],"x",{"k\n":false}])"})
      reads_parts(c, json, text, json_of(text));
    reads_parts(c, json, R"({"any":[1],"list":[null,{"a":1},"b"],"more":{"a":{},"b":null}})",
                free_form{.any = json_of("[1]"),
                          .list = {{json_value{}, json_of(R"({"a":1})"), json_of(R"("b")")}},
                          .more = {{{"a", json_of("{}")}, {"b", json_value{}}}}});
  });
  run_check(to, "takes null for a json_value that is null, and for an optional one that is absent", [&](check& c) {
    const result<json_value> null = json.template decode<json_value>("null");
    c.demand(null && null->is_null(), "null was not read as a json_value that is null");
    reads_parts(c, json, R"({"any":null,"list":[null]})", free_form{.list = {{json_value{}}}});
  });
  run_check(to, "keeps the later of two equal keys in a json_value", [&](check& c) {
    reads_parts(c, json, R"({"a":1,"b":2,"\u0061":3})", json_of(R"({"a":3,"b":2})"));
    reads_parts(c, json, R"({"any":1,"any":[2]})", free_form{.any = json_of("[2]")});
  });
  run_check(to, "refuses what is no JSON where it keeps any", [&](check& c) {
    for (const std::string_view text : {"[1,]", "{\"a\":\"\xFF\"}", "[1", "\"\\ud800\"", "nul", "01", "[1] 2", ""}) {
      json.template refuses<json_value>(c, text);
      json.template refuses<free_form>(c, R"({"any":)" + std::string{text} + "}");
    }
    reads_parts(c, json, nested(63), json_of(nested(63)));
    json.template refuses<json_value>(c, nested(64), "it is nested too deeply");
    reads_parts(c, json, R"({"any":)" + nested(62) + "}", free_form{.any = json_of(nested(62))});
    json.template refuses<free_form>(c, R"({"any":)" + nested(63) + "}", "it is nested too deeply");
    json.template refuses<free_form>(c, R"({"more":{"a":)" + nested(62) + "}}", "it is nested too deeply");
  });
}

template <class Json>
void check_written_free_form(checks& to, subject<Json>& json) {
  run_check(to, "writes maps of strings, and null for what is absent in one", [&](check& c) {
    json.writes_as(c, free_form{.named = {{{"a", {"1"}}, {"b.c", {"2"}}}}, .counts = {{{"a", std::nullopt}}}},
                   R"({"named":{"a":{"id":"1"},"b.c":{"id":"2"}},"counts":{"a":null}})");
    json.writes_as(c, std::map<std::string, bool>{}, "{}");
  });
  run_check(to, "writes a json_value as what it is", [&](check& c) {
    for (const std::string_view text : {"null", "[]", R"({"a":[1,-2,"x",true,null,{"b":{}}],"c":[]})",
                                        "-9223372036854775808", "18446744073709551615"})
      json.writes_as(c, json_of(text), text);
    json.writes_as(c, free_form{.any = json_value{}, .list = {{json_of("1"), json_value{}}}},
                   R"({"any":null,"list":[1,null]})");
    for (const std::string_view text : {"0.5", R"("a\u0000\n\ud83d\ude00\"\\")", R"({"k\n":{"l\"":1}})"}) {
      const json_value value = json_of(text);
      const result<std::string> written = json.encode(value);
      if (!written) return c.fail(shown(text) + " was not written: " + written.error().message());
      reads_parts(c, json, *written, value);
    }
  });
  run_check(to, "writes no map with a key that is no UTF-8, nor a number in one that is not finite", [&](check& c) {
    c.demand(!json.encode(std::map<std::string, int>{{"\xFF", 1}}), "a key that is no UTF-8 was written");
    c.demand(!json.encode(free_form{.ratios = {{{"a", {std::numeric_limits<double>::infinity()}}}}}),
             "an infinity was written");
  });
}

template <class Json>
void check_free_form(checks& to, subject<Json>& json) {
  check_maps(to, json);
  check_json_values(to, json);
  if constexpr (subject<Json>::writes) check_written_free_form(to, json);
}

}}}}  // namespace ghl::v0::testing::json
