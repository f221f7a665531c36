/// The policies that a client was given as options, as one type.
#pragma once

#include <ghl/detail/named.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

namespace detail {

/// A text that differs from type to type. (Two lambdas of one function have the same with some compilers.)
template <class T>
constexpr std::string_view order_of() noexcept {
#if defined(__GNUC__)
  return __PRETTY_FUNCTION__;
#elif defined(_MSC_VER)
  return __FUNCSIG__;
#else
  return {};
#endif
}

// (MSVC pays no attention to the attribute here and elsewhere: an empty member then takes its byte, and no more depends
// on it.)
template <class Option>
struct option_slot {
  [[no_unique_address]] Option option;
};

/// The option of that type among those that were given; without one, its default.
template <class Option>
Option pick() {
  static_assert(holds<std::default_initializable<Option>, Option>,
                "ghl: the type of this client names an option that its constructor was not given; pass it after the "
                "credential");
  if constexpr (std::default_initializable<Option>) return Option{};
}
template <class Option, class First, class... Rest>
Option pick(First& first, Rest&... rest) {
  if constexpr (std::same_as<Option, First>) return std::move(first);
  else return pick<Option>(rest...);
}

struct from_options {};

/// The options in an order of their own, whatever the order in which they were given.
template <class... Options>
struct sorted_options : private option_slot<Options>... {
  sorted_options() = default;
  template <class... Given>
  explicit sorted_options(from_options, [[maybe_unused]] Given&... given)
      : option_slot<Options>{pick<Options>(given...)}... {}

  static constexpr bool empty = sizeof...(Options) == 0;
  template <class Option>
  static constexpr bool has = (std::same_as<Option, Options> || ...);

  template <class Option>
  [[nodiscard]] const Option& get() const noexcept {
    return static_cast<const option_slot<Option>&>(*this).option;
  }
  /// Calls `f(option)` for each of them.
  template <class F>
  void each(F&& f) const {
    (static_cast<void>(f(static_cast<const option_slot<Options>&>(*this).option)), ...);
  }
};

/// Puts one more into its place: behind all that come before it, or are equal.
template <class Option, class Before, class After>
struct inserted;
template <class Option, class... Before>
struct inserted<Option, sorted_options<Before...>, sorted_options<>> {
  using type = sorted_options<Before..., Option>;
};
template <class Option, class... Before, class Next, class... After>
struct inserted<Option, sorted_options<Before...>, sorted_options<Next, After...>>
    : std::conditional_t<(order_of<Option>() < order_of<Next>()),
                         std::type_identity<sorted_options<Before..., Option, Next, After...>>,
                         inserted<Option, sorted_options<Before..., Next>, sorted_options<After...>>> {};

/// All of them in that order, each type once.
template <class Sorted, class... Options>
struct sorted {
  using type = Sorted;
};
template <class Sorted, class First, class... Rest>
struct sorted<Sorted, First, Rest...> : sorted<typename inserted<First, sorted_options<>, Sorted>::type, Rest...> {};
template <class Sorted, class First, class... Rest>
  requires(std::same_as<First, Rest> || ...)
struct sorted<Sorted, First, Rest...> : sorted<Sorted, Rest...> {};

template <class... Options>
inline constexpr bool given_once = true;
template <class First, class... Rest>
inline constexpr bool given_once<First, Rest...> = !(std::same_as<First, Rest> || ...) && given_once<Rest...>;

/// What a client refuses, with a sentence.
template <class... Options>
struct repeated_options {};

template <class... Options>
struct named_options : sorted<sorted_options<>, Options...> {};
template <class... Options>
  requires(!given_once<Options...>)
struct named_options<Options...> {
  using type = repeated_options<Options...>;
};

}  // namespace detail

/// Purpose: the fourth template argument of a client: the policies among its options, in any order: the type is the
/// same. The compiler deduces it; it is to be written where a class has a client for a member.
/// Example: `ghl::client<my_transport, ghl::nlohmann_json, ghl::access_token<>, ghl::option_set<ghl::retry>> api_;`
/// Thread safety: that of the options.
template <class... Options>
using option_set = typename detail::named_options<Options...>::type;

}}  // namespace ghl::v0
