/// The options of a client that take part in the exchange, as one type.
#pragma once

#include <ghl/detail/named.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

/// An option that takes part in the exchange of a call, and not only in its settings: ghl::retry, ghl::throttle,
/// ghl::observe. Such a type says so: `static constexpr bool is_exchange_option = true;`.
template <class Option>
concept exchange_option = requires { requires std::remove_cvref_t<Option>::is_exchange_option; };

namespace detail {

template <class Option>
struct option_slot {
  Option option;
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

struct picked {};

}  // namespace detail

/// Purpose: the fourth template argument of a client: the options that take part in its exchanges, in the order in
/// which they are given. The compiler deduces it; it is to be written where a class has a client for a member.
/// Example: `ghl::client<my_transport, ghl::nlohmann_json, ghl::access_token<>, ghl::with<ghl::retry>> api_;`
/// Thread safety: that of the options.
template <class... Options>
struct with : private detail::option_slot<Options>... {
  static_assert(detail::holds<(exchange_option<Options> && ...), Options...>,
                "ghl: ghl::with<...> names ghl::retry, ghl::throttle and ghl::observe; other options are not part of "
                "the type of a client");

  with() = default;
  template <class... Given>
  explicit with(detail::picked, [[maybe_unused]] Given&... given)
      : detail::option_slot<Options>{detail::pick<Options>(given...)}... {}

  static constexpr bool empty = sizeof...(Options) == 0;
  template <class Option>
  static constexpr bool has = (std::same_as<Option, Options> || ...);

  template <class Option>
  [[nodiscard]] const Option& get() const noexcept {
    return static_cast<const detail::option_slot<Option>&>(*this).option;
  }
  template <class F>
  void each(F&& f) const {
    (f(static_cast<const detail::option_slot<Options>&>(*this).option), ...);
  }
};

namespace detail {

template <class Kept, class... Options>
struct with_among {
  using type = Kept;
};
template <class... Kept, class First, class... Rest>
struct with_among<with<Kept...>, First, Rest...>
    : with_among<std::conditional_t<exchange_option<First>, with<Kept..., First>, with<Kept...>>, Rest...> {};

/// What the options of a constructor make of the type of a client.
template <class... Options>
using with_of = typename with_among<with<>, Options...>::type;

}  // namespace detail
}}  // namespace ghl::v0
