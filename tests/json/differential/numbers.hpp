/// Numbers in every form that JSON has, and in some that it has not.
#pragma once

#include <ghl/testing/json_suite/refusing.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace differential {

namespace suite = ghl::testing::json;
using suite::dice;

template <std::size_t Count>
std::string_view one_of(const std::string_view (&list)[Count], dice& d) {
  return list[d.below(Count)];
}

inline std::string digits(std::size_t count, dice& d) {
  std::string out;
  const bool zeros = d.below(4) == 0;
  while (out.size() < count) out.push_back(zeros ? '0' : static_cast<char>('0' + d.below(10)));
  return out;
}

/// A number by JSON's grammar, in any of its forms; short and long, near every limit and beyond it.
inline std::string good_number(dice& d) {
  constexpr std::string_view limits[] = {
      "0", "0", "1", "9", "127", "128", "129", "255", "256", "32767", "32768", "65535", "65536", "2147483647",
      "2147483648", "4294967295", "4294967296", "9007199254740991", "9007199254740992", "9007199254740993",
      "9223372036854775807", "9223372036854775808", "9223372036854775809", "18446744073709551615",
      "18446744073709551616", "99999999999999999999", "17976931348623157", "340282346638528859811704183484516925440",
      "340282356779733661637539395458142568447", "340282356779733661637539395458142568448", "16777217", "33554433"};
  constexpr std::string_view exponents[] = {
      "0", "1", "2", "3", "5", "00", "01", "17", "18", "19", "20", "22", "23", "37", "38", "39", "45", "46", "291",
      "292", "300", "307", "308", "309", "310", "323", "324", "325", "380", "400", "999", "4294967296", "2147483648",
      "9999999999", "99999999999999999999"};
  std::string out = d.below(3) == 0 ? "-" : "";
  switch (d.below(6)) {
    case 0: out += "0"; break;
    case 1: out += "1" + digits(d.below(25), d); break;
    case 2: out += d.below(8) == 0 ? "1" + digits(400, d) : "7"; break;
    default: out += one_of(limits, d); break;
  }
  switch (d.below(6)) {
    case 0: out += "." + digits(1 + d.below(30), d); break;
    case 1: out += ".0"; break;
    case 2: out += d.below(8) == 0 ? "." + std::string(400, '0') + "1" : ".5"; break;
    default: break;
  }
  if (d.below(2) == 0) return out;
  out += d.below(2) == 0 ? "e" : "E";
  out += d.below(3) == 0 ? "+" : d.below(2) == 0 ? "-" : "";
  return out.append(one_of(exponents, d));
}
inline std::string any_number(dice& d) {
  constexpr std::string_view bad[] = {
      "-", "+1", "00", "01", "-01", "1.", ".5", "-.5", "1e", "1e+", "1E-", "1.e1", "0x1", "1_000", "--1", "NaN",
      "Infinity", "-Infinity", "inf", "1,5", "1 2", "1e1.5", "1ee1", "١", "0b1", "1f", "1e5x", "- 1", "0e", "0.e",
      "-e1"};
  if (d.below(8) == 0) return std::string{one_of(bad, d)};
  std::string good = good_number(d);
  return d.below(16) == 0 ? suite::damaged(good, d) : good;
}

}  // namespace differential
