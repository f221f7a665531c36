/// A type of a user's own in JSON, queries, paths and forms: the one extension point.
#pragma once

#include <ghl/value/fault.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

/// Purpose: makes any type a member of a request, a response or a body: an id class, a money class, a string of another
/// library. Specialise it with
///   type          the type that stands on the wire instead, which is one that is known: std::string, a number, bool, a
///                 std::optional, std::vector or map, a struct with fields(), or a type with a json_as of its own
///   from(type)    static; makes the value. It returns a T, or something like a std::optional<T> or ghl::result<T>,
///                 which is empty for what it refuses
///   to(const T&)  static; makes what is written: a `type`, or something like a std::optional of it, which is empty for
///                 what cannot be written
/// Example:
///     template <>
///     struct ghl::json_as<crm::id> {
///       using type = std::string;
///       static std::optional<crm::id> from(const std::string& text) { return crm::id::parse(text); }
///       static const std::string& to(const crm::id& id) { return id.text(); }
///     };
/// The type must be default-constructible, as the struct that it is a member of. It works in every JSON policy: as a
/// member, in a std::optional, as the element of a vector and of a map; and in ghl::path(), ghl::query(), ghl::header()
/// and forms where its `type` does. Where `type` is a std::optional, an empty one is left out of a body, and the member
/// may be absent from a response.
/// Errors: what `from` or `to` refuses is fault::wrong_value with its place, never a default; if `from` returns a
/// ghl::result, the fault of its error.
/// A specialisation stands before the first use of its type. Thread safety: that of `from` and `to`.
template <class T>
struct json_as;

namespace detail {

/// A type that has a json_as, right or wrong.
template <class T>
concept has_json_as = requires { sizeof(json_as<T>); };
template <class T>
concept has_known_type = has_json_as<T> && requires { typename json_as<T>::type; };

/// What stands on the wire for a T.
template <has_known_type T>
using known_type = typename json_as<T>::type;

template <class Made, class T>
concept makes = std::same_as<std::remove_cvref_t<Made>, T> || requires(Made made) {
  static_cast<bool>(made);
  { *std::move(made) } -> std::convertible_to<T>;
};
template <class T>
concept makes_from_known = has_known_type<T> && requires(known_type<T> known) {
  { json_as<T>::from(std::move(known)) } -> makes<T>;
};

template <class Known, class Made>
concept gives = std::convertible_to<Made, const Known&> ||
                (std::same_as<Known, std::string> && std::convertible_to<Made, std::string_view>);
template <class Known, class Made>
concept gives_or_refuses = gives<Known, Made> || requires(Made made) {
  static_cast<bool>(made);
  requires gives<Known, decltype(*made)>;
};
template <class Made, class Known>
concept known_given = gives_or_refuses<Known, Made>;
template <class T>
concept gives_known = has_known_type<T> && requires(const T& value) {
  { json_as<T>::to(value) } -> known_given<known_type<T>>;
};

/// Makes a value of what was read.
template <has_known_type T>
fault from_known(known_type<T>& known, T& to) {
  auto&& made = json_as<T>::from(std::move(known));
  using made_type = std::remove_cvref_t<decltype(made)>;
  if constexpr (std::same_as<made_type, T>) {
    to = std::forward<decltype(made)>(made);
  } else {
    if (!static_cast<bool>(made)) {
      if constexpr (requires { { made.error().fault } -> std::convertible_to<fault>; })
        if (made.error().fault != fault::none) return made.error().fault;
      return fault::wrong_value;
    }
    to = *std::forward<decltype(made)>(made);
  }
  return fault::none;
}

template <class Known, class Made, class F>
fault given_to(Made&& made, F&& f) {
  if constexpr (std::convertible_to<Made, const Known&>) {
    const Known& known = std::forward<Made>(made);
    return std::forward<F>(f)(known);
  } else {
    const std::string_view text = made;
    const Known known{text};
    return std::forward<F>(f)(known);
  }
}

/// Calls `f` with what stands on the wire for a value, and returns what it returns.
template <has_known_type T, class F>
fault with_known(const T& value, F&& f) {
  using known = known_type<T>;
  auto&& made = json_as<T>::to(value);
  if constexpr (gives<known, decltype(made)>) {
    return given_to<known>(std::forward<decltype(made)>(made), std::forward<F>(f));
  } else {
    if (!static_cast<bool>(made)) return fault::wrong_value;
    return given_to<known>(*made, std::forward<F>(f));
  }
}

}  // namespace detail
}}  // namespace ghl::v0
