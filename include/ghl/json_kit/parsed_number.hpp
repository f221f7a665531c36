/// Numbers on their way from a parser into a C++ type.
#pragma once

#include <ghl/detail/finite.hpp>
#include <ghl/value/fault.hpp>

#include <concepts>
#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// A number as the parser read it.
struct parsed_number {
  enum : unsigned char { integer, natural, real } as;
  std::int64_t i;
  std::uint64_t u;
  double d;
  std::string_view text = {};  // as it stands in the JSON, where the parser tells; for what keeps it
};

/// The float nearest to a double, if there is one. 3.4028235e38, the shortest text of the largest float, is a little
/// more than that float, and still nearer to it than to the next, which would be 2^128.
inline bool narrow(double from, float& to) noexcept {
  constexpr float most = (std::numeric_limits<float>::max)();
  constexpr double beyond = static_cast<double>(most) + 0x1p103;  // half of a step more
  if (from <= -beyond || from >= beyond) return false;
  if (from < static_cast<double>(-most)) to = -most;
  else to = from > static_cast<double>(most) ? most : static_cast<float>(from);
  return true;
}

template <class T>
fault store_number(void* where, const parsed_number& n) {
  T& out = *static_cast<T*>(where);
  if (n.as == parsed_number::real && !is_finite(n.d)) return fault::number_out_of_range;
  if constexpr (std::floating_point<T>) {
    const double d = n.as == parsed_number::real ? n.d
                     : n.as == parsed_number::integer ? static_cast<double>(n.i) : static_cast<double>(n.u);
    if constexpr (sizeof(T) == sizeof(double)) out = d;
    else if (!narrow(d, out)) return fault::number_out_of_range;
  } else if (n.as == parsed_number::real) {
    // 1.0 and 1e3 are integers too (RFC 8259, section 6, has one kind of number), and a parser may pass on an integer
    // of more than 64 bits as a floating-point number.
    constexpr double exact = 9007199254740992.0;  // 2^53: from here on an integer may have been rounded
    if (n.d <= -exact || n.d >= exact) return fault::number_out_of_range;
    const auto i = static_cast<std::int64_t>(n.d);
    const auto whole = static_cast<double>(i);
    if (whole < n.d || whole > n.d) return fault::wrong_type;
    if (!std::in_range<T>(i)) return fault::number_out_of_range;
    out = static_cast<T>(i);
  } else {
    const bool fits = n.as == parsed_number::integer ? std::in_range<T>(n.i) : std::in_range<T>(n.u);
    if (!fits) return fault::number_out_of_range;
    out = n.as == parsed_number::integer ? static_cast<T>(n.i) : static_cast<T>(n.u);
  }
  return fault::none;
}

}}}  // namespace ghl::v0::detail
