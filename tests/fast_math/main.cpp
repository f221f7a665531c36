// Compiled with -ffast-math, with which a compiler assumes that no number is infinite or NaN: such a number must still
// be refused, and never be sent as "inf" or "nan".
#include <ghl/detail/finite.hpp>
#include <ghl/json_kit/reader.hpp>
#include <ghl/json_kit/text.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/percent_encoding.hpp>

#include <bit>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>

#if !defined(__FAST_MATH__)
#error "this file is to be compiled with -ffast-math"
#endif

namespace {

int failures = 0;

void demand(bool holds, const char* what) {
  if (holds) return;
  ++failures;
  std::fputs((std::string{"FAILED "} + what + "\n").c_str(), stderr);
}

// A number made of bits that the compiler cannot see, and never passed by value: else it might assume the answer.
template <class Number, class Bits>
struct hidden {
  explicit hidden(Bits bits) {
    const volatile Bits unknown = bits;
    const Bits copy = unknown;
    std::memcpy(&number, &copy, sizeof number);
  }
  Number number;
};
using hidden_double = hidden<double, std::uint64_t>;
using hidden_float = hidden<float, std::uint32_t>;

template <class Hidden>
bool finite(const Hidden& h) {
  return ghl::detail::is_finite(h.number);
}

template <class Hidden>
std::string in_url(const Hidden& h) {
  std::string out;
  const ghl::fault f = ghl::detail::append_value(out, h.number);
  return f == ghl::fault::none ? out : std::string{name_of(f)};
}

template <class T>
ghl::fault fault_of(std::string_view number) {
  T value{};
  ghl::json_reader reader{value};
  ghl::read_json_number(reader, number);
  return reader.ok() ? ghl::fault::none : reader.error().fault;
}

/// As a library passes it on that makes an infinity of it.
template <class T>
ghl::fault fault_of(const hidden_double& number) {
  T value{};
  ghl::json_reader reader{value};
  reader.number(number.number);
  return reader.ok() ? ghl::fault::none : reader.error().fault;
}

}  // namespace

int main() {
  constexpr std::uint64_t infinity = 0x7FF0'0000'0000'0000U;
  constexpr std::uint64_t minus = 0x8000'0000'0000'0000U;
  constexpr std::uint64_t quiet_nan = 0x7FF8'0000'0000'0000U;
  constexpr std::uint64_t signalling_nan = 0x7FF0'0000'0000'0001U;
  for (const std::uint64_t bits : {infinity, infinity | minus, quiet_nan, quiet_nan | minus, signalling_nan}) {
    demand(!finite(hidden_double(bits)), "an infinity or a NaN is not finite");
    demand(in_url(hidden_double(bits)) == "not_finite", "an infinity or a NaN in a URL is refused");
  }
  for (const std::uint32_t bits : {0x7F80'0000U, 0xFF80'0000U, 0x7FC0'0000U, 0x7F80'0001U}) {
    demand(!finite(hidden_float(bits)), "an infinite float or a NaN is not finite");
    demand(in_url(hidden_float(bits)) == "not_finite", "an infinite float or a NaN in a URL is refused");
  }

  constexpr std::uint64_t largest = 0x7FEF'FFFF'FFFF'FFFFU;
  constexpr std::uint64_t smallest = 1;  // a subnormal number
  for (const std::uint64_t bits : {largest, largest | minus, smallest, std::uint64_t{0}, minus})
    demand(finite(hidden_double(bits)), "every other number is finite");
  demand(finite(hidden_float(0x7F7F'FFFFU)), "the largest float is finite");
  demand(in_url(hidden_double(std::bit_cast<std::uint64_t>(0.25))) == "0.25", "a finite number is written");
  demand(in_url(hidden_float(std::bit_cast<std::uint32_t>(-1.5F))) == "-1.5", "a finite float is written");

  for (const std::string_view number : {"1e999", "-1e999", "1e99999999999999999999", "1.8e308"}) {
    demand(fault_of<double>(number) == ghl::fault::number_out_of_range, "what no double can hold is not read");
    demand(fault_of<float>(number) == ghl::fault::number_out_of_range, "what no float can hold is not read");
    demand(fault_of<int>(number) == ghl::fault::number_out_of_range, "what no integer can hold is not read");
  }
  demand(fault_of<float>("3.5e38") == ghl::fault::number_out_of_range, "what only a double can hold is no float");
  demand(fault_of<double>("1.7e308") == ghl::fault::none, "what a double can hold is read");
  for (const std::uint64_t bits : {infinity, infinity | minus, quiet_nan}) {
    demand(fault_of<double>(hidden_double(bits)) == ghl::fault::number_out_of_range, "no infinity is read");
    demand(fault_of<float>(hidden_double(bits)) == ghl::fault::number_out_of_range, "no infinity is read as a float");
  }
  if (failures == 0) std::puts("all passed");
  return failures == 0 ? 0 : 1;
}
