/// The names that an enumeration of a user's own has on the wire.
#pragma once

#include <ghl/detail/literal.hpp>
#include <ghl/endpoint/json_as.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace ghl { inline namespace v0 {

namespace detail {

template <class E>
struct enum_name {
  std::string_view text;
  E value;
  bool others = false;  // stands for all names that have no value
};

template <class E, std::size_t Count>
struct enum_name_list {
  std::array<enum_name<E>, Count> list;
};

struct no_names {};

/// Whether each is true. No fold: a clang refuses one of more than 256 arguments, and a list of regions is longer.
constexpr bool are_all(std::initializer_list<bool> facts) noexcept {
  for (const bool fact : facts)
    if (!fact) return false;
  return true;
}

}  // namespace detail

/// One value of an enumeration and its name on the wire; see enum_names.
template <class E>
  requires std::is_enum_v<E>
consteval detail::enum_name<E> name(const char* text, E value) {
  return {detail::text_of(text), value};
}
/// The value that a name without a value of its own is read as; see enum_names.
template <class E>
  requires std::is_enum_v<E>
consteval detail::enum_name<E> any_other_name(E value) {
  return {{}, value, true};
}

/// The names of an enumeration: see enum_names.
template <class E, class... More>
  requires(std::same_as<detail::enum_name<E>, More> && ...)
consteval auto names(detail::enum_name<E> first, More... more) {
  return detail::enum_name_list<E, 1 + sizeof...(More)>{{first, more...}};
}
/// The texts of an open set: see open_enum.
template <class... Texts>
  requires(sizeof...(Texts) > 0 && detail::are_all({std::convertible_to<const Texts&, std::string_view>...}))
constexpr auto names(const Texts&... texts) {
  return std::array<std::string_view, sizeof...(Texts)>{std::string_view{texts}...};
}

/// Purpose: makes an enumeration of yours a member of requests, responses and bodies, written as its names.
/// Example:
///     enum class status { open, won, unknown };
///     template <>
///     inline constexpr auto ghl::enum_names<status> =
///         ghl::names(ghl::name("open", status::open), ghl::name("won", status::won),
///                    ghl::any_other_name(status::unknown));
/// Errors: a name that the list lacks is fault::wrong_value, with its place and the name; not so with any_other_name(),
/// which takes it, and forgets what it was. A value without a name is not sent. The same name or value twice does not
/// compile. Where a value that is not known yet is to be kept and sent back, use ghl::open_enum.
/// The names stand before the first use of the type.
template <class E>
inline constexpr detail::no_names enum_names{};

namespace detail {

template <class E, class Names>
inline constexpr bool are_names_of = false;
template <class E, std::size_t Count>
inline constexpr bool are_names_of<E, enum_name_list<E, Count>> = true;

/// An enumeration with names of its values.
template <class E>
concept named_enum = std::is_enum_v<E> && are_names_of<E, std::remove_cvref_t<decltype(enum_names<E>)>>;

/// The first name that is empty or that stands there twice, or whose value does.
enum class names_fault : unsigned char { none, empty, name_twice, value_twice, others_twice };
template <class E, std::size_t Count>
constexpr names_fault fault_of_names(const enum_name_list<E, Count>& names) noexcept {
  for (std::size_t i = 0; i < Count; ++i) {
    const enum_name<E>& n = names.list[i];
    if (!n.others && n.text.empty()) return names_fault::empty;
    for (std::size_t k = 0; k < i; ++k) {
      const enum_name<E>& earlier = names.list[k];
      if (n.others != earlier.others) continue;
      if (n.others) return names_fault::others_twice;
      if (n.text == earlier.text) return names_fault::name_twice;
      if (n.value == earlier.value) return names_fault::value_twice;
    }
  }
  return names_fault::none;
}

}  // namespace detail

template <detail::named_enum E>
struct json_as<E> {
  using type = std::string;

  static std::optional<E> from(std::string_view text) noexcept {
    std::optional<E> others;
    for (const detail::enum_name<E>& n : enum_names<E>.list) {
      if (n.others) others = n.value;
      else if (n.text == text) return n.value;
    }
    return others;
  }
  static std::optional<std::string_view> to(E value) noexcept {
    for (const detail::enum_name<E>& n : enum_names<E>.list)
      if (!n.others && n.value == value) return n.text;
    return std::nullopt;
  }
};

}}  // namespace ghl::v0
