/// A parameter that cannot be left out of the braces.
#pragma once

#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

/// Purpose: the type of a request struct's member that must be given: a T without a default. `delete_link{}` does not
/// compile, and the error names `required`.
/// Example: `struct delete_link { ghl::required<std::string> link_id; … };  delete_link{.link_id = "x"}`.
/// In everything else it is a T. A plain T is as well for a parameter with a sensible default.
/// Thread safety: that of T.
template <class T>
struct required : T {
  using T::T;
  required() = delete;
  required(T value) : T(std::move(value)) {}
};

/// The same for numbers and bool, which cannot be derived from.
template <class T>
  requires std::is_arithmetic_v<T>
struct required<T> {
  required() = delete;
  constexpr required(T given) noexcept : value(given) {}
  constexpr operator const T&() const noexcept { return value; }
  T value;
};

namespace detail {

template <class T>
struct plain_type {
  using type = T;
};
template <class T>
struct plain_type<required<T>> {
  using type = T;
};
/// T for a required<T>, and for a T.
template <class T>
using plain = typename plain_type<T>::type;

}  // namespace detail
}}  // namespace ghl::v0
