/// How a struct is described for JSON: which member stands under which name on the wire.
#pragma once

#include <ghl/detail/pack.hpp>
#include <ghl/required.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl::inline v0 {

namespace detail {

template <class Owner, class Member>
struct field_word {
  using owner = Owner;
  using member_type = plain<Member>;
  std::string_view name;
  Member Owner::*member;
  std::string_view also;  // a second spelling, read but never written; empty: none
};

template <class... Fields>
struct field_list {
  static constexpr std::size_t size = sizeof...(Fields);
  pack<Fields...> list;
};

}  // namespace detail

/// One member and its name on the wire, in the wire's own spelling. A std::optional member may be absent or null; any
/// other is required.
template <class Owner, class Member>
consteval auto field(std::string_view name, Member Owner::*member) {
  return detail::field_word<Owner, Member>{name, member, {}};
}

/// A second spelling under which the server sends the same member; see the field() that takes it.
struct also {
  std::string_view name;
};

/// An optional member that is read under either name, and written under the first.
template <class Owner, class Member>
consteval auto field(std::string_view name, Member Owner::*member, also second) {
  static_assert(requires(Member m) { m.reset(); }, "ghl: only a std::optional member may have a second spelling");
  return detail::field_word<Owner, Member>{name, member, second.name};
}

/// Purpose: the description of a struct, given by its static member function `fields()`. Every JSON policy works from
/// it; a new described struct needs no further code.
/// Example:
///     struct contact {
///       std::string id;
///       std::optional<std::string> first_name;
///       static consteval auto fields() {
///         return ghl::fields(ghl::field("id", &contact::id), ghl::field("firstName", &contact::first_name));
///       }
///     };
template <class... Owner, class... Member>
consteval auto fields(detail::field_word<Owner, Member>... list) {
  return detail::field_list<detail::field_word<Owner, Member>...>{detail::make_pack(list...)};
}

/// A struct with `fields()`.
template <class T>
concept described = requires { T::fields().list; };

/// The description of T, as a constant.
template <described T>
inline constexpr auto fields_of = T::fields();

/// Purpose: a text or an array of texts on the wire, as the API's `message`. Always an array here.
struct string_or_strings {
  std::vector<std::string> values;
  friend bool operator==(const string_or_strings&, const string_or_strings&) = default;
};

/// Calls `f(field)` for every field of T in order; the field has `name`, `also` and `member`.
template <described T, class F>
constexpr void for_each_field(F&& f) {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (static_cast<void>(f(detail::get<I>(fields_of<T>.list))), ...);
  }(std::make_index_sequence<decltype(T::fields())::size>{});
}

}  // namespace ghl::inline v0
