/// Texts for all adapters to read, made from a fixed seed.
#pragma once

#include "numbers.hpp"
#include "outcome.hpp"

#include <ghl/testing/json_suite/refusing.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace differential {

struct sample {
  shape as;
  std::string text;
};
using samples = std::vector<sample>;

/// A whole text of each struct.
inline const samples& documents() {
  static const samples list = {
      {shape::links,
       R"({"links":[{"id":"n4AriwEnFrGh3tu08W0U","name":"first tag","redirectTo":"https://a.b/",)"
       R"("fieldKey":"{{trigger_link.n4}}","locationId":"ve9EPM428h8vShlRW1KT"},{"name":null}],"count":2})"},
      {shape::link_deleted, R"({"succeded":true,"traceId":"4e76aa"})"},
      {shape::followers, R"({"followers":["sx6w","sx7w"],"followersRemoved":["Mx6w"],"x":{"y":[1.5e3,null]}})"},
      {shape::association, R"({"deleted":true,"id":"6d6f","message":"Association deleted \u0022successfully\u0022"})"},
      {shape::conversation, "{\n  \"success\": true\n}"},
      {shape::everything, suite::whole_sample()},
      {shape::strict,
       R"({"flag":true,"whole":-12,"ratio":2.5e-1,"text":"t","items":[{"id":"a"},{"id":"b","name":"c"}]})"},
      {shape::holder, R"({"one":{"id":"a","name":"b","x":-0}})"},
      {shape::numbers, R"({"i8":-128,"i16":-32768,"i32":-2147483648,"i64":-9223372036854775808,"u8":255,"u16":65535,)"
                       R"("u32":4294967295,"u64":18446744073709551615,"f":0.1,"d":-1.7976931348623157e308})"},
      {shape::free_form, R"({"named":{"a":{"id":"1"},"b.c":{"id":"2","name":"n"}},"counts":{"a":null,"b":-1},)"
                         R"("ratios":{"":[0.5,1e3],"k":[]},"any":{"a":[1,{"b":"\u00e9\n"}],"a":-2.50},)"
                         R"("list":[null,true,{"x":{}}],"more":{"a":{},"a":[7]}})"},
      {shape::converted, R"({"id":"a","ids":["b","c"],"items":[{"id":"d"},{"name":"n","id":"e","x":[{}]}],"named":)"
                         R"({"a":{"id":"f"}},"state":"won","kind":"lead","note":null,"list":[{"id":"g"}],"count":null,)"
                         R"("id":"h","note":"i","count":7})"},
      {shape::json, R"({"a":[1.0,"\ud83d\ude00\"",null,{"b":{"c":[]}}],"d":false})"},
      {shape::map, R"({"a":{"id":"1"},"\u0061":{"id":"2","name":"n"},"b":{"id":"3"}})"},
  };
  return list;
}

/// Every place that a number can stand in, and some where it cannot.
inline const samples& places() {
  static const samples list = {
      {shape::everything, R"({"ratio":#})"},
      {shape::everything, R"({"whole":#})"},
      {shape::everything, R"({"natural":#})"},
      {shape::everything, R"({"tiny":#})"},
      {shape::everything, R"({"x":#,"text":"a"})"},
      {shape::everything, R"({"x":[{"y":#},1],"flag":true})"},
      {shape::everything, R"({"matrix":[[1,#],[ # ]]})"},
      {shape::everything, R"({"text":#})"},
      {shape::everything, R"({"flag":true,"one":{"id":#}})"},
      {shape::everything, R"({"message":[#]})"},
      {shape::strict, R"({"flag":true,"whole":#,"ratio":#,"text":"t","items":[]})"},
      {shape::numbers, R"({"i8":1,"i16":#,"i32":1,"i64":1,"u8":1,"u16":1,"u32":#,"u64":1,"f":#,"d":1})"},
      {shape::numbers, R"({"i8":1,"i16":1,"i32":1,"i64":#,"u8":1,"u16":1,"u32":1,"u64":#,"f":1,"d":#})"},
      {shape::real, "#"},
      {shape::single, "#"},
      {shape::whole, "#"},
      {shape::natural, "#"},
      {shape::tiny, " # "},
      {shape::matrix, "[[#]]"},
      {shape::links, R"({"count":#,"links":[{"id":"a","x":#}]})"},
      {shape::conversation, R"({"success":true,"n":#})"},
      {shape::json, "#"},
      {shape::json, R"({"a":[ # ,#]})"},
      {shape::free_form, R"({"any":#,"list":[#,{"a":#}],"more":{"a":#}})"},
      {shape::free_form, R"({"counts":{"a":1,"b":#},"ratios":{"a":[#]}})"},
      {shape::converted, R"({"count":#,"note":null,"kind":"a"})"},
      {shape::converted, R"({"items":[{"id":"a","x":#},{"id":"b","name":#}]})"},
      {shape::map, R"({"a":#})"}};
  return list;
}

inline std::string with(std::string_view pattern, std::string_view filling) {
  std::string out;
  for (const char c : pattern) c == '#' ? out.append(filling) : out.append(1, c);
  return out;
}

inline void add_numbers(samples& to, std::size_t count, dice& d) {
  for (std::size_t i = 0; i < count; ++i) {
    const sample& place = places()[d.below(places().size())];
    to.push_back({place.as, with(place.text, any_number(d))});
  }
}

inline std::string any_string(dice& d) {
  using namespace std::string_view_literals;
  constexpr std::string_view pieces[] = {
      "a"sv, "text"sv, " "sv, "0123456789abcdefghijklmnopqrstuvwxyz"sv, "/"sv, "\x7F"sv, "\xC3\xA9"sv,
      "\xE2\x82\xAC"sv, "\xF0\x9F\x98\x80"sv, "\xEF\xBB\xBF"sv, "\xEF\xBF\xBF"sv, "\xED\x9F\xBF"sv, "\xEE\x80\x80"sv,
      "\\\""sv, "\\\\"sv, "\\/"sv, "\\b\\f\\n\\r\\t"sv, "\\u0041"sv, "\\u00e9"sv, "\\u20AC"sv, "\\ud83d\\ude00"sv,
      "\\uDBFF\\uDFFF"sv, "\\u0000"sv, "\\u001f"sv, "\\u007F"sv, "\\uFFFF"sv, "\\uFEFF"sv, "\\u2028"sv};
  constexpr std::string_view bad[] = {
      "\\ud800"sv, "\\udc00"sv, "\\udfff\\ud800"sv, "\\ud800\\ud800"sv, "\\ud83dx"sv, "\\ud83d\\n"sv,
      "\\ud83d\\u0041"sv, "\\u12"sv, "\\uzzzz"sv, "\\u 041"sv, "\\x41"sv, "\\'"sv, "\\U0041"sv, "\\0"sv, "\0"sv,
      "\x01"sv, "\x1F"sv, "\n"sv, "\t"sv, "\x80"sv, "\xBF"sv, "\xC0\x80"sv, "\xC1\xBF"sv, "\xC3"sv, "\xE0\x80\x80"sv,
      "\xE0\x9F\xBF"sv, "\xED\xA0\x80"sv, "\xED\xBF\xBF"sv, "\xE2\x82"sv, "\xF0\x80\x80\x80"sv, "\xF0\x9F\x98"sv,
      "\xF4\x90\x80\x80"sv, "\xF5\x80\x80\x80"sv, "\xF8\x88\x80\x80\x80"sv, "\xFE"sv, "\xFF"sv, "\""sv, "\\"sv};
  std::string out;
  for (std::size_t n = d.below(6); n != 0; --n) out += one_of(pieces, d);
  if (d.below(3) == 0) out.insert(out.empty() ? 0 : d.below(out.size()), one_of(bad, d));
  return out;
}

inline void add_strings(samples& to, std::size_t count, dice& d) {
  static const samples where = {{shape::text, R"("#")"},
                                {shape::everything, R"({"text":"#"})"},
                                {shape::everything, R"({"x":"#","text":"a"})"},
                                {shape::everything, R"({"#":1,"text":"a"})"},
                                {shape::everything, R"({"x":{"#":[ "#" ]},"flag":true})"},
                                {shape::everything, R"({"tags":["#","b", "#"]})"},
                                {shape::everything, R"({"gaps":[null,"#"]})"},
                                {shape::everything, R"({"message":"#"})"},
                                {shape::everything, R"({"message":["#","#"]})"},
                                {shape::everything, R"({"one":{"id":"#","name":"#"}})"},
                                {shape::strict, R"({"flag":true,"whole":1,"ratio":2,"text":"#","items":[{"id":"#"}]})"},
                                {shape::links, R"({"links":[{"id":"#","name":"#"}],"#":"#"})"},
                                {shape::followers, R"({"followers":["#"]})"},
                                {shape::message, R"("#")"},
                                {shape::whole, R"("#")"},
                                {shape::maybe_item, R"({"name":"#","id":"#"})"},
                                {shape::json, R"("#")"},
                                {shape::json, R"({"#":[ "#" ],"a":{"#":"#"}})"},
                                {shape::free_form, R"({"any":"#","named":{"#":{"id":"#"}},"more":{"#":"#"}})"},
                                {shape::converted, R"({"id":"#","kind":"#","ids":["#"],"list":[{"id":"#"}]})"},
                                {shape::converted, R"({"state":"#","named":{"#":{"id":"#"}}})"},
                                {shape::map, R"({"#":{"id":"a"},"#":{"id":"b","name":"#"},"c":{"id":"#"}})"},
                                {shape::everything, "{\n\t\"te\\u0078t\" : \"#\" ,\r\n\"y\":\"#\" }"}};
  for (std::size_t i = 0; i < count; ++i) {
    const sample& place = where[d.below(where.size())];
    to.push_back({place.as, with(place.text, any_string(d))});
  }
}

inline std::string blank(dice& d) {
  constexpr std::string_view list[] = {"", "", "", "", "", " ", "\n", "\t", "\r\n", "  \n\t"};
  constexpr std::string_view bad[] = {"\v", "\f", "\xC2\xA0", "/**/", "//\n", "#", "\xEF\xBB\xBF"};
  return std::string{d.below(200) == 0 ? one_of(bad, d) : one_of(list, d)};
}

inline std::string any_value(dice& d, std::size_t depth);

inline std::string members(dice& d, std::size_t depth) {
  constexpr std::string_view names[] = {
      "flag", "tiny", "whole", "natural", "ratio", "text", "one", "items", "tags", "bits", "matrix", "gaps",
      "message", "speltt", "spelt", "id", "name", "x", "", "te\\u0078t", "i\\u0064", "succeded", "succeeded", "links",
      "deleted", "named", "counts", "ratios", "any", "list", "more"};
  std::string out = "{" + blank(d);
  for (std::size_t n = d.below(5), i = 0; i < n; ++i) {
    if (i != 0) out += blank(d) + "," + blank(d);
    out.append("\"").append(one_of(names, d)).append("\"") += blank(d) + ":" + blank(d) + any_value(d, depth + 1);
  }
  return out + blank(d) + "}";
}

inline std::string any_value(dice& d, std::size_t depth) {
  switch (d.below(depth > 4 ? 8 : 12)) {
    case 0: return "null";
    case 1: return "true";
    case 2: return "false";
    case 3: return d.below(4) == 0 ? any_number(d) : "1";
    case 4: return "-2.5";
    case 5: return "\"" + (d.below(4) == 0 ? any_string(d) : std::string{"a"}) + "\"";
    case 6: return R"({"id":"a","name":"b"})";
    case 7: return R"(["a","b"])";
    case 8:
    case 9: return members(d, depth);
    default: {
      std::string out = "[" + blank(d);
      for (std::size_t n = d.below(4), i = 0; i < n; ++i)
        out += (i == 0 ? "" : blank(d) + "," + blank(d)) + any_value(d, depth + 1);
      return out + blank(d) + "]";
    }
  }
}

/// Values of any type in any place, equal keys, odd blanks, something behind the end.
inline void add_structures(samples& to, std::size_t count, dice& d) {
  constexpr std::string_view behind[] = {"x", "{}", ",", "]", "}", "\"", "0", " null", "\xEF\xBB\xBF"};
  for (std::size_t i = 0; i < count; ++i) {
    std::string text = blank(d) + (d.below(4) == 0 ? any_value(d, 0) : members(d, 0)) + blank(d);
    if (d.below(20) == 0) text += one_of(behind, d);
    if (d.below(40) == 0) text.push_back('\0');
    if (d.below(40) == 0) text.insert(0, "\xEF\xBB\xBF");
    if (d.below(16) == 0) text.resize(d.below(text.size() + 1));
    constexpr shape mostly[] = {shape::everything, shape::everything, shape::free_form, shape::json, shape::converted};
    const bool is_any = d.below(3) == 0;
    to.push_back({is_any ? shapes[d.below(sizeof shapes / sizeof *shapes)] : mostly[d.below(5)], text});
  }
}

/// Arrays and objects in each other, about as deep as is read or deeper, closed or not, wherever they may stand.
inline void add_depths(samples& to) {
  const auto objects = [](std::size_t levels, std::string_view key) {
    std::string out;
    for (std::size_t i = 0; i < levels; ++i) out.append("{\"").append(key).append("\":");
    return out;
  };
  for (const std::size_t levels : {1U, 2U, 61U, 62U, 63U, 64U, 65U, 300U, 2000U}) {
    const std::string open(levels, '[');
    const std::string all[] = {open,
                               open + std::string(levels, ']'),
                               open + "1" + std::string(levels, ']'),
                               open + std::string(levels, '}'),
                               objects(levels, "one"),
                               objects(levels, "x") + "1" + std::string(levels, '}'),
                               objects(levels, "one") + "{}" + std::string(levels, '}'),
                               objects(levels, "x") + open};
    for (const std::string& deep : all) {
      for (const shape as : {shape::everything, shape::links, shape::conversation, shape::matrix, shape::items,
                             shape::whole, shape::message, shape::maybe_item, shape::free_form, shape::json,
                             shape::map})
        to.push_back({as, deep});
      for (const std::string_view key : {"x", "one", "items", "tags", "matrix", "gaps", "message", "text", "flag"}) {
        to.push_back({shape::everything, with(R"({"text":"a","#":)", key) + deep + "}"});
        to.push_back({shape::everything, with(R"({"#":)", key) + deep});
      }
      for (const std::string_view key : {"x", "named", "counts", "ratios", "any", "list", "more"})
        to.push_back({shape::free_form, with(R"({"any":"a","#":)", key) + deep + "}"});
    }
  }
}

/// Every beginning of every document, and documents with some of their bytes changed.
inline void add_beginnings(samples& to) {
  for (const sample& whole : documents())
    for (std::size_t size = 0; size <= whole.text.size(); ++size) to.push_back({whole.as, whole.text.substr(0, size)});
}
inline void add_damaged(samples& to, std::size_t of_each, dice& d) {
  for (const sample& whole : documents())
    for (std::size_t i = 0; i < of_each; ++i) to.push_back({whole.as, suite::damaged(whole.text, d)});
}

/// The same texts in every run; more rounds go on from there.
inline samples generated(std::size_t rounds) {
  samples all;
  dice d;
  add_beginnings(all);
  add_depths(all);
  for (; rounds != 0; --rounds) {
    add_damaged(all, 250, d);
    add_numbers(all, 3000, d);
    add_strings(all, 1500, d);
    add_structures(all, 2000, d);
  }
  return all;
}

}  // namespace differential
