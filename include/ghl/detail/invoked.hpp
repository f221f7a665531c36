/// std::invoke for one argument, without <functional>.
#pragma once

#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// What `f(from)` gives, where `f` may be a pointer to a member of `from`, or of what `from` points to.
template <class F, class From>
constexpr std::invoke_result_t<F, From> invoked(F&& f, From&& from) {
  using plain = std::remove_cvref_t<F>;
  if constexpr (std::is_member_object_pointer_v<plain>) {
    if constexpr (requires { std::forward<From>(from).*f; }) return std::forward<From>(from).*f;
    else return (*std::forward<From>(from)).*f;
  } else if constexpr (std::is_member_function_pointer_v<plain>) {
    if constexpr (requires { (std::forward<From>(from).*f)(); }) return (std::forward<From>(from).*f)();
    else return ((*std::forward<From>(from)).*f)();
  } else {
    return std::forward<F>(f)(std::forward<From>(from));
  }
}

}}}  // namespace ghl::v0::detail
