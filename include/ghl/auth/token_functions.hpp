/// The user's functions behind a ghl::refreshing_token: what they may look like, and how they are called.
#pragma once

#include <ghl/policy/awaited.hpp>
#include <ghl/policy/call_limits.hpp>
#include <ghl/policy/credential.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/token_pair.hpp>

#include <concepts>
#include <exception>
#include <optional>
#include <string>
#include <type_traits>

namespace ghl { inline namespace v0 { namespace detail {

/// Where nothing is stored by the credential.
struct no_store {
  void operator()(const token_pair&) const noexcept {}
};

/// Where a function is missing, or stands behind an option.
struct no_refresh {};
struct store_behind_words {};

/// Calls `load` or `store`, with the limits of the call where it takes them.
template <class F, class... Pair>
decltype(auto) call_within(F& f, const call_limits& limits, const Pair&... pair)
  requires std::invocable<F&, const Pair&..., const call_limits&> || std::invocable<F&, const Pair&...>
{
  if constexpr (std::invocable<F&, const Pair&..., const call_limits&>) return f(pair..., limits);
  else return f(pair...);
}

template <class F>
concept loads_tokens = requires(F& load, const call_limits& limits) {
  // The pair that the store holds now; an error where it cannot be read.
  { call_within(load, limits) } -> std::convertible_to<result<token_pair>>;
};

template <class F>
concept refreshes_and_waits = requires(F& refresh, const token_pair& old) {
  { refresh(old) } -> std::convertible_to<result<token_pair>>;
};
template <class F>
concept refreshes_tokens = refreshes_and_waits<F> || requires(F& refresh, const token_pair& old) {
  requires awaitable<decltype(refresh(old))>;
} || requires(F& refresh, const token_pair& old, pair_completion done) { refresh(old, done); };

/// What can tell whether it went well: a bool, a ghl::result, a std::expected. A number or a std::error_code is none:
/// its zero is a success as a rule, and false as a bool.
template <class T>
concept outcome = std::is_void_v<T> || std::same_as<std::remove_cvref_t<T>, bool> || requires(const T& done) {
  static_cast<bool>(done);
  done.error();
};
template <class F>
concept stores_tokens = requires(F& store, const token_pair& pair, const call_limits& limits) {
  { call_within(store, limits, pair) } -> outcome;
};

/// Whether they would do in another order.
template <class Load, class Refresh, class Store>
inline constexpr bool are_misplaced =
    !(loads_tokens<Load> && refreshes_tokens<Refresh> && stores_tokens<Store>) &&
    ((loads_tokens<Refresh> && (refreshes_tokens<Load> || refreshes_tokens<Store>)) ||
     (loads_tokens<Store> && (refreshes_tokens<Load> || refreshes_tokens<Refresh>)) ||
     (loads_tokens<Load> && !refreshes_tokens<Refresh> && refreshes_tokens<Store>));

/// What a failed outcome has to say.
template <class Outcome>
std::string reason_of([[maybe_unused]] const Outcome& failed) {
  if constexpr (requires { std::string{failed.error().message()}; }) return std::string{failed.error().message()};
  else if constexpr (requires { std::string{failed.error()}; }) return std::string{failed.error()};
  else return {};
}

/// Stores a pair; the text is what went wrong.
template <class Store>
std::optional<std::string> store_with(Store& store, const token_pair& pair, const call_limits& limits) {
  if constexpr (std::is_void_v<decltype(call_within(store, limits, pair))>) {
    call_within(store, limits, pair);
  } else {
    const auto& done = call_within(store, limits, pair);
    if (!static_cast<bool>(done)) return reason_of(done);
  }
  return std::nullopt;
}
template <class Store>
using storing = std::optional<std::string> (*)(Store&, const token_pair&, const call_limits&);

// What a store throws counts as a failure, since an exception could not hand the pair over. The two have different
// names, and a credential keeps the one of the unit that makes it, so that units with and without exceptions can be
// linked into one program.
#if defined(__cpp_exceptions)
struct catches_what_a_store_throws {
  template <class Store>
  static std::optional<std::string> try_to(Store& store, const token_pair& pair, const call_limits& limits) {
    try {
      return store_with(store, pair, limits);
    } catch (const std::exception& thrown) {
      return std::string{thrown.what()};
    } catch (...) {
      return std::string{};
    }
  }
};
using way_to_store = catches_what_a_store_throws;
#else
struct stores_without_exceptions {
  template <class Store>
  static std::optional<std::string> try_to(Store& store, const token_pair& pair, const call_limits& limits) {
    return store_with(store, pair, limits);
  }
};
using way_to_store = stores_without_exceptions;
#endif

/// Null where an error of the compiler has said why.
template <class Way, class Store>
constexpr storing<Store> storing_in() noexcept {
  if constexpr (stores_tokens<Store>) return &Way::template try_to<Store>;
  else return nullptr;
}

}}}  // namespace ghl::v0::detail
