/// A look at each attempt of each call: ghl::observe, and all that a client needs to call observers.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/client/retrying.hpp>
#include <ghl/detail/named.hpp>
#include <ghl/options/print_line.hpp>
#include <ghl/policy/observer.hpp>

#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

namespace detail {
struct target_wanted {};
struct no_hook {};
}  // namespace detail

/// Asks ghl::observe for `observation::target`: the identifiers in path and query can be personal data.
inline constexpr detail::target_wanted with_target{};

/// Purpose: calls a hook after each attempt of a call, with plain facts in the words of OpenTelemetry's HTTP
/// conventions. There is no token, no body and no header among them, and no identifier unless `ghl::with_target` asks
/// for it.
/// Example:
///     ghl::client api{transport, json, token, ghl::observe{ghl::print_line{}, ghl::with_target}};
///     ghl::observe{[&](const ghl::observation& seen) { latency.record(seen.duration.count()); }}
/// Any number of them may be given, of different types; a repeated attempt is observed each time.
/// Errors: what the hook throws, the call throws.
/// Lifetime: the hook is kept by value; the texts of the observation end with its call.
/// Thread safety: the hook is called by the thread that runs the attempt, and by several at a time where calls run at
/// the same time; it must allow that.
template <class Hook, class... Asked>
class observe {
  static constexpr bool callable = std::is_invocable_v<const Hook&, const observation&>;
  static_assert(detail::holds<callable, Hook>,
                "ghl: a hook must be callable with const ghl::observation&, and while it is const, since calls may run "
                "at the same time; leave `mutable` out, and catch what it changes by reference");
  static_assert(detail::holds<sizeof...(Asked) <= 1 && (std::is_same_v<Asked, detail::target_wanted> && ...), Asked...>,
                "ghl: after its hook, ghl::observe takes ghl::with_target or nothing");

 public:
  /// Whether `observation::target` is to be filled in.
  static constexpr bool wants_target = sizeof...(Asked) != 0;

  constexpr explicit observe(Hook hook, Asked...) : hook_(std::move(hook)) {}
  /// For the sentence about an observer without a hook.
  observe()
    requires std::is_same_v<Hook, detail::no_hook>;

  /// Called after each attempt.
  void observed(const observation& seen) const {
    if constexpr (callable) static_cast<void>(hook_(seen));
  }

 private:
  [[no_unique_address]] Hook hook_;
};

observe() -> observe<detail::no_hook>;
template <class Hook, class... Asked>
observe(Hook, Asked...) -> observe<Hook, Asked...>;

}}  // namespace ghl::v0
