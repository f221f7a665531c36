/// A false that depends on a type: for a static_assert in a branch that is wrong whenever it is instantiated.
#pragma once

namespace ghl { inline namespace v0 { namespace detail {

template <class>
inline constexpr bool always_false = false;

}}}  // namespace ghl::v0::detail
