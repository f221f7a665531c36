/// What is known of a text without any adapter.
#pragma once

#include "outcome.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace differential {

/// nlohmann/json's own reading of a text, without ghl.
struct plain_reading {
  std::vector<std::set<std::string>> keys{};
  bool equal_keys = false;
  int error = 0;  // 406: a number beyond every double

  bool null() { return true; }
  bool boolean(bool) { return true; }
  bool number_integer(std::int64_t) { return true; }
  bool number_unsigned(std::uint64_t) { return true; }
  bool number_float(double, const std::string&) { return true; }
  bool string(std::string&) { return true; }
  bool binary(nlohmann::json::binary_t&) { return true; }
  bool start_object(std::size_t) { return keys.emplace_back(), true; }
  bool key(std::string& name) {
    if (!keys.back().insert(name).second) equal_keys = true;
    return true;
  }
  bool end_object() { return keys.pop_back(), true; }
  bool start_array(std::size_t) { return true; }
  bool end_array() { return true; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception& e) {
    error = e.id;
    return false;
  }
};

inline plain_reading read_plainly(std::string_view text) {
  plain_reading events;
  nlohmann::json::sax_parse(text.begin(), text.end(), &events);
  return events;
}

inline bool has_equal_keys(std::string_view text) { return read_plainly(text).equal_keys; }

/// Whether nlohmann/json takes a text for JSON, which it does with a byte order mark too, and up to a NUL byte.
enum class verdict : unsigned char { json, no_json, not_known };
inline verdict plain_verdict(std::string_view text) {
  constexpr int number_beyond_doubles = 406;  // the rest was not looked at
  if (text.starts_with('\xEF') || text.find('\0') != std::string_view::npos) return verdict::not_known;
  const plain_reading seen = read_plainly(text);
  if (seen.error == number_beyond_doubles) return verdict::not_known;
  return seen.error == 0 ? verdict::json : verdict::no_json;
}

/// What a number is, read digit by digit.
inline outcome real_of(const std::string& number) {
  const double d = std::strtod(number.c_str(), nullptr);  // in the locale "C"
  return std::isfinite(d) ? outcome_of(d) : outcome{{}, ghl::fault::number_out_of_range};
}
template <class Integer>
outcome integer_of(const std::string& number) {
  const bool negative = number.front() == '-';
  const std::size_t e = number.find_first_of("eE");
  std::string digits = number.substr(negative ? 1 : 0, e == std::string::npos ? e : e - (negative ? 1 : 0));
  double scale = e == std::string::npos ? 0.0 : std::strtod(number.c_str() + e + 1, nullptr);
  if (const std::size_t point = digits.find('.'); point != std::string::npos) {
    scale -= static_cast<double>(digits.size() - point - 1);
    digits.erase(point, 1);
  }
  for (; !digits.empty() && digits.back() == '0'; scale += 1) digits.pop_back();
  digits.erase(0, digits.find_first_not_of('0'));
  if (digits.empty()) return outcome_of(Integer{0});
  const outcome too_large{{}, ghl::fault::number_out_of_range};
  if (scale < 0) {  // a fraction, unless the nearest double has none
    const double d = std::strtod(number.c_str(), nullptr);
    if (std::fabs(d) >= 9007199254740992.0) return too_large;
    if (std::fabs(d - std::trunc(d)) > 0) return {{}, ghl::fault::wrong_type};
    digits = std::to_string(static_cast<long long>(std::fabs(d)));
    scale = 0;
  }
  if (static_cast<double>(digits.size()) + scale > 20) return too_large;
  digits.append(static_cast<std::size_t>(scale), '0');
  if (digits != "0" && negative) digits.insert(0, 1, '-');
  Integer value{};
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return failed == std::errc{} && end == digits.data() + digits.size() ? outcome_of(value) : too_large;
}

inline bool is_of_number(char c) { return std::string_view{"+-.0123456789eE"}.find(c) != std::string_view::npos; }

/// Whether a number over 2^53 is not written as an integer.
inline bool has_large_number_with_point_or_exponent(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_of_number(text[end])) ++end;
    const std::string number{text.substr(at, end - at)};
    if (number.find_first_of(".eE") != std::string::npos && std::fabs(std::strtod(number.c_str(), nullptr)) > 9e15)
      return true;
    at = end + 1;
  }
  return false;
}

/// The text of an outcome without the signs of zeros.
inline std::string unsigned_zeros(std::string value) {
  constexpr std::string_view zero = "-0x0p+0";
  for (std::size_t at = value.find(zero); at != std::string::npos; at = value.find(zero)) value.erase(at, 1);
  return value;
}

/// The text of an outcome with each number as the nearest double, and zeros without their signs.
inline std::string with_doubles(std::string_view value) {
  std::string out;
  for (std::size_t at = 0; at < value.size();) {
    const std::size_t end = std::min(value.find(' ', at), value.size());
    const std::string part{value.substr(at, end - at)};
    char* behind = nullptr;
    const double number = std::strtod(part.c_str(), &behind);
    char digits[64];
    std::snprintf(digits, sizeof digits, "%a ", number + 0.0);
    const bool is_number = !part.empty() && behind == part.c_str() + part.size();
    out += is_number ? std::string{digits} : part + ' ';
    at = end + 1;
  }
  return out;
}

}  // namespace differential
