/// The description of a struct for JSON: which member stands under which name on the wire.
#pragma once

#include <ghl/detail/literal.hpp>
#include <ghl/detail/literal_tuple.hpp>
#include <ghl/endpoint/conversions.hpp>
#include <ghl/endpoint/enum_names.hpp>
#include <ghl/endpoint/open_enum.hpp>
#include <ghl/endpoint/required.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/endpoint/type_facts.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

namespace detail {

template <class T>
constexpr type_facts facts_of_type() noexcept;

template <class Owner, class Member>
struct field_word : field_facts {
  using member_type = plain<Member>;
  Member Owner::*member;
};

template <class... Fields>
struct field_list {
  static constexpr std::size_t size = sizeof...(Fields);
  literal_tuple<Fields...> list;
  field_facts facts[size + 1];
};

constexpr field_facts facts_of_field(const field_facts& f) noexcept { return f; }
constexpr field_facts facts_of_field(...) noexcept { return {{}, {}, nullptr, nullptr, false}; }

}  // namespace detail

/// One member and its name, spelled as on the wire. A std::optional member may be absent or null; any other is
/// required.
template <class Owner, class Member>
consteval detail::field_word<Owner, Member> field(const char* name, Member Owner::*member) {
  return {{detail::text_of(name), {}, &detail::tag_of<Owner>, &detail::facts_of_type<detail::plain<Member>>}, member};
}

/// A second name under which the server sends the same member; see the field() that takes it.
struct also {
  std::string_view name;
};

/// An optional member that is read under either name and written under the first.
template <class Owner, class Member>
consteval detail::field_word<Owner, Member> field(const char* name, Member Owner::*member, also second) {
  static_assert(requires(Member m) { m.reset(); }, "ghl: only a std::optional member may have a second spelling");
  return {{detail::text_of(name), second.name, &detail::tag_of<Owner>, &detail::facts_of_type<detail::plain<Member>>},
          member};
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
  return detail::field_list<Fields...>{{{list}...}, {detail::facts_of_field(list)..., {}}};
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
constexpr type_facts facts_of_type() noexcept {
  if constexpr (has_json_as<T>) {
    if constexpr (constexpr finding wrong = fault_of_conversion<T>(); wrong.what != diagnosis::none)
      return {false, false, nullptr, nullptr, 0, {}, wrong};
    else return facts_of_type<known_type<T>>();
  } else if constexpr (is_optional<T> || is_nullable<T> || is_vector<T>) {
    return facts_of_type<typename T::value_type>();
  } else if constexpr (string_map<T>) {
    return facts_of_type<typename T::mapped_type>();
  } else if constexpr (described<T>) {
    constexpr auto& described_as = fields_of<T>;
    constexpr std::size_t count = std::remove_cvref_t<decltype(described_as)>::size;
    return {true, true, &tag_of<T>, described_as.facts, count, forgetful<T, count>()};
  } else {
    type_facts facts{json_readable<T>};
    if constexpr (std::is_enum_v<T>) facts.wrong = fault_of_conversion<T>();
    return facts;
  }
}

}  // namespace detail
}}  // namespace ghl::v0
