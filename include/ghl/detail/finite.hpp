/// Whether a floating-point number is finite, whatever the compiler was told to assume.
#pragma once

#include <bit>
#include <cstdint>

namespace ghl { inline namespace v0 { namespace detail {

/// Neither an infinity nor a NaN. Read from the bits (IEEE 754: an exponent of all ones), since -ffast-math and
/// -Ofast let a compiler take every comparison and every std::isfinite() for granted. By reference, and before any
/// conversion: clang takes it for granted of what is passed by value and of what was converted, too.
constexpr bool is_finite(const double& number) noexcept {
  constexpr std::uint64_t exponent = 0x7FF0'0000'0000'0000U;
  return (std::bit_cast<std::uint64_t>(number) & exponent) != exponent;
}
constexpr bool is_finite(const float& number) noexcept {
  constexpr std::uint32_t exponent = 0x7F80'0000U;
  return (std::bit_cast<std::uint32_t>(number) & exponent) != exponent;
}

}}}  // namespace ghl::v0::detail
