/// A member that must be given when its struct is initialized.
#pragma once

#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

/// Purpose: a T without a default, for the member of a request struct that must be given: `delete_link{}` does not
/// compile, and the error names `required`. In all other respects it is a T.
/// Example: `struct delete_link { ghl::required<std::string> link_id; ... };  delete_link{.link_id = "x"}`.
/// A parameter with a sensible default is a plain T.
/// Thread safety: that of T.
template <class T>
struct required : T {
  using T::T;
  required() = delete;
  required(T value) : T(std::move(value)) {}
};

/// The same for numbers, bool and enumerations, which cannot be base classes.
template <class T>
  requires(std::is_arithmetic_v<T> || std::is_enum_v<T>)
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
/// T, for required<T> and for T itself.
template <class T>
using plain = typename plain_type<T>::type;

}  // namespace detail
}}  // namespace ghl::v0
