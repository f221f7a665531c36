/// A member that must be given when its struct is initialized.
#pragma once

#include <ghl/detail/named.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

namespace detail {

/// A number or bool that is given for a T would come out as another one, or as a yes or no that nobody meant. (As in
/// braces, but for an int, which a literal is.)
template <class T, class Given>
constexpr bool changes_value() noexcept {
  if constexpr (std::is_same_v<T, bool>) return !std::is_same_v<Given, bool>;
  else if constexpr (std::is_same_v<Given, bool>) return true;
  else if constexpr (std::is_floating_point_v<T>) return false;
  else return std::is_floating_point_v<Given> || (sizeof(Given) > sizeof(T) && !std::is_same_v<Given, int>);
}
template <class Given, class T>
concept no_value_for = (std::is_arithmetic_v<Given> && changes_value<T, Given>()) ||
                       (std::is_same_v<T, bool> && std::is_pointer_v<Given>) || std::is_same_v<Given, std::nullptr_t>;

}  // namespace detail

/// Purpose: a T without a default, for the member of a request struct that must be given: `delete_link{}` does not
/// compile, and the error names `required`. In all other respects it is a T.
/// Example: `struct delete_link { ghl::required<std::string> link_id; ... };  delete_link{.link_id = "x"}`.
/// A parameter with a sensible default is a plain T.
/// Errors: a `const char*` that is null (an environment variable that is not set) is an empty text, which a call
/// refuses by the name of the parameter; a nullptr does not compile, and so does a number that would be cut.
/// Thread safety: that of T.
template <class T>
struct required : T {
  using T::T;
  required() = delete;
  required(T value) : T(std::move(value)) {}
  required(const char* text)
    requires std::same_as<T, std::string>
      : T(text != nullptr ? text : "") {}
  template <std::same_as<std::nullptr_t> Null>
  required(Null) : T() {
    static_assert(detail::holds<false && sizeof(Null) != 0, T>,
                  "ghl: a required member is given a nullptr; give it a value, or make it std::optional");
  }
};

/// The same for numbers, bool and enumerations, which cannot be base classes.
template <class T>
  requires(std::is_arithmetic_v<T> || std::is_enum_v<T>)
struct required<T> {
  required() = delete;
  constexpr required(T given) noexcept : value(given) {}
  template <detail::no_value_for<T> Given>
  constexpr required(Given) noexcept : value() {
    static_assert(detail::holds<!detail::no_value_for<Given, T>, T, Given>,
                  "ghl: a required member is given a value of a type that could change in it; give it one of its own "
                  "type, with a static_cast if you mean that");
  }
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
template <class T>
struct plain_type<const T> : plain_type<T> {};
/// T, for required<T> and for T itself, const or not.
template <class T>
using plain = typename plain_type<T>::type;

}  // namespace detail
}}  // namespace ghl::v0
