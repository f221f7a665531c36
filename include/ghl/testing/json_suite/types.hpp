/// Described types for the checks of JSON policies: one member of each kind that a model of the API is made of.
#pragma once

#include <ghl/endpoint/words.hpp>
#include <ghl/endpoint/fields.hpp>
#include <ghl/endpoint/well_formed.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace ghl { inline namespace v0 { namespace testing { namespace json {

struct item {
  std::string id;
  std::optional<std::string> name{};
  static consteval auto fields() {
    return ghl::fields(ghl::field("id", &item::id), ghl::field("name", &item::name));
  }
  friend bool operator==(const item&, const item&) = default;
};

/// Every kind of member, all of them optional, so that a case can be about one.
struct everything {
  std::optional<bool> flag{};
  std::optional<std::int8_t> tiny{};
  std::optional<std::int64_t> whole{};
  std::optional<std::uint64_t> natural{};
  std::optional<double> ratio{};
  std::optional<std::string> text{};
  std::optional<item> one{};
  std::optional<std::vector<item>> items{};
  std::optional<std::vector<std::string>> tags{};
  std::optional<std::vector<bool>> bits{};
  std::optional<std::vector<std::vector<double>>> matrix{};
  std::optional<std::vector<std::optional<std::string>>> gaps{};
  std::optional<ghl::string_or_strings> message{};
  std::optional<bool> spelt{};
  static consteval auto fields() {
    return ghl::fields(
        ghl::field("flag", &everything::flag), ghl::field("tiny", &everything::tiny),
        ghl::field("whole", &everything::whole), ghl::field("natural", &everything::natural),
        ghl::field("ratio", &everything::ratio), ghl::field("text", &everything::text),
        ghl::field("one", &everything::one), ghl::field("items", &everything::items),
        ghl::field("tags", &everything::tags), ghl::field("bits", &everything::bits),
        ghl::field("matrix", &everything::matrix), ghl::field("gaps", &everything::gaps),
        ghl::field("message", &everything::message),
        ghl::field("speltt", &everything::spelt, ghl::also{"spelt"}));
  }
  friend bool operator==(const everything&, const everything&) = default;
};

/// Required members of every kind.
struct strict {
  bool flag = false;
  std::int64_t whole = 0;
  double ratio = 0;
  std::string text;
  std::vector<item> items;
  static consteval auto fields() {
    return ghl::fields(ghl::field("flag", &strict::flag), ghl::field("whole", &strict::whole),
                       ghl::field("ratio", &strict::ratio), ghl::field("text", &strict::text),
                       ghl::field("items", &strict::items));
  }
  friend bool operator==(const strict& a, const strict& b) {  // std::tie, for -Wfloat-equal
    return std::tie(a.flag, a.whole, a.ratio, a.text, a.items) == std::tie(b.flag, b.whole, b.ratio, b.text, b.items);
  }
};

/// A required struct.
struct holder {
  item one;
  static consteval auto fields() { return ghl::fields(ghl::field("one", &holder::one)); }
  friend bool operator==(const holder&, const holder&) = default;
};

/// Numbers of every width, required.
struct numbers {
  std::int8_t i8 = 0;
  std::int16_t i16 = 0;
  std::int32_t i32 = 0;
  std::int64_t i64 = 0;
  std::uint8_t u8 = 0;
  std::uint16_t u16 = 0;
  std::uint32_t u32 = 0;
  std::uint64_t u64 = 0;
  float f = 0;
  double d = 0;
  static consteval auto fields() {
    return ghl::fields(ghl::field("i8", &numbers::i8), ghl::field("i16", &numbers::i16),
                       ghl::field("i32", &numbers::i32), ghl::field("i64", &numbers::i64),
                       ghl::field("u8", &numbers::u8), ghl::field("u16", &numbers::u16),
                       ghl::field("u32", &numbers::u32), ghl::field("u64", &numbers::u64),
                       ghl::field("f", &numbers::f), ghl::field("d", &numbers::d));
  }
  friend bool operator==(const numbers& a, const numbers& b) {
    return std::tie(a.i8, a.i16, a.i32, a.i64, a.u8, a.u16, a.u32, a.u64, a.f, a.d) ==
           std::tie(b.i8, b.i16, b.i32, b.i64, b.u8, b.u16, b.u32, b.u64, b.f, b.d);
  }
};

/// Its response is an `everything`.
struct get_everything {
  using response = everything;
  static consteval auto endpoint() {
    return ghl::endpoint("Get Everything", ghl::method::get, "/everything", ghl::token::sub_account);
  }
};

}}}}  // namespace ghl::v0::testing::json
