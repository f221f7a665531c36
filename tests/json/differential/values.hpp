/// Values for all adapters to write, made from a fixed seed, and what is the same in what they write.
#pragma once

#include "outcome.hpp"
#include "texts.hpp"

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace differential {

inline std::uint64_t bits(dice& d) {
  std::uint64_t all = 0;
  for (int i = 0; i < 4; ++i) all = all << 16U | d.below(65536);
  return all;
}
inline bool coin(dice& d) { return d.below(2) == 0; }

/// Any finite double: of any size, small with a few digits, whole, or a zero of either sign.
inline double any_double(dice& d) {
  switch (d.below(5)) {
    case 0: return static_cast<double>(d.below(2000)) / 8 - 100;
    case 1: return static_cast<double>(static_cast<std::int64_t>(bits(d)));
    case 2: return coin(d) ? 0.0 : -0.0;
    case 3: return static_cast<double>(d.below(100'000)) / 100;
    default: {
      const auto any = std::bit_cast<double>(bits(d));
      return std::isfinite(any) ? any : 1.5;
    }
  }
}
inline std::string any_text(dice& d) {
  using namespace std::string_view_literals;
  constexpr std::string_view pieces[] = {
      "a"sv, "text"sv, " "sv, "\0"sv, "\x01"sv, "\b\f\n\r\t"sv, "\x0B\x1F"sv, "\x7F"sv, "\""sv, "\\"sv, "/"sv,
      "</script>"sv, "\xC3\xA9"sv, "\xE2\x80\xA8"sv, "\xEF\xBB\xBF"sv, "\xEF\xBF\xBF"sv, "\xF0\x9F\x98\x80"sv,
      "\xF4\x8F\xBF\xBF"sv, "0123456789abcdefghijklmnopqrstuvwxyz"sv, "\\u0041"sv};
  std::string out;
  for (std::size_t n = d.below(6); n != 0; --n) out += one_of(pieces, d);
  return out;
}

template <class T, class Make>
std::optional<T> perhaps(dice& d, Make make) {
  return coin(d) ? std::optional<T>{make()} : std::nullopt;
}
template <class T, class Make>
std::vector<T> some(dice& d, Make make) {
  std::vector<T> out;
  for (std::size_t n = d.below(4); n != 0; --n) out.push_back(make());
  return out;
}

inline suite::item any_item(dice& d) {
  return {any_text(d), perhaps<std::string>(d, [&] { return any_text(d); })};
}

inline suite::everything any_everything(dice& d) {
  const auto text = [&] { return any_text(d); };
  suite::everything all;
  all.flag = perhaps<bool>(d, [&] { return coin(d); });
  all.tiny = perhaps<std::int8_t>(d, [&] { return static_cast<std::int8_t>(bits(d)); });
  all.whole = perhaps<std::int64_t>(d, [&] { return static_cast<std::int64_t>(bits(d) >> d.below(64)); });
  all.natural = perhaps<std::uint64_t>(d, [&] { return bits(d) >> d.below(64); });
  all.ratio = perhaps<double>(d, [&] { return any_double(d); });
  all.text = perhaps<std::string>(d, text);
  all.one = perhaps<suite::item>(d, [&] { return any_item(d); });
  all.items = perhaps<std::vector<suite::item>>(d, [&] { return some<suite::item>(d, [&] { return any_item(d); }); });
  all.tags = perhaps<std::vector<std::string>>(d, [&] { return some<std::string>(d, text); });
  all.bits = perhaps<std::vector<bool>>(d, [&] { return some<bool>(d, [&] { return coin(d); }); });
  all.matrix = perhaps<std::vector<std::vector<double>>>(
      d, [&] { return some<std::vector<double>>(d, [&] { return some<double>(d, [&] { return any_double(d); }); }); });
  all.gaps = perhaps<std::vector<std::optional<std::string>>>(
      d, [&] { return some<std::optional<std::string>>(d, [&] { return perhaps<std::string>(d, text); }); });
  all.message = perhaps<ghl::string_or_strings>(d, [&] { return ghl::string_or_strings{some<std::string>(d, text)}; });
  all.spelt = perhaps<bool>(d, [&] { return coin(d); });
  return all;
}

inline suite::numbers any_numbers(dice& d) {
  const std::uint64_t any = bits(d);
  return {static_cast<std::int8_t>(any),
          static_cast<std::int16_t>(any),
          static_cast<std::int32_t>(any),
          static_cast<std::int64_t>(any),
          static_cast<std::uint8_t>(any),
          static_cast<std::uint16_t>(any),
          static_cast<std::uint32_t>(any),
          any,
          static_cast<float>(d.below(100'000)) / 7,
          any_double(d)};
}

/// Any JSON, no number of which is written in more than one way.
inline ghl::json_value any_json(dice& d) {
  const std::string text = any_value(d, 2);
  const ghl::result<ghl::json_value> value = ghl::json_value::parse(text);
  const bool is_plain = value && text.find_first_of("-.eE") == std::string::npos;
  return is_plain ? *value : ghl::json_value{};
}
template <class T, class Make>
std::map<std::string, T> named(dice& d, Make make) {
  std::map<std::string, T> out;
  for (std::size_t n = d.below(4); n != 0; --n) out.insert_or_assign(any_text(d), make());
  return out;
}

inline suite::free_form any_free_form(dice& d) {
  suite::free_form all;
  all.named = named<suite::item>(d, [&] { return any_item(d); });
  if (coin(d)) all.counts = {{any_text(d), perhaps<std::int64_t>(d, [&] { return std::int64_t{7}; })}};
  if (coin(d)) all.ratios = named<std::vector<double>>(d, [&] { return std::vector<double>{3, 12}; });
  if (coin(d)) all.any = any_json(d);
  if (all.any && all.any->is_null()) all.any.reset();  // it is read as absent
  all.list = some<ghl::json_value>(d, [&] { return any_json(d); });
  if (coin(d)) all.more = named<ghl::json_value>(d, [&] { return any_json(d); });
  return all;
}

/// A text without what RFC 8259 leaves open: each floating-point number as its bits, as a float where the type is one,
/// and \\u001F as \\u001f.
inline std::string in_one_spelling(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '"') {
      std::size_t end = at + 1;
      for (; text[end] != '"'; ++end) {
        if (text[end] != '\\') continue;
        ++end;
      }
      std::string string{text.substr(at, end + 1 - at)};
      for (std::size_t i = 0; i + 5 < string.size(); ++i) {
        if (string[i] != '\\') continue;
        for (std::size_t k = i + 2; string[i + 1] == 'u' && k < i + 6; ++k) string[k] = ghl::detail::lower(string[k]);
        ++i;
      }
      out += string;
      at = end + 1;
    } else if (text[at] == '-' || (text[at] >= '0' && text[at] <= '9')) {
      std::size_t end = at;
      while (end < text.size() && std::string_view{"+-.0123456789eE"}.find(text[end]) != std::string_view::npos) ++end;
      const std::string number{text.substr(at, end - at)};
      const bool integer = number.find_first_of(".eE") == std::string::npos;
      char digits[64];
      if (out.ends_with("\"f\":"))
        std::snprintf(digits, sizeof digits, "%a", static_cast<double>(std::strtof(number.c_str(), nullptr)));
      else if (out.ends_with("\"ratio\":") || out.ends_with("\"d\":") || !integer ||
               out.find("\"matrix\"") != std::string::npos)
        std::snprintf(digits, sizeof digits, "%a", std::strtod(number.c_str(), nullptr));
      else std::snprintf(digits, sizeof digits, "%s", number.c_str());
      out += digits;
      at = end;
    } else {
      out.push_back(text[at++]);
    }
  }
  return out;
}

}  // namespace differential
