/// Names that a compiler prints: they put the culprit into the error message, beside the sentence that explains it.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

#if defined(__clang__) && __clang_major__ < 19

/// clang before 19 prints an array in a template argument as numbers, but a pack of characters as characters.
template <char... Name>
struct named {};

template <class Source, std::size_t... At>
named<Source::text[At]...> name_of(std::index_sequence<At...>);

/// The type named<...> of `Source::text`.
template <class Source>
using named_by = decltype(name_of<Source>(std::make_index_sequence<Source::text.size()>{}));

#else

template <std::size_t N>
struct characters {
  char text[N + 1] = {};
  constexpr explicit characters(std::string_view from) noexcept {
    for (std::size_t i = 0; i < N; ++i) text[i] = from[i];
    text[N] = '\0';  // unless this is written too, clang 19 prints eight characters as numbers
  }
};

template <characters Name>
struct named {};

/// The type named<...> of `Source::text`.
template <class Source>
using named_by = named<characters<Source::text.size()>{Source::text}>;

#endif

#if !defined(__clang__)

template <std::size_t N>
struct sentence {
  char text[N] = {};
  constexpr sentence(const char (&from)[N]) noexcept {  // implicit: because<"a literal">
    for (std::size_t i = 0; i < N; ++i) text[i] = from[i];
  }
};

/// Says why a function is deleted, as a template argument of it: a compiler names those when it is called. (clang does
/// not, and has an attribute for it.)
template <sentence Why>
struct because {};

#endif

/// A condition whose subject is printed when it fails: `static_assert(holds<is_it, named_by<...>>, "ghl: ...")`.
template <bool Condition, class... About>
inline constexpr bool holds = Condition;

}}}  // namespace ghl::v0::detail
