/// A token that is refreshed when the API says that it has expired.
#pragma once

#include <ghl/auth/held_lease.hpp>
#include <ghl/auth/refresh_coordinator.hpp>
#include <ghl/auth/tokens.hpp>
#include <ghl/client/retrying.hpp>
#include <ghl/detail/named.hpp>
#include <ghl/policy/awaited.hpp>
#include <ghl/policy/credential.hpp>
#include <ghl/value/endpoint_facts.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/secret.hpp>

#include <concepts>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

namespace detail {

/// Where nothing is stored by the credential.
struct no_store {
  void operator()(const token_pair&) const noexcept {}
};

template <class F>
concept loads_tokens = requires(F& load) {
  // The pair that the store holds now; an error where it cannot be read.
  { load() } -> std::convertible_to<result<token_pair>>;
};

template <class F>
concept refreshes_and_waits = requires(F& refresh, const token_pair& old) {
  { refresh(old) } -> std::convertible_to<result<token_pair>>;
};
template <class F>
concept refreshes_tokens = refreshes_and_waits<F> || requires(F& refresh, const token_pair& old) {
  requires awaitable<decltype(refresh(old))>;
} || requires(F& refresh, const token_pair& old, pair_completion done) { refresh(old, done); };

/// What can tell whether it went well: a bool, a ghl::result, a std::expected.
template <class T>
concept outcome = std::is_void_v<T> || requires(const T& done) { static_cast<bool>(done); };
template <class F>
concept stores_tokens = requires(F& store, const token_pair& pair) {
  { store(pair) } -> outcome;
};

/// What a failed outcome has to say.
template <class Outcome>
std::string reason_of([[maybe_unused]] const Outcome& failed) {
  if constexpr (requires { std::string{failed.error().message()}; }) return std::string{failed.error().message()};
  else if constexpr (requires { std::string{failed.error()}; }) return std::string{failed.error()};
  else return {};
}

/// Stores a pair; the text is what went wrong. What is thrown counts as a failure, since an exception could not hand
/// the pair over.
template <class Store>
std::optional<std::string> try_to_store(Store& store, const token_pair& pair) {
#if defined(__cpp_exceptions)
  try {
#endif
    if constexpr (std::is_void_v<std::invoke_result_t<Store&, const token_pair&>>) {
      store(pair);
    } else {
      const auto& done = store(pair);
      if (!static_cast<bool>(done)) return reason_of(done);
    }
    return std::nullopt;
#if defined(__cpp_exceptions)
  } catch (const std::exception& thrown) {
    return std::string{thrown.what()};
  } catch (...) {
    return std::string{};
  }
#endif
}

template <class Load, class Refresh, class Store>
struct refreshing_state {
  refreshing_state(Load&& l, Refresh&& r, Store&& s)  // not all compilers make an aggregate with parentheses
      : load(std::move(l)), refresh(std::move(r)), store(std::move(s)) {}

  Load load;
  Refresh refresh;
  Store store;
  refresh_coordinator flight{};
};

}  // namespace detail

/// Purpose: an OAuth access token that is refreshed, when the API answers that it has expired and only then, and at
/// most once for a call.
/// Example:
///     ghl::refreshing_token token{
///         [&]() -> ghl::result<ghl::token_pair> { return my_store.read(); },
///         ghl::oauth_refresh{transport, json, ghl::oauth_app{.client_id = id, .client_secret = ghl::secret{key}}},
///         [&](const ghl::token_pair& fresh) { return my_store.write(fresh); }};  // bool, void or a result
///     ghl::client api{transport, json, token};
/// `load` gives the pair that your store holds. `refresh` gets a new pair for an old one: ghl::oauth_refresh, or a
/// function of yours, which returns ghl::result<ghl::token_pair>, or an awaitable of it, or takes a completion.
/// `store` keeps the new pair; leave it out where `refresh` does that, or where nothing is to be kept. Facts may
/// follow, as with ghl::access_token: ghl::scopes, ghl::token_type.
/// Calls that meet an expired token at the same time share one refresh. Before it, and again when it failed, the store
/// is asked whether another process has put a newer token there, which is then used instead.
/// Errors: those of `load` and `refresh`, without the tokens. After a refresh that failed, callers that waited for it
/// get the same error, and so does, for a second, everyone whose token it was; where nothing was sent, the next call
/// tries again. Where `store` fails or throws: fault::tokens_not_stored, with the new pair in error::unsaved_tokens,
/// for the one call that led; the pair is used all the same. A `refresh` that stores by itself may return an error with
/// `unsaved_tokens` to the same effect. What `load` and `refresh` throw passes through.
/// Lifetime: copies share their state, so the client may have one and you another.
/// Thread safety: every member may be called at any time. `load`, `store` and a blocking `refresh` never run at the
/// same time as each other; they must not make calls with this credential (an error says so, where one does).
template <class Load, class Refresh, class Store = detail::no_store, class... Facts>
class refreshing_token : public detail::known_facts<Facts...> {
  static_assert(detail::holds<detail::loads_tokens<Load>, Load>,
                "ghl: load must be callable without arguments and return ghl::result<ghl::token_pair>; copy "
                "examples/12_refreshing_token.cpp");
  static_assert(
      detail::holds<detail::refreshes_tokens<Refresh>, Refresh>,
      "ghl: refresh must be callable with const ghl::token_pair& and return ghl::result<ghl::token_pair> or an "
      "awaitable of it, or be callable with a completion too; copy examples/12_refreshing_token.cpp");
  static_assert(detail::holds<detail::stores_tokens<Store>, Store>,
                "ghl: store must be callable with const ghl::token_pair& and return void, bool or a ghl::result; copy "
                "examples/12_refreshing_token.cpp");

 public:
  /// A client asks for it, and refreshes. (False where an error of the compiler has said why.)
  static constexpr bool refreshes =
      detail::loads_tokens<Load> && detail::refreshes_tokens<Refresh> && detail::stores_tokens<Store>;

  // type_identity_t: what is deduced stands in the deduction guides below.
  refreshing_token(std::type_identity_t<Load> loads, std::type_identity_t<Refresh> gets_new,
                   std::type_identity_t<Facts>...)
    requires std::same_as<Store, detail::no_store>
      : state_(std::make_shared<state>(std::move(loads), std::move(gets_new), Store{})) {}
  refreshing_token(std::type_identity_t<Load> loads, std::type_identity_t<Refresh> gets_new,
                   std::type_identity_t<Store> stores, std::type_identity_t<Facts>...)
      : state_(std::make_shared<state>(std::move(loads), std::move(gets_new), std::move(stores))) {}

  /// The token to use now. The first use loads it; who asks meanwhile in another thread waits for that.
  result<std::string> operator()() const {
    if constexpr (refreshes) {
      detail::refresh_coordinator& flight = state_->flight;
      if (std::optional<result<std::string>> known = flight.first_use()) return *std::move(known);
      const visit inside{flight, visit::already{}};
      return flight.loaded(state_->load());
    } else {
      return invalid_request(fault::empty_token, "the token");
    }
  }

  // What a client does after an answer that asks for a refresh; of use beside it to those who drive their own calls.

  /// Who refreshes, now that this token was refused. Never waits for another caller.
  refresh_lease begin_refresh(std::string_view refused) const {
    detail::refresh_coordinator& flight = state_->flight;
    refresh_lease lease = flight.begin(refused);
    if (lease.what != refresh_lease::leader) return lease;
    detail::refresh_coordinator::lease_end ends{flight};
    const visit inside{flight, visit::already{}};
    lease = flight.looked(state_->load());
    if (lease.what == refresh_lease::leader) ends.keep();
    return lease;
  }
  /// Calls the user's function, in whatever shape it has. The leader calls it, once. Where it throws, the lease
  /// is still to be given up: abandon_refresh().
  template <class... Completion>
    requires std::invocable<Refresh&, const token_pair&, Completion...>
  decltype(auto) refresh(const token_pair& old, Completion&&... done) const {
    if constexpr (sizeof...(Completion) == 0 && detail::refreshes_and_waits<Refresh>) {
      const visit inside{state_->flight};
      return state_->refresh(old);
    } else {
      return state_->refresh(old, std::forward<Completion>(done)...);
    }
  }
  /// Takes what refresh() gave, ends the lease, and gives the token to go on with.
  result<std::string> end_refresh(result<token_pair> answer) const {
    detail::refresh_coordinator& flight = state_->flight;
    const detail::refresh_coordinator::lease_end ends{flight};
    if (answer && answer->access_token.reveal().empty()) answer = without_access_token(*std::move(answer));
    if (!answer) return end_failed(std::move(answer.error()));
    constexpr bool stores = !std::same_as<Store, detail::no_store>;
    const token_pair& fresh = flight.refreshed(*std::move(answer), !stores);
    if constexpr (stores) {
      const visit inside{flight};
      if (const std::optional<std::string> why = detail::try_to_store(state_->store, fresh)) {
        error e = invalid_request(fault::tokens_not_stored, "the refreshed tokens", *why);
        e.unsaved_tokens.push_back(fresh);
        flight.tidy(e);
        return e;
      }
      flight.mark_saved();
    }
    return fresh.access_token.reveal();
  }
  /// For a caller that may be destroyed while it leads: made before begin_refresh(), since it needs memory; from take()
  /// on the lease is given up where the last copy of this is destroyed, unless release() came before.
  detail::held_lease hold_lease() const { return detail::held_lease{{state_, &state_->flight}}; }
  /// The leader is gone: the next caller may lead.
  void abandon_refresh() const noexcept { state_->flight.end_lease(); }

 private:
  using state = detail::refreshing_state<Load, Refresh, Store>;
  using visit = detail::refresh_coordinator::visit;

  static error without_access_token(token_pair&& pair) {
    error e = invalid_request(fault::empty_token, "the refreshed token");
    if (!pair.refresh_token.reveal().empty()) e.unsaved_tokens.push_back(std::move(pair));
    return e;
  }
  result<std::string> end_failed(error&& why) const {
    detail::refresh_coordinator& flight = state_->flight;
    flight.tidy(why);
    if (!why.unsaved_tokens.empty()) {
      flight.refreshed(token_pair{why.unsaved_tokens.back()}, false);
      return std::move(why);
    }
    const visit inside{flight};
    if (std::optional<std::string> token = flight.newer_after_all(state_->load())) return *std::move(token);
    flight.remember(why);
    return std::move(why);
  }

  std::shared_ptr<state> state_;
};

template <class Load, class Refresh, class... Facts>
  requires(detail::is_fact<Facts> && ...)
refreshing_token(Load, Refresh, Facts...) -> refreshing_token<Load, Refresh, detail::no_store, Facts...>;
template <class Load, class Refresh, class Store, class... Facts>
  requires(!detail::is_fact<Store>)
refreshing_token(Load, Refresh, Store, Facts...) -> refreshing_token<Load, Refresh, Store, Facts...>;

}}  // namespace ghl::v0
