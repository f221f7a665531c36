/// Numbers in JSON's grammar, converted from their text; read_json_number() is the public function.
#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <system_error>

namespace ghl {
inline namespace v0 {
namespace detail {

/// The exponent of a number whose "e" stands at `e`; what no text can make up for with digits is cut off.
inline long long exponent_of(std::string_view number, std::size_t e) noexcept {
  constexpr long long beyond = 1'000'000'000'000'000;  // more than any text has digits
  if (e == std::string_view::npos) return 0;
  const char* const first = number.data() + e + (number[e + 1] == '+' ? 2 : 1);
  long long exponent = 0;
  const auto [end, failed] = std::from_chars(first, number.data() + number.size(), exponent);
  if (failed == std::errc{} && exponent <= beyond && exponent >= -beyond) return exponent;
  return *first == '-' ? -beyond : beyond;
}

/// The double nearest to a number; infinite if it is too large. The decimal point is moved into the exponent, since
/// strtod expects the decimal point of the program's locale.
inline double nearest_double(std::string_view number) {
  const std::size_t e = number.find_first_of("eE");
  std::string plain{number.substr(0, e)};
  long long exponent = exponent_of(number, e);
  if (const std::size_t point = plain.find('.'); point != std::string::npos) {
    exponent -= static_cast<long long>(plain.size() - point - 1);
    plain.erase(point, 1);
  }
  plain.append("e").append(std::to_string(exponent));
  return std::strtod(plain.c_str(), nullptr);
}

/// The digits of an integer of 64 bits, for a number with a point or an exponent: "1.0", "1e18", "-250E-1".
class integer_digits {
 public:
  explicit integer_digits(std::string_view number) noexcept {
    const std::size_t e = number.find_first_of("eE");
    long long scale = exponent_of(number, e);  // what is written is the digits so far times ten to this
    long long zeros = 0;                       // seen behind the digits
    bool in_fraction = false;
    if (number.front() == '-') digits_[size_++] = '-';
    const std::size_t first = size_;
    for (const char c : number.substr(first, e == std::string_view::npos ? e : e - first)) {
      if (c == '.') {
        in_fraction = true;
        continue;
      }
      if (in_fraction) --scale;
      if (c == '0') {
        zeros += size_ == first ? 0 : 1;
        continue;
      }
      if (zeros >= most) return;
      if (!append_zeros(zeros) || size_ == sizeof digits_) return;
      digits_[size_++] = c;
      zeros = 0;
    }
    // Without zeros at its end, what has a negative scale has a fraction. A zero has a sign, and is left to a double.
    scale += zeros;
    whole_ = size_ != first && scale >= 0 && scale < most && append_zeros(scale);
  }

  /// Whether the number is an integer that `value` can hold, which then does.
  template <class Integer>
  bool read(Integer& value) const noexcept {
    if (!whole_) return false;
    const auto [end, failed] = std::from_chars(digits_, digits_ + size_, value);
    return failed == std::errc{} && end == digits_ + size_;
  }

 private:
  static constexpr long long most = 20;  // digits

  bool append_zeros(long long count) noexcept {
    for (; count > 0; --count) {
      if (size_ == sizeof digits_) return false;
      digits_[size_++] = '0';
    }
    return true;
  }

  char digits_[most + 1]{};  // and the sign
  std::size_t size_ = 0;
  bool whole_ = false;
};

/// See read_json_number(). Where the spelling is not the only one, the text goes along.
template <class To>
bool pass_number(To& to, std::string_view text) {
  const char* const end = text.data() + text.size();
  std::int64_t i = 0;
  std::uint64_t u = 0;
  if (text.starts_with('-')) {
    if (const auto [at, failed] = std::from_chars(text.data(), end, i); failed == std::errc{} && at == end)
      return i == 0 ? to.number(-0.0, text) : to.integer(i);
  } else {
    if (const auto [at, failed] = std::from_chars(text.data(), end, u); failed == std::errc{} && at == end)
      return to.unsigned_integer(u);
  }
  if (text.find_first_of(".eE") != std::string_view::npos) {
    const integer_digits digits{text};
    if (digits.read(u)) return to.unsigned_integer(u, text);
    if (digits.read(i)) return to.integer(i, text);
  }
  return to.number(nearest_double(text), text);
}

}  // namespace detail
}  // namespace v0
}  // namespace ghl
