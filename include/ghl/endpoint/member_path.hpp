/// A way to a member: of a struct, of a struct in it, and so on.
#pragma once

#include <ghl/endpoint/members.hpp>
#include <ghl/endpoint/nullable.hpp>
#include <ghl/endpoint/required.hpp>
#include <ghl/endpoint/traits.hpp>

#include <type_traits>

namespace ghl { inline namespace v0 {

namespace detail {

/// T, without what says that it is required, or that it may be absent.
template <class T>
struct held_type {
  using type = T;
};
template <class T>
struct held_type<const T> : held_type<T> {};
template <class T>
struct held_type<required<T>> : held_type<T> {};
template <class T>
  requires(is_optional<T> || is_nullable<T>)
struct held_type<T> : held_type<typename T::value_type> {};
template <class T>
using held = typename held_type<T>::type;

template <class... Members>
struct member_path;
template <class Member, class Owner>
struct member_path<Member Owner::*> {
  using owner = Owner;
  using target = Member;
  Member Owner::*first;
};
template <class Member, class Owner, class... Rest>
struct member_path<Member Owner::*, Rest...> {
  using owner = Owner;
  using target = typename member_path<Rest...>::target;
  Member Owner::*first;
  member_path<Rest...> rest;
};

template <class... Members>
inline constexpr bool are_joined = true;
template <class Member, class Owner, class Next, class Inner, class... Rest>
inline constexpr bool are_joined<Member Owner::*, Next Inner::*, Rest...> =
    std::is_base_of_v<Inner, held<Member>> && are_joined<Next Inner::*, Rest...>;

template <class T>
inline constexpr bool is_member_path = false;
template <class... Members>
inline constexpr bool is_member_path<member_path<Members...>> = true;

/// A pointer to a member, or a path of them.
template <class T>
concept path_like = std::is_member_object_pointer_v<T> || is_member_path<T>;

template <class Member, class Owner>
consteval member_path<Member Owner::*> path_from(Member Owner::*member) {
  return {member};
}
template <class... Members>
consteval member_path<Members...> path_from(const member_path<Members...>& path) {
  return path;
}
template <path_like T>
using path_made_of = decltype(path_from(T{}));

template <class First, class... Rest>
consteval member_path<First, Rest...> path_of_members(First first, Rest... rest) {
  if constexpr (sizeof...(Rest) == 0) return {first};
  else return {first, path_of_members(rest...)};
}

/// The member at the end of a path; null where something on the way is absent.
template <class Path, class Object>
constexpr auto* find_member(const Path& path, Object& object) {
  auto& here = object.*(path.first);
  if constexpr (!requires { path.rest; }) {
    return &here;
  } else if constexpr (is_omittable<plain<typename std::remove_cvref_t<decltype(here)>>>) {
    return here ? find_member(path.rest, *here) : nullptr;
  } else {
    return find_member(path.rest, here);
  }
}
/// The same of an object to write to: what is absent on the way is made, where it can be made of nothing.
template <class Path, class Object>
constexpr auto* reach_member(const Path& path, Object& object) {
  auto& here = object.*(path.first);
  if constexpr (requires { path.rest; }) {
    using member_type = plain<typename std::remove_cvref_t<decltype(here)>>;
    if constexpr (is_omittable<member_type>) {
      using value_type = typename member_type::value_type;
      if constexpr (requires { value_type{}; })
        if (!here) here = value_type{};
      return here ? reach_member(path.rest, *here) : nullptr;
    } else {
      return reach_member(path.rest, here);
    }
  } else {
    return &here;
  }
}

}  // namespace detail

/// Purpose: a member of a member, for a word that takes one: `ghl::member(&response::meta, &meta::next_page)`. A
/// std::optional on the way is looked through.
template <class... Members>
  requires(sizeof...(Members) > 0 && (std::is_member_object_pointer_v<Members> && ...) && detail::are_joined<Members...>)
consteval detail::member_path<Members...> member(Members... members) {
  return detail::path_of_members(members...);
}

}}  // namespace ghl::v0
