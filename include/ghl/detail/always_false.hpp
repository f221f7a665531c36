/// A false that depends on a type, for an assertion in a branch that must not be taken.
#pragma once

namespace ghl { inline namespace v0 { namespace detail {

template <class>
inline constexpr bool always_false = false;

}}}  // namespace ghl::v0::detail
