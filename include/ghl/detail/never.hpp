/// A false that depends on a type, for an assertion in a branch that must not be taken.
#pragma once

namespace ghl::inline v0::detail {

template <class>
inline constexpr bool never = false;

}  // namespace ghl::inline v0::detail
