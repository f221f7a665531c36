/// What may follow the functions of a ghl::refreshing_token, beside the facts of its token.
#pragma once

#include <ghl/auth/tokens.hpp>
#include <ghl/detail/named.hpp>
#include <ghl/value/milliseconds.hpp>

#include <concepts>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

namespace detail {

template <class L>
concept lock_to_try = requires(L& lock) {
  { lock.try_lock() } -> std::convertible_to<bool>;
  lock.unlock();
};
template <class L>
concept lock_to_wait_for = requires(L& lock) {
  lock.lock();
  lock.unlock();
};
template <class L>
concept lock_by_guard = std::is_invocable_v<L&> && std::is_object_v<std::invoke_result_t<L&>>;
template <class L>
concept any_lock = lock_to_try<L> || lock_to_wait_for<L> || lock_by_guard<L>;

/// The lock itself, where a std::reference_wrapper is given.
template <class L>
auto& unwrapped_lock(L& by) noexcept {
  if constexpr (requires { static_cast<typename L::type&>(by.get()); }) return by.get();
  else return by;
}
template <class L>
using unwrapped_lock_of = std::remove_reference_t<decltype(unwrapped_lock(std::declval<L&>()))>;

}  // namespace detail

/// How a ghl::refreshing_token refreshes: `ghl::refresh_options{.ahead = 5min}`.
struct refresh_options {
  /// How long before its end a token is refreshed, by the first call that comes then, instead of after the API has
  /// refused it; at most half of what it lives. A few minutes, for tokens that live for a day. Nothing: the API's
  /// answer decides alone.
  std::optional<milliseconds> ahead{};
};

/// Purpose: a lock that several processes (or machines) with one store share, so that one of them refreshes at a time:
/// a row of a database, a file. It is held from before the store is looked at until the new pair is stored.
/// Example: `ghl::refresh_lock{std::ref(row)}`; examples/16_two_processes_one_store.cpp has one on SQLite.
/// A lock is one of these; what it throws passes through the call, but `unlock` must not throw:
/// - `bool try_lock()` and `unlock()`: asked again each 10 ms, within the deadline of the call.
/// - `lock()` and `unlock()`: waits in the thread of the call, and keeps to no deadline.
/// - a callable that returns something that unlocks where it is destroyed; one that is false (an empty std::optional,
///   std::unique_lock, pointer) has not got the lock, and is asked for again.
/// Thread safety: used by one call at a time. An asynchronous call may unlock in another thread than it has locked in,
/// which std::mutex does not allow.
template <class Lock>
struct refresh_lock {
  static_assert(detail::holds<detail::any_lock<detail::unwrapped_lock_of<Lock>>, Lock>,
                "ghl: the lock of ghl::refresh_lock has try_lock() or lock(), and unlock(), or is a callable that "
                "returns a guard; copy examples/16_two_processes_one_store.cpp");

  Lock lock;
  explicit refresh_lock(Lock by) : lock(std::move(by)) {}
};

namespace detail {

template <class T>
inline constexpr bool is_refresh_lock = false;
template <class Lock>
inline constexpr bool is_refresh_lock<refresh_lock<Lock>> = true;
template <class T>
inline constexpr bool is_refresh_word = is_fact<T> || is_refresh_lock<T> || std::same_as<T, refresh_options>;

/// The facts among the words.
template <class Facts, class... Words>
struct facts_among {
  using type = Facts;
};
template <class... Facts, class First, class... Rest>
struct facts_among<known_facts<Facts...>, First, Rest...>
    : std::conditional_t<std::same_as<First, refresh_options> || is_refresh_lock<First>,
                         facts_among<known_facts<Facts...>, Rest...>,
                         facts_among<known_facts<Facts..., First>, Rest...>> {};

/// The lock of the user, as a lease has it.
template <class L>
class held_lock {
  using lock_type = unwrapped_lock_of<L>;
  static constexpr bool guards = !lock_to_try<lock_type> && !lock_to_wait_for<lock_type> && lock_by_guard<lock_type>;
  template <bool, class T>
  struct kept {
    bool is = false;
  };
  template <class T>
  struct kept<true, T> {
    std::optional<std::invoke_result_t<T&>> is{};
  };

 public:
  explicit held_lock(refresh_lock<L>&& by) : by_(std::move(by.lock)) {}

  /// Whether it could be had.
  bool acquire() {
    lock_type& lock = unwrapped_lock(by_);
    if constexpr (guards) {
      held_.is.emplace(lock());
      if constexpr (std::is_constructible_v<bool, const std::invoke_result_t<lock_type&>&>)
        if (!static_cast<bool>(std::as_const(*held_.is))) held_.is.reset();
      return held_.is.has_value();
    } else if constexpr (lock_to_try<lock_type>) {
      return held_.is = lock.try_lock();
    } else {
      if constexpr (lock_to_wait_for<lock_type>) lock.lock();
      return held_.is = true;
    }
  }
  /// Where it is held.
  void release() noexcept {
    if constexpr (guards) {
      held_.is.reset();
    } else {
      const bool held = std::exchange(held_.is, false);
      if constexpr (any_lock<lock_type>)
        if (held) unwrapped_lock(by_).unlock();
    }
  }

 private:
  L by_;
  kept<guards, lock_type> held_{};
};

/// Where there is none.
struct no_lock {
  static constexpr bool acquire() noexcept { return true; }
  static constexpr void release() noexcept {}
};

template <class... Words>
struct lock_among {
  using type = no_lock;
  static no_lock made_of(Words&&...) noexcept { return {}; }
};
template <class Lock, class... Rest>
struct lock_among<refresh_lock<Lock>, Rest...> {
  using type = held_lock<Lock>;
  static type made_of(refresh_lock<Lock>&& lock, Rest&&...) { return type{std::move(lock)}; }
};
template <class First, class... Rest>
struct lock_among<First, Rest...> {
  using type = typename lock_among<Rest...>::type;
  static type made_of(First&&, Rest&&... rest) { return lock_among<Rest...>::made_of(std::move(rest)...); }
};

/// The time ahead among the words.
constexpr std::optional<milliseconds> ahead_among() noexcept { return std::nullopt; }
template <class First, class... Rest>
constexpr std::optional<milliseconds> ahead_among(const First& first, const Rest&... rest) noexcept {
  if constexpr (std::same_as<First, refresh_options>) return first.ahead;
  else return ahead_among(rest...);
}

}  // namespace detail
}}  // namespace ghl::v0
