/// Names in a form that the compilers print: what is wrong stands in the error next to the sentence that says why.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

#if defined(__clang__) && __clang_major__ < 19

/// Older clangs print an array in a template argument as numbers, and characters as characters.
template <char... Name>
struct named {};

template <class Source, std::size_t... I>
named<Source::text[I]...> name_of(std::index_sequence<I...>);

/// The type named<…> of `Source::text`.
template <class Source>
using named_by = decltype(name_of<Source>(std::make_index_sequence<Source::text.size()>{}));

#else

template <std::size_t N>
struct characters {
  char text[N + 1] = {};
  constexpr explicit characters(std::string_view from) noexcept {
    for (std::size_t i = 0; i < N; ++i) text[i] = from[i];
    text[N] = '\0';  // for clang 19: where eight characters were written and this was not, it prints numbers
  }
};

template <characters Name>
struct named {};

/// The type named<…> of `Source::text`.
template <class Source>
using named_by = named<characters<Source::text.size()>{Source::text}>;

#endif

/// A condition that is printed with what it is about: `static_assert(holds<is_it, named_by<…>>, "ghl: …")`.
template <bool Condition, class... About>
inline constexpr bool holds = Condition;

}}}  // namespace ghl::v0::detail
