/// A token that is refreshed when the API says that it has expired.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/auth/held_lease.hpp>
#include <ghl/auth/refresh_words.hpp>
#include <ghl/auth/refreshing_state.hpp>
#include <ghl/auth/token_functions.hpp>
#include <ghl/auth/tokens.hpp>
#include <ghl/client/retrying.hpp>
#include <ghl/detail/named.hpp>
#include <ghl/policy/call_limits.hpp>
#include <ghl/policy/credential.hpp>
#include <ghl/runner/clock.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/token_pair.hpp>

#include <concepts>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

/// Purpose: an OAuth access token that is refreshed when the API answers that it has expired, or, with
/// ghl::refresh_options, some time before; at most once for a call.
/// Example:
///     ghl::refreshing_token token{
///         [&]() -> ghl::result<ghl::token_pair> { return my_store.read(); },
///         ghl::oauth_refresh{transport, json, ghl::oauth_app{.client_id = id, .client_secret = ghl::secret{key}}},
///         [&](const ghl::token_pair& fresh) { return my_store.write(fresh); },  // bool, void or a result
///         ghl::refresh_options{.ahead = 5min}};
///     ghl::client api{transport, json, token};
/// `load` gives the pair that your store holds. `refresh` gets a new pair for an old one: ghl::oauth_refresh, or a
/// function of yours, which returns ghl::result<ghl::token_pair>, or an awaitable of it, or takes a completion.
/// `store` keeps the new pair; leave it out where `refresh` does that, or where nothing is to be kept. `load` and
/// `store` may take a ghl::call_limits as their last parameter. In any order may follow: ghl::refresh_options, a
/// ghl::refresh_lock, and facts, as with ghl::access_token: ghl::scopes, ghl::token_type.
/// Calls that meet an expired token at the same time share one refresh. Before it, and again when it failed, the store
/// is asked whether another process has put a newer token there, which is then used instead. A pair without an access
/// token is refreshed before the first call.
/// Several processes: without a ghl::refresh_lock two that find the token expired at the same moment both spend the
/// refresh token. The API serves one and refuses the other, whose call then fails, with the advice to replace the
/// token, unless the first has stored its new pair by then; the next call works.
/// Deadline and stop: a call that waits for another one's load or refresh keeps to them. A `load` or `store` that takes
/// no ghl::call_limits runs to its end, and the call ends after it; so does a refresh, whose pair would be lost, and
/// which has the limit of its own transport.
/// Errors: those of `load` and `refresh`, without the tokens. After a refresh that failed, callers that waited for it
/// get the same error, and so does, for a second, everyone whose token it was; where nothing was sent, the next call
/// tries again. A token that is good for a while is used where it could not be refreshed, and left alone for half a
/// minute. Where `store` fails or throws: fault::tokens_not_stored, with the new pair in error::unsaved_tokens, for the
/// one call that led; the pair is used all the same. A `refresh` that stores by itself may return an error with
/// `unsaved_tokens` to the same effect. What `load` and `refresh` throw passes through; a pair that came is not lost by
/// that: where there was no memory to store it, or to hand it over, the next call does.
/// Lifetime: copies share their state, so the client may have one and you another.
/// Thread safety: every member may be called at any time. `load`, `store` and `refresh` never run at the same time as
/// each other; they must not make calls with this credential (an error says so, where one does).
template <class Load, class Refresh, class Store = detail::no_store, class... Words>
class refreshing_token : public detail::facts_among<detail::known_facts<>, Words...>::type {
  static constexpr bool in_order =
      !detail::are_misplaced<Load, Refresh, Store> && !std::same_as<Store, detail::store_behind_words>;
  static_assert(detail::holds<in_order, Load, Refresh, Store>,
                "ghl: the functions of a ghl::refreshing_token are in another order; pass load, refresh and store, and "
                "then options");
  static constexpr bool can_load = detail::loads_tokens<Load>;
  static constexpr bool gets = detail::refreshes_tokens<Refresh>;
  static_assert(detail::holds<!in_order || can_load, Load>,
                "ghl: load must be callable without arguments and return ghl::result<ghl::token_pair>; copy "
                "examples/12_refreshing_token.cpp");
  static_assert(
      detail::holds<!in_order || !can_load || gets, Refresh>,
      "ghl: refresh must be callable with const ghl::token_pair& and return ghl::result<ghl::token_pair> or an "
      "awaitable of it, or be callable with a completion too; copy examples/12_refreshing_token.cpp");
  static_assert(detail::holds<!in_order || !can_load || !gets || detail::stores_tokens<Store>, Store>,
                "ghl: store must be callable with const ghl::token_pair& and return void, bool or a ghl::result; copy "
                "examples/12_refreshing_token.cpp");
  static_assert(detail::holds<(0 + ... + int{std::same_as<Words, refresh_options>}) <= 1 &&
                                  (0 + ... + int{detail::is_refresh_lock<Words>}) <= 1, Words...>,
                "ghl: a refreshing token has one ghl::refresh_options and one ghl::refresh_lock at most; remove one");

  using lock_of = detail::lock_among<Words...>;
  using state = detail::refreshing_state<Load, Refresh, Store, typename lock_of::type>;
  static constexpr bool stores = !std::same_as<Store, detail::no_store>;

 public:
  /// A client asks for it, and refreshes. (False where an error of the compiler has said why.)
  static constexpr bool refreshes =
      detail::loads_tokens<Load> && detail::refreshes_tokens<Refresh> && detail::stores_tokens<Store>;

  // type_identity_t: what is deduced stands in the deduction guides below. Way: in each unit its own.
  template <class Way = detail::way_to_store>
  refreshing_token(std::type_identity_t<Load> loads, std::type_identity_t<Refresh> gets_new,
                   std::type_identity_t<Words>... words)
    requires(!stores)
      : state_(std::make_shared<state>(std::move(loads), std::move(gets_new), Store{},
                                       detail::storing_in<Way, Store>(), lock_of::made_of(std::move(words)...),
                                       detail::ahead_among(words...))) {}
  template <class Way = detail::way_to_store>
  refreshing_token(std::type_identity_t<Load> loads, std::type_identity_t<Refresh> gets_new,
                   std::type_identity_t<Store> puts, std::type_identity_t<Words>... words)
      : state_(std::make_shared<state>(std::move(loads), std::move(gets_new), std::move(puts),
                                       detail::storing_in<Way, Store>(), lock_of::made_of(std::move(words)...),
                                       detail::ahead_among(words...))) {}

  /// For the sentences about functions that are not there, or behind an option.
  template <class... Given>
    requires(std::same_as<Refresh, detail::no_refresh> || std::same_as<Store, detail::store_behind_words>)
  refreshing_token(std::type_identity_t<Load>, Given&&...);

  /// The token that there is, for those who drive calls of their own; the first use loads it, in this thread, and who
  /// asks meanwhile in another one sleeps until then. It is not refreshed here, whatever its age.
  result<std::string> operator()() const {
    if constexpr (refreshes) return state_->first_token();
    else return invalid_request(fault::empty_token, "the token");
  }

  // What a client does; of use beside it to those who drive their own calls.

  /// The token that is good for a call now; empty: ask begin_use(). Takes no lock, and writes nothing that is shared.
  [[nodiscard]] std::string at_hand() const { return state_->flight().at_hand().text(detail::unix_now); }
  /// Before a call: the token to use, or who has to refresh it first. Never waits for another caller.
  refresh_lease begin_use(const call_limits& limits = {}) const { return state_->begin(nullptr, limits); }
  /// Who refreshes, now that this token was refused. Never waits for another caller.
  refresh_lease begin_refresh(std::string_view refused, const call_limits& limits = {}) const {
    return state_->begin(&refused, limits);
  }
  /// Calls the user's function, in whatever shape it has. The leader calls it, once. Where it throws, the lease
  /// is still to be given up: abandon_refresh().
  template <class... Completion>
    requires std::invocable<Refresh&, const token_pair&, Completion...>
  decltype(auto) refresh(const token_pair& old, Completion&&... done) const {
    return state_->refresh_with(old, std::forward<Completion>(done)...);
  }
  /// Takes what refresh() gave, ends the lease, and gives the token to go on with.
  result<std::string> end_refresh(result<token_pair> answer, const call_limits& limits = {}) const {
    return state_->end(std::move(answer), limits);
  }
  /// For a caller that may be destroyed while it leads: made before begin_refresh(), since it needs memory; from take()
  /// on the lease is given up where the last copy of this is destroyed, unless release() came before.
  detail::held_lease hold_lease() const { return detail::held_lease{{state_, &state_->flight()}}; }
  /// Takes the tokens of the pair in use out of an error.
  void tidy(error& e) const { state_->flight().tidy(e); }
  /// The leader is gone: the next caller may lead.
  void abandon_refresh() const noexcept { state_->flight().end_lease(); }

 private:
  std::shared_ptr<state> state_;
};

template <class Load>
refreshing_token(Load) -> refreshing_token<Load, detail::no_refresh>;
template <class Load, class Refresh, class Word, class... Words>
  requires(detail::is_refresh_word<Word> && !(detail::is_refresh_word<Words> && ...))
refreshing_token(Load, Refresh, Word, Words...) -> refreshing_token<Load, Refresh, detail::store_behind_words>;
template <class Load, class Refresh, class... Words>
  requires(detail::is_refresh_word<Words> && ...)
refreshing_token(Load, Refresh, Words...) -> refreshing_token<Load, Refresh, detail::no_store, Words...>;
template <class Load, class Refresh, class Store, class... Words>
  requires(!detail::is_refresh_word<Store>)
refreshing_token(Load, Refresh, Store, Words...) -> refreshing_token<Load, Refresh, Store, Words...>;

}}  // namespace ghl::v0
