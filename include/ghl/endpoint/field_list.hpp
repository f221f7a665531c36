/// The list that fields() makes: its words, and the fields of a base in their place.
#pragma once

#include <ghl/detail/literal.hpp>
#include <ghl/detail/literal_tuple.hpp>
#include <ghl/endpoint/members.hpp>
#include <ghl/endpoint/required.hpp>
#include <ghl/endpoint/type_facts.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

template <class... Fields>
consteval auto fields(Fields... list);

namespace detail {

template <class Owner, class Member>
struct field_word : field_facts {
  using owner_type = Owner;
  using member_type = plain<Member>;
  Member Owner::*member;
};

template <class... Fields>
struct field_list {
  static constexpr std::size_t size = sizeof...(Fields);
  literal_tuple<Fields...> list;
  field_facts facts[size + 1];
  std::string_view repeated;  // the name of a field whose member another field has named
};

// From pointers, since a compiler looks for no conversions of those.
constexpr field_facts facts_of_field(const field_facts* f) noexcept { return *f; }
constexpr field_facts facts_of_field(const volatile void*) noexcept {
  return {{}, {}, nullptr, nullptr, false, field_kind::other};
}
constexpr void forget_place(field_facts* f) noexcept { f->place = nullptr; }
constexpr void forget_place(const volatile void*) noexcept {}

/// The name of the first field whose member another field has named.
constexpr std::string_view repeated_in(const field_facts* list, std::size_t count) noexcept {
  for (std::size_t i = 1; i < count; ++i)
    for (std::size_t k = 0; k < i && list[i].kind == field_kind::field; ++k)
      if (list[k].kind == field_kind::field && list[k].bytes == list[i].bytes &&
          same_type(list[k].owner, list[i].owner) && list[k].place == list[i].place)
        return list[i].name;
  return {};
}

#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-var-template"
#endif

template <class Owner, class Member>
consteval field_word<Owner, Member> field_of(std::string_view name, std::string_view also, Member Owner::*member) {
  return {{name, also, &tag_of<Owner>, &(phantom<Owner>.value.*member), std::is_const_v<Member>,
           field_kind::field, bytes_of<Member>}, member};
}
/// A word of a list that is made, as it was before.
template <class Owner, class Member>
consteval field_word<Owner, Member> with_place(field_word<Owner, Member> word) {
  word.place = &(phantom<Owner>.value.*(word.member));
  return word;
}

#if defined(__clang__)
#pragma clang diagnostic pop
#endif

template <class Field>
consteval Field with_place(Field other) {
  return other;
}

/// Stands in fields() for the fields of a base.
template <class Base>
struct inherited {};
template <class Field>
inline constexpr bool is_inherited = false;
template <class Base>
inline constexpr bool is_inherited<inherited<Base>> = true;

/// Fields, and in the place of each inherit<Base>() those of its Base. (g++ 12 has no use for `this` here.)
template <class... Fields>
struct field_pack {
  literal_tuple<Fields...> list;
};
template <class... A, std::size_t... AtA, class... B, std::size_t... AtB>
consteval field_pack<A..., B...> joined(const field_pack<A...>& a, std::index_sequence<AtA...>,
                                        const field_pack<B...>& b, std::index_sequence<AtB...>) {
  return {{{get<AtA>(a.list)}..., {get<AtB>(b.list)}...}};
}
template <class... Fields, std::size_t... At>
consteval field_pack<Fields...> fields_again(const field_list<Fields...>& made, std::index_sequence<At...>) {
  return {{{with_place(get<At>(made.list))}...}};
}
template <class Field>
consteval field_pack<Field> pack_of(Field field) {
  return {{{field}}};
}
template <class Base>
consteval auto pack_of(inherited<Base>) {
  constexpr auto of_base = Base::fields();
  return fields_again(of_base, std::make_index_sequence<decltype(of_base)::size>{});
}

template <class... Fields, std::size_t... At>
consteval auto list_of(const field_pack<Fields...>& all, std::index_sequence<At...>) {
  return ghl::fields(get<At>(all.list)...);
}
template <class... Done>
consteval auto gathered(const field_pack<Done...>& done) {
  return list_of(done, std::index_sequence_for<Done...>{});
}
template <class... Done, class... Next, class... Rest>
consteval auto gathered(const field_pack<Done...>& done, const field_pack<Next...>& next, const Rest&... rest) {
  return gathered(joined(done, std::index_sequence_for<Done...>{}, next, std::index_sequence_for<Next...>{}), rest...);
}

}  // namespace detail
}}  // namespace ghl::v0
