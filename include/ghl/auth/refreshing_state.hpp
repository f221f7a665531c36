/// What copies of a ghl::refreshing_token share: the user's functions, and what is done with them.
#pragma once

#include <ghl/auth/held_lease.hpp>
#include <ghl/auth/refresh_coordinator.hpp>
#include <ghl/auth/refresh_words.hpp>
#include <ghl/auth/token_functions.hpp>
#include <ghl/operation/step.hpp>
#include <ghl/policy/call_limits.hpp>
#include <ghl/policy/credential.hpp>
#include <ghl/runner/clock.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/secret.hpp>
#include <ghl/value/token_pair.hpp>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// The members are those of ghl::refreshing_token, which documents them.
template <class Load, class Refresh, class Store, class Lock>
class refreshing_state {
  static constexpr bool stores = !std::same_as<Store, no_store>;
  /// Whether a pair in an error of `refresh` is one of this credential; else it is that of another one, below it.
  static constexpr bool takes_over = !requires { requires !std::bool_constant<Refresh::hands_over_own_pairs>::value; };
  using visit = refresh_coordinator::visit;

 public:
  refreshing_state(Load&& l, Refresh&& r, Store&& s, storing<Store> way, Lock&& by, std::optional<milliseconds> ahead)
      : load_(std::move(l)), refresh_(std::move(r)), store_(std::move(s)), try_to_store_(way), lock_(std::move(by)),
        flight_(ahead) {
    if constexpr (!std::same_as<Lock, no_lock>)
      flight_.unlock_with(&lock_, [](void* held) noexcept { static_cast<Lock*>(held)->release(); });
  }

  [[nodiscard]] refresh_coordinator& flight() noexcept { return flight_; }

  result<std::string> first_token() {
    for (;; sleep_for(milliseconds{2})) {
      refresh_lease lease = flight_.first_use(now());
      if (lease.what == refresh_lease::superseded) return std::move(lease.token);
      if (lease.what == refresh_lease::failed) return *std::move(lease.why);
      if (lease.what != refresh_lease::leader) continue;
      const lease_end ends{flight_};
      const visit inside{flight_};
      return flight_.loaded(load({}), now());
    }
  }

  /// `refused`: nothing: before a call.
  refresh_lease begin(const std::string_view* refused, const call_limits& limits) {
    refresh_lease lease = flight_.begin(refused, now());
    if (lease.what != refresh_lease::leader) return lease;
    lease_end ends{flight_};
    const visit inside{flight_};
    if (!lock_.acquire()) {  // another process has it: who has no token waits
      lease.what = lease.token.empty() ? refresh_lease::follower : refresh_lease::superseded;
      return lease;
    }
    if (const token_pair* const owed = flight_.owed())
      if (std::optional<error> failed = settle(*owed, limits, !stores))
        return {refresh_lease::failed, {}, {}, std::move(failed)};
    refresh_lease found = flight_.looked(load(limits), now());
    found.took_time = true;
    if (found.what == refresh_lease::leader) ends.keep();
    return found;
  }

  template <class... Completion>
  decltype(auto) refresh_with(const token_pair& old, Completion&&... done) {
    if constexpr (sizeof...(Completion) == 0 && refreshes_and_waits<Refresh>) {
      const visit inside{flight_};
      return refresh_(old);
    } else {
      return refresh_(old, std::forward<Completion>(done)...);
    }
  }

  result<std::string> end(result<token_pair>&& answer, const call_limits& limits) {
    const lease_end ends{flight_};
    if (!answer) return end_failed(std::move(answer.error()), limits);
    const bool complete = !answer->access_token.reveal().empty();
    const bool is_pair = !answer->refresh_token.reveal().empty();
    const token_pair& fresh = flight_.refreshed(*std::move(answer), now());
    if (!complete) {
      error e = invalid_request(fault::empty_token, "the refreshed token");
      if (is_pair) e.unsaved_tokens.push_back({secret{}, fresh.refresh_token});
      flight_.settled(false);
      return e;
    }
    if (std::optional<error> failed = settle(fresh, limits)) return *std::move(failed);
    return fresh.access_token.reveal();
  }

 private:
  static clock_sample now() noexcept { return sample<clock_sample>(); }
  [[gnu::noinline]] result<token_pair> load(const call_limits& limits) { return call_within(load_, limits); }

  /// Stores the pair in memory; where that fails, or it is to be handed over, the error has it. By the leader.
  std::optional<error> settle(const token_pair& fresh, const call_limits& limits, bool hand_over = false) {
    const visit inside{flight_};
    const std::optional<std::string> why = try_to_store_(store_, fresh, limits);
    std::optional<error> failed;
    if (why || hand_over) {
      failed = invalid_request(fault::tokens_not_stored, "the refreshed tokens", why.value_or(std::string{}));
      failed->unsaved_tokens.push_back(fresh);
      flight_.tidy(*failed);
    }
    flight_.settled(stores && !why);
    return failed;
  }

  result<std::string> end_failed(error&& why, const call_limits& limits) {
    flight_.tidy(why);
    const bool has_pair = !why.unsaved_tokens.empty();
    if (has_pair && !takes_over) return std::move(why);
    if (has_pair) {
      take_over(why);
    } else {
      const visit inside{flight_};
      if (std::optional<std::string> token = flight_.newer_after_all(load(limits))) return *std::move(token);
    }
    flight_.remember(why, now());  // for those whose token is still the refused one; may need memory
    if (has_pair) flight_.settled(false);
    return std::move(why);
  }

  /// The pair in an error is used from now on. Where there is no memory for a copy, this object keeps it, and the next
  /// call hands it over. A token of the wrong kind is not used; the refresh token beside it is the only one left.
  void take_over(error& why) {
    struct on_its_way {
      refresh_coordinator& flight;
      token_pair* pair;
      bool usable;
      on_its_way(refresh_coordinator& to, token_pair& from, bool right) noexcept
          : flight(to), pair(&from), usable(right) {}
      on_its_way(const on_its_way&) = delete;
      on_its_way& operator=(const on_its_way&) = delete;
      ~on_its_way() {
        if (!usable) pair->access_token = {};
        flight.refreshed(std::move(*pair), now());
      }
    };
    token_pair copy;
    {
      on_its_way to_memory{flight_, why.unsaved_tokens.back(), why.fault != fault::other_token_type};
      copy = why.unsaved_tokens.back();
      to_memory.pair = &copy;
    }
  }

  Load load_;
  Refresh refresh_;
  Store store_;
  storing<Store> try_to_store_;
  Lock lock_;
  refresh_coordinator flight_;
};

}}}  // namespace ghl::v0::detail
