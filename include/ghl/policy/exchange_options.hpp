/// What the drivers ask of the options of a client that take part in an exchange.
#pragma once

#include <ghl/value/milliseconds.hpp>
#include <ghl/policy/observation.hpp>
#include <ghl/options/option_set.hpp>

#include <concepts>
#include <type_traits>

namespace ghl { inline namespace v0 { namespace detail {

/// An option that holds calls back: see <ghl/throttle.hpp>.
template <class O>
concept gate = requires(const O& option, typename O::place& place, milliseconds now) {
  { option.enter(place, now) } -> std::same_as<milliseconds>;
};
template <class O>
concept observer = requires(const O& option, const observation& seen) { option.observed(seen); };
template <class O>
concept target_observer = observer<O> && requires { requires std::bool_constant<O::wants_target>::value; };

/// The places that a call holds in the lines of its gates. A copy has none of them: what copies a completion calls one
/// of the two, and the other must not stand in the line.
template <class Option>
struct held_place {};
template <gate Option>
struct held_place<Option> {
  typename Option::place place{};

  held_place() = default;
  held_place(const held_place&) noexcept {}
  held_place(held_place&&) noexcept = default;
  held_place& operator=(const held_place&) = delete;
  ~held_place() = default;
};
template <class With>
struct places;
template <class... Options>
struct places<with<Options...>> : held_place<Options>... {
  template <class Option>
  typename Option::place& of() noexcept {
    return static_cast<held_place<Option>&>(*this).place;
  }
};

}}}  // namespace ghl::v0::detail
