/// A response with a member of every kind, required and optional, for the target that reads tolerantly.
#pragma once

#include <ghl/endpoint.hpp>
#include <ghl/endpoint/enum_names.hpp>
#include <ghl/endpoint/nullable.hpp>
#include <ghl/endpoint/open_enum.hpp>
#include <ghl/json_kit/json_value.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fuzz {

enum class stage { open, won };

struct color : ghl::open_enum<color> {
  using open_enum::open_enum;
  static constexpr std::string_view red = "red";
  static constexpr auto names() { return ghl::names(red); }
};

/// Read from an object, and from a list; `refused` is what neither takes.
struct money {
  std::int64_t amount = 0;
};
struct amounts {
  std::vector<std::int64_t> all{};
};
inline constexpr std::int64_t refused = 13;

struct raw_money {
  std::int64_t amount = 0;
  std::optional<std::string> currency{};
  static consteval auto fields() {
    return ghl::fields(ghl::field("amount", &raw_money::amount), ghl::field("currency", &raw_money::currency));
  }
};

}  // namespace fuzz

template <>
inline constexpr auto ghl::enum_names<fuzz::stage> =
    ghl::names(ghl::name("open", fuzz::stage::open), ghl::name("won", fuzz::stage::won));

template <>
struct ghl::json_as<fuzz::money> {
  using type = fuzz::raw_money;
  static std::optional<fuzz::money> from(const type& raw) {
    return raw.amount == fuzz::refused ? std::nullopt : std::optional{fuzz::money{raw.amount}};
  }
  static type to(const fuzz::money& m) { return {m.amount}; }
};
template <>
struct ghl::json_as<fuzz::amounts> {
  using type = std::optional<std::vector<fuzz::money>>;
  static std::optional<fuzz::amounts> from(const type& list) {
    fuzz::amounts made;
    for (const fuzz::money& m : list.value_or(std::vector<fuzz::money>{})) {
      if (m.amount == -fuzz::refused) return std::nullopt;
      made.all.push_back(m.amount);
    }
    return made;
  }
  static type to(const fuzz::amounts& a) {
    std::vector<fuzz::money> list;
    for (const std::int64_t amount : a.all) list.push_back({amount});
    return list;
  }
};

namespace fuzz {

struct part {
  std::string id;
  std::optional<int> n{};
  std::vector<std::string> words{};
  static consteval auto fields() {
    return ghl::fields(ghl::field("id", &part::id), ghl::field("n", &part::n), ghl::field("words", &part::words));
  }
};

struct kinds {
  std::string text;
  std::uint16_t number = 0;
  bool flag = false;
  part one;
  money price;
  std::vector<part> list{};
  std::map<std::string, std::int8_t> counts{};
  std::optional<part> o_one{};
  std::optional<double> o_ratio{};
  std::optional<stage> o_stage{};
  std::optional<color> o_color{};
  std::optional<money> o_price{};
  amounts o_prices{};
  std::optional<std::array<int, 2>> o_pair{};
  ghl::nullable<std::vector<bool>> o_bits{};
  std::optional<ghl::string_or_strings> o_message{};
  std::optional<std::map<std::string, std::vector<money>>> o_map{};
  std::optional<ghl::json_value> o_any{};
  std::optional<part> o_spelt{};
  std::optional<float> o_dotted{};
  static consteval auto fields() {
    return ghl::fields(
        ghl::field("text", &kinds::text), ghl::field("number", &kinds::number), ghl::field("flag", &kinds::flag),
        ghl::field("one", &kinds::one), ghl::field("price", &kinds::price), ghl::field("list", &kinds::list),
        ghl::field("counts", &kinds::counts), ghl::field("oOne", &kinds::o_one), ghl::field("oRatio", &kinds::o_ratio),
        ghl::field("oStage", &kinds::o_stage), ghl::field("oColor", &kinds::o_color),
        ghl::field("oPrice", &kinds::o_price), ghl::field("oPrices", &kinds::o_prices),
        ghl::field("oPair", &kinds::o_pair), ghl::field("oBits", &kinds::o_bits),
        ghl::field("oMessage", &kinds::o_message), ghl::field("oMap", &kinds::o_map), ghl::field("oAny", &kinds::o_any),
        ghl::field("oSpelt", &kinds::o_spelt, ghl::also{"oSpelled"}), ghl::field("oSpelt.n", &kinds::o_dotted));
  }
};

struct get_kinds {
  using response = kinds;
  static consteval auto endpoint() {
    return ghl::endpoint("Get Kinds", ghl::method::get, "/kinds", ghl::token::sub_account);
  }
};
static_assert(ghl::well_formed<get_kinds>);

}  // namespace fuzz
