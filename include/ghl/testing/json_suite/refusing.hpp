/// What a JSON policy refuses: the checks of bad and of hostile texts.
#pragma once

#include <ghl/json_kit/text.hpp>
#include <ghl/testing/check.hpp>
#include <ghl/testing/json_suite/bad_texts.hpp>
#include <ghl/testing/json_suite/run.hpp>
#include <ghl/testing/json_suite/subject.hpp>
#include <ghl/testing/json_suite/types.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace testing { namespace json {

inline std::string described_fault(fault f, std::string_view where) {
  std::string out{to_string(f)};
  return where.empty() ? out : out.append(" at ").append(where);
}

template <class Json>
void check_bad_texts(checks& to, subject<Json>& json) {
  for (const bad_group& group : bad_texts()) {
    run_check(to, "refuses " + group.about, [&](check& c) {
      for (const bad_text& bad : group.texts)
        json.template refuses<everything>(c, bad.text, (bad.where.empty() ? "it" : "\"" + bad.where + "\"") + " " +
                                                           std::string{to_string(bad.what)});
    });
    run_check(to, "says what is wrong, and where: " + group.about, [&](check& c) {
      for (const bad_text& bad : group.texts) {
        const result<everything> r = json.template decode<everything>(bad.text);
        if (!r && r.error().fault == bad.or_else && r.error().where.empty() && bad.or_else != fault::none) continue;
        c.demand(!r && r.error().fault == bad.what && r.error().where == bad.where, [&] {
          return shown(bad.text) + " should be \"" + described_fault(bad.what, bad.where) + "\", and is \"" +
                 (r ? "read" : described_fault(r.error().fault, r.error().where)) + "\"";
        });
      }
    });
  }
  run_check(to, "throws on no text", [&](check& c) {
    // Every check fails on an exception; this one tries the whole table.
    for (const bad_group& group : bad_texts())
      for (const bad_text& bad : group.texts) {
        static_cast<void>(json.template decode<everything>(bad.text));
        static_cast<void>(json.template decode<std::vector<std::string>>(bad.text));
      }
    c.demand(true, "");
  });
  run_check(to, "makes every error one of kind decode", [&](check& c) {
    for (const bad_group& group : bad_texts())
      for (const bad_text& bad : group.texts) {
        const result<everything> r = json.template decode<everything>(bad.text);
        c.demand(r || r.error().kind == error_kind::decode,
                 [&] { return "the error of " + shown(bad.text) + " is not"; });
      }
  });
  run_check(to, "reads as before after a text that it refused", [&](check& c) {
    for (const bad_group& group : bad_texts())
      for (const bad_text& bad : group.texts) {
        static_cast<void>(json.template decode<everything>(bad.text));
        json.reads(c, R"({"text":"a","items":[{"id":"b"}]})",
                   everything{.text = "a", .items = std::vector<item>{{"b"}}});
      }
  });
}

/// A `strict` without one of its members, or with null in its place.
inline std::string strict_without(std::size_t left_out, bool null_there) {
  constexpr std::string_view names[] = {"flag", "whole", "ratio", "text", "items"};
  constexpr std::string_view values[] = {"true", "1", "2", "\"t\"", "[]"};
  std::string text = "{";
  for (std::size_t i = 0; i < 5; ++i) {
    if (i == left_out && !null_there) continue;
    if (text.size() > 1) text.push_back(',');
    text.append("\"").append(names[i]).append("\":").append(i == left_out ? "null" : values[i]);
  }
  return text + "}";
}

template <class Json>
void check_required(checks& to, subject<Json>& json) {
  constexpr std::string_view names[] = {"flag", "whole", "ratio", "text", "items"};
  run_check(to, "refuses a struct without one of its required members", [&](check& c) {
    for (std::size_t i = 0; i < 5; ++i) json.template refuses<strict>(c, strict_without(i, false));
    json.template refuses<item>(c, "{}");
  });
  run_check(to, "refuses null for a required member", [&](check& c) {
    for (std::size_t i = 0; i < 5; ++i) json.template refuses<strict>(c, strict_without(i, true));
  });
  run_check(to, "names the required member that is missing or null", [&](check& c) {
    for (std::size_t i = 0; i < 5; ++i)
      for (const bool null_there : {false, true}) {
        const std::string text = strict_without(i, null_there);
        const result<strict> r = json.template decode<strict>(text);
        const fault expected = null_there ? fault::wrong_type : fault::missing_field;
        c.demand(!r && r.error().fault == expected && r.error().where == names[i], [&] {
          return text + " should be \"" + described_fault(expected, names[i]) + "\", and is \"" +
                 (r ? "read" : described_fault(r.error().fault, r.error().where)) + "\"";
        });
      }
  });
}

/// One of everything, to be cut and damaged.
inline std::string whole_sample() {
  return R"({"flag":true,"tiny":-5,"whole":-9007199254740991,"natural":4294967296,"ratio":0.5,)"
         R"("text":"\"\\\n\u0001\ud83d\ude00)" "\xC3\xA9\xE2\x82\xAC" R"(","one":{"id":"a","name":null},)"
         R"("items":[{"id":"b","name":"c"},{"id":"d"}],"tags":["e","\t"],"bits":[true,false],)"
         R"("matrix":[[1.5e3,-0.25],[]],"gaps":[null,"f"],"message":["g","h"],"speltt":true,)"
         R"("unknown":[{"x":[null,1,"\u00e9",{"y":[[]]}]},-1.25E+2]})";
}

/// A small generator of numbers, so that every run damages the same bytes.
class dice {
 public:
  std::size_t below(std::size_t n) noexcept {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return static_cast<std::uint32_t>(state_ % n);
  }

 private:
  std::uint64_t state_ = 0x9E3779B97F4A7C15U;
};

/// `text` after one to four changes: a byte replaced or inserted, some bytes erased or repeated.
inline std::string damaged(std::string text, dice& d) {
  constexpr char telling[] = "{}[]\",:\\/u0e9.-+ \n\x7F\x80\xC3\xED\xF4\xFF tfn";  // and the NUL at the end
  for (std::size_t times = 1 + d.below(4); times != 0 && !text.empty(); --times) {
    const std::size_t at = d.below(text.size());
    switch (d.below(5)) {
      case 0: text[at] = static_cast<char>(static_cast<unsigned char>(d.below(256))); break;
      case 1: text[at] = telling[d.below(sizeof telling)]; break;
      case 2: text.erase(at, 1 + d.below(3)); break;
      case 3: text.insert(at, text.substr(d.below(text.size()), d.below(24))); break;
      default: text.insert(at, 1, telling[d.below(sizeof telling)]); break;
    }
  }
  return text;
}

template <class Json>
void check_hostile_texts(checks& to, subject<Json>& json) {
  run_check(to, "refuses every beginning of a text", [&](check& c) {
    const std::string all = whole_sample();
    c.demand(static_cast<bool>(json.template decode<everything>(all)), "the whole text was refused");
    for (std::size_t size = 1; size < all.size(); ++size)
      json.template refuses<everything>(c, std::string_view{all}.substr(0, size));
  });
  run_check(to, "refuses what is no JSON any more among 6000 damaged texts", [&](check& c) {
    const std::string all = whole_sample();
    dice d;
    for (int i = 0; i < 6000; ++i) {
      const std::string text = damaged(all, d);
      const bool read = static_cast<bool>(json.template decode<everything>(text));
      const fault broken = json_fault(text);
      c.demand(!read || broken == fault::none,
               [&] { return text + " was read, though it " + std::string{to_string(broken)}; });
    }
  });
  run_check(to, "refuses texts nested 100000 levels deep, wherever they stand", [&](check& c) {
    constexpr std::size_t levels = 100'000;
    std::string objects;
    for (std::size_t i = 0; i < levels; ++i) objects += R"({"one":)";
    const std::string closed = objects + "1" + std::string(levels, '}');
    const std::string arrays = nested(levels);
    for (const std::string& deep : {objects, closed, arrays, std::string(levels, '[')}) {
      for (const std::string_view key : {"x", "one", "items", "tags", "matrix", "gaps", "message", "text", "flag"})
        json.template refuses<everything>(c, R"({")" + std::string{key} + R"(":)" + deep);
      json.template refuses<everything>(c, deep);
      json.template refuses<std::vector<std::vector<double>>>(c, deep);
      json.template refuses<string_or_strings>(c, deep);
    }
  });
}

template <class Json>
void check_refusing(checks& to, subject<Json>& json) {
  check_bad_texts(to, json);
  check_required(to, json);
  check_hostile_texts(to, json);
}

}}}}  // namespace ghl::v0::testing::json
