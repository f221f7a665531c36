/// The description of a struct for JSON: which member stands under which name on the wire.
#pragma once

#include <ghl/detail/literal.hpp>
#include <ghl/detail/literal_tuple.hpp>
#include <ghl/endpoint/conversions.hpp>
#include <ghl/endpoint/diagnosis.hpp>
#include <ghl/endpoint/enum_names.hpp>
#include <ghl/endpoint/field_list.hpp>
#include <ghl/endpoint/members.hpp>
#include <ghl/endpoint/open_enum.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/endpoint/type_facts.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

/// One member and its name, spelled as on the wire. A std::optional member may be absent or null; any other is
/// required.
template <class Owner, detail::object Member>
consteval detail::field_word<Owner, Member> field(const char* name, Member Owner::*member) {
  return detail::field_of(detail::text_of(name), {}, member);
}

/// A second name under which the server sends the same member; see the field() that takes it.
struct also {
  std::string_view name;
};

/// An optional member that is read under either name and written under the first.
template <class Owner, detail::object Member>
consteval detail::field_word<Owner, Member> field(const char* name, Member Owner::*member, also second) {
  static_assert(requires(Member m) { m.reset(); }, "ghl: only a std::optional member may have a second spelling");
  return detail::field_of(detail::text_of(name), second.name, member);
}

/// For the sentence about other arguments.
template <class... Arguments>
consteval detail::field_facts field(const Arguments&...) {
  return {{}, {}, nullptr, nullptr, false, detail::field_kind::misused};
}

/// Purpose: describes a struct, in its static member function `fields()`. Every JSON policy works from the description;
/// a new struct needs no further code.
/// Example:
///     struct contact {
///       std::string id;
///       std::optional<std::string> first_name;
///       static consteval auto fields() {
///         return ghl::fields(ghl::field("id", &contact::id), ghl::field("firstName", &contact::first_name));
///       }
///     };
template <class... Fields>
consteval auto fields(Fields... list) {
  if constexpr ((detail::is_inherited<Fields> || ...)) {
    return detail::gathered(detail::field_pack<>{}, detail::pack_of(list)...);
  } else {
    const detail::field_facts facts[] = {detail::facts_of_field(&list)..., {}};
    const std::string_view repeated = detail::repeated_in(facts, sizeof...(Fields));
    (detail::forget_place(&list), ...);
    return detail::field_list<Fields...>{{{list}...}, {detail::facts_of_field(&list)..., {}}, repeated};
  }
}

/// The fields of a base, in the fields() of a struct that inherits it:
/// `ghl::fields(ghl::inherit<base>(), ghl::field("text", &derived::text))`.
template <described Base>
consteval detail::inherited<Base> inherit() {
  return {};
}

/// The description of T, as a constant.
template <described T>
inline constexpr auto fields_of = T::fields();

/// Calls `f(field)` for every field of T in order; the field has `name`, `also` and `member`.
template <described T, class F>
constexpr void for_each_field(F&& f) {
  [&]<std::size_t... At>(std::index_sequence<At...>) {
    (static_cast<void>(f(detail::get<At>(fields_of<T>.list))), ...);
  }(std::make_index_sequence<decltype(T::fields())::size>{});
}

namespace detail {

template <class T>
constexpr type_facts facts_of_type() noexcept;

/// The functions that know the types of the fields. They may not be named before fields() has returned: a struct that
/// holds a vector of itself would be looked at before it is described.
template <class Field>
struct facts_of_member {
  static constexpr type_facts (*facts)() = nullptr;
};
template <class Owner, class Member>
struct facts_of_member<field_word<Owner, Member>> {
  static constexpr type_facts (*facts)() = &facts_of_type<plain<Member>>;
};
template <class List>
struct types_in;
template <class... Fields>
struct types_in<field_list<Fields...>> {
  static constexpr type_facts (*all[])() = {facts_of_member<Fields>::facts..., nullptr};
};

template <class T>
concept constant_fields = requires { typename constant<(static_cast<void>(T::fields()), true)>; };

/// Whether all of them are fields with a name, of members of that struct itself.
constexpr bool are_plain(const field_facts* list, std::size_t count, const char* tag) noexcept {
  for (std::size_t i = 0; i < count; ++i)
    if (list[i].kind != field_kind::field || list[i].name.empty() || !same_type(list[i].owner, tag)) return false;
  return true;
}

/// The room that they take up.
constexpr std::size_t bytes_of_members(const field_facts* list, std::size_t count) noexcept {
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < count; ++i) bytes += list[i].bytes;
  return bytes;
}

/// What is wrong with a struct that has bases, or members that are no fields.
template <class T, class... Fields>
consteval finding fault_of_struct(const field_list<Fields...>& described_as) {
  for (std::size_t i = 0; i < sizeof...(Fields); ++i) {
    if (described_as.facts[i].kind == field_kind::other) return {diagnosis::no_field, name_of_type<T>()};
    if (described_as.facts[i].kind == field_kind::misused) return {diagnosis::field_arguments, name_of_type<T>()};
    if (described_as.facts[i].name.empty()) return {diagnosis::unnamed_field, name_of_type<T>()};
  }
  if constexpr ((names_member<Fields> && ...)) {
    const bool own[] = {std::is_convertible_v<T*, typename Fields::owner_type*>..., true};
    for (std::size_t i = 0; i < sizeof...(Fields); ++i)
      if (!own[i]) return {diagnosis::foreign_field, described_as.facts[i].name};
    if constexpr ((std::is_convertible_v<T*, typename Fields::owner_type*> && ...))
      if (const std::string_view name = forgetful<T, mention_of<Fields>...>(); !name.empty())
        return {diagnosis::forgotten_member, name};
  }
  return {};
}

/// Why JSON has no values of a type.
template <class T>
constexpr diagnosis why_unreadable() noexcept {
  if constexpr (requires { typename T::mapped_type; }) return diagnosis::map_key;
  else if constexpr (mentions_fields<T>) return diagnosis::unusable_fields;
  else return diagnosis::none;
}

template <class T>
constexpr type_facts facts_of_type() noexcept {
  if constexpr (has_json_as<T>) {
    if constexpr (constexpr finding wrong = fault_of_conversion<T>(); wrong.what != diagnosis::none)
      return {false, false, nullptr, nullptr, nullptr, 0, true, wrong};
    else return facts_of_type<known_type<T>>();
  } else if constexpr (is_optional<T> || is_nullable<T> || is_vector<T>) {
    return facts_of_type<typename T::value_type>();
  } else if constexpr (described<T>) {
    if constexpr (!constant_fields<T>) {
      return {false, false, nullptr, nullptr, nullptr, 0, true, {diagnosis::inconstant_fields, name_of_type<T>()}};
    } else {
      constexpr auto& described_as = fields_of<T>;
      using list = std::remove_cvref_t<decltype(described_as)>;
      constexpr std::size_t count = list::size;
      type_facts facts{true, true, &tag_of<T>, described_as.facts, types_in<list>::all, count,
                       std::is_default_constructible_v<T>};
      if constexpr (std::is_union_v<T>) facts.wrong = {diagnosis::union_fields, name_of_type<T>()};
      else if (!described_as.repeated.empty()) facts.wrong = {diagnosis::repeated_field_member, described_as.repeated};
      else if constexpr (has_more_members_than<T, count, bytes_of_members(described_as.facts, count)> ||
                         !are_plain(described_as.facts, count, &tag_of<T>))
        facts.wrong = fault_of_struct<T>(described_as);
      return facts;
    }
  } else if constexpr (string_map<T>) {
    return facts_of_type<typename T::mapped_type>();
  } else if constexpr (json_readable<T>) {
    return {true};
  } else {
    type_facts facts{false};
    if constexpr (std::is_enum_v<T>) facts.wrong = fault_of_conversion<T>();
    else facts.wrong = {why_unreadable<T>(), name_of_type<T>()};
    return facts;
  }
}

}  // namespace detail
}}  // namespace ghl::v0
