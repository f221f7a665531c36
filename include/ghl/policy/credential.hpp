/// What proves to the API who is calling. The concepts are the manual of whoever writes a credential.
#pragma once

#include <ghl/policy/awaited.hpp>
#include <ghl/policy/call_limits.hpp>
#include <ghl/value/endpoint_facts.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/token_pair.hpp>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

namespace detail {

/// What a std::reference_wrapper to a credential with `reveal()` refers to; else the type itself.
template <class C>
struct referred_credential {
  using type = C;
};
template <class C>
  requires requires(C& c) { static_cast<typename C::type&>(c.get()).reveal(); }
struct referred_credential<C> {
  using type = typename C::type;
};

/// The token of a credential, as a text or as a result with a text: from `reveal()`, or by calling it.
template <class C>
constexpr decltype(auto) token_of(C& credential)
  requires requires { credential.reveal(); } || requires { credential.get().reveal(); } || requires { credential(); }
{
  if constexpr (requires { credential.reveal(); }) return credential.reveal();
  else if constexpr (requires { credential.get().reveal(); }) return credential.get().reveal();
  else return credential();
}

template <class T>
concept token_text = std::convertible_to<T, std::string_view> ||
                     std::same_as<std::remove_cvref_t<T>, result<std::string>>;

/// A function that hands over a std::string_view: mostly of a text that is gone when it has returned.
template <class C>
concept returns_a_view =
    requires(C& c) { { c() } -> std::same_as<std::string_view>; } && !requires(C& c) { c.reveal(); };

template <class C>
constexpr bool credential_grants([[maybe_unused]] std::string_view scope) noexcept {
  using facts = typename referred_credential<C>::type;
  if constexpr (requires { facts::grants(scope); }) return facts::grants(scope);
  else return true;
}
template <class C>
constexpr bool credential_serves([[maybe_unused]] const endpoint_facts& e) noexcept {
  using facts = typename referred_credential<C>::type;
  if constexpr (requires { facts::serves(e); }) return facts::serves(e);
  else return true;
}
/// Whether its token ends by itself, and another one may follow it.
template <class C>
constexpr bool credential_expires() noexcept {
  using facts = typename referred_credential<C>::type;
  if constexpr (requires { requires !std::bool_constant<facts::expires>::value; }) return false;
  else return true;
}
/// Whether its token may be one that OAuth has issued.
template <class C>
constexpr bool credential_of_oauth() noexcept {
  using facts = typename referred_credential<C>::type;
  if constexpr (requires { requires !std::bool_constant<facts::issued_by_oauth>::value; }) return false;
  else return true;
}

/// In the place of a credential in a call that carries no token.
struct no_token_needed {
  const char* operator()() const noexcept { return ""; }
};

/// The first scope of an endpoint that the credential was not granted; empty: none is missing.
template <class C>
constexpr std::string_view scope_not_granted(const endpoint_facts& e) noexcept {
  for (const std::string_view s : e.scopes)
    if (!credential_grants<C>(s)) return s;
  return {};
}

/// Takes the answer of a `refresh` that calls back, to ask whether it takes a completion.
struct pair_completion {
  void operator()(result<token_pair>) const {}
};
template <class C>
concept refreshes_at_once = requires(C& c, const token_pair& pair) {
  { c.refresh(pair) } -> std::convertible_to<result<token_pair>>;
};
template <class C>
concept refreshes_by_awaiting = !refreshes_at_once<C> && requires(C& c, const token_pair& pair) {
  { c.refresh(pair) } -> awaitable;
};
template <class C>
concept refreshes_by_calling =
    !refreshes_at_once<C> && requires(C& c, const token_pair& pair, pair_completion done) { c.refresh(pair, done); };

}  // namespace detail

/// Purpose: what yields a token.
/// May also have, as static constexpr functions: `grants(std::string_view scope)`, false for a scope that the token was
/// certainly not granted, and `serves(const endpoint_facts&)`, false for an endpoint that takes no token of this kind.
/// A call of either does not compile then. And `static constexpr bool expires = false;`: its token has no end, so that
/// one which is refused is to be replaced, not refreshed. And `static constexpr bool issued_by_oauth = false;`: no OAuth
/// server issued its token, as that of a private integration, so that a call of an endpoint that is ghl::oauth_only does
/// not compile. A call of an endpoint of ghl::token::none asks the credential for nothing.
template <class C>
concept credential = requires(C& c) {
  // From `c.reveal()`, or by calling `c()`: anything that converts to std::string_view, or a result<std::string>.
  // A text by reference lives until the request has been prepared; a null `const char*` is an empty token. A
  // std::reference_wrapper to one with `reveal()` is one, too.
  { detail::token_of(c) } -> detail::token_text;
  // What is called returns a std::string, or a reference to one that stays, and no std::string_view.
  requires !detail::returns_a_view<C>;
};

/// Purpose: what a caller does next, before its call or after its token was refused; see
/// refreshing_token::begin_use() and begin_refresh().
struct refresh_lease {
  enum kind : unsigned char {
    superseded,  ///< use `token`: it came meanwhile, from another call or another process
    leader,      ///< refresh `pair`, then end_refresh() or abandon_refresh()
    follower,    ///< another caller refreshes; ask again in 10 ms
    failed,      ///< there will be no other token now; `why` says why
  } what = follower;
  std::string token{};  ///< of a leader: the one to use where there will be no other; empty: none
  token_pair pair{};
  std::optional<error> why{};
  bool took_time = false;  ///< functions of the user were called
};

/// Purpose: a credential that can get another token when the API says that this one has expired. ghl::refreshing_token
/// is the one in the box, and does all of this for functions of yours that load, refresh and store.
/// The smallest one: tests/unit/archetypes.hpp.
/// A call asks begin_refresh(), and, where it is the leader, calls refresh() once and hands what came to end_refresh().
/// One that has `begin_use(const call_limits&)` too is asked that before each call instead of for its token: it never
/// waits for another caller, and may have the token refreshed first. begin_refresh() and end_refresh() may take a
/// call_limits as their last parameter.
/// Thread safety: calls that run at the same time share the credential, or copies of it that share their state.
template <class C>
concept refreshing_credential = credential<C> && requires {
  // States that it is one.
  requires std::remove_cvref_t<C>::refreshes;
} && requires(C& c, std::string_view refused, result<token_pair> answer) {
  // Who refreshes, now that this token was refused. Never waits for another caller.
  { c.begin_refresh(refused) } -> std::same_as<refresh_lease>;
  // Takes what refresh() gave, ends the lease, and gives the token to go on with.
  { c.end_refresh(std::move(answer)) } -> std::convertible_to<result<std::string>>;
  // A copyable value, made before begin_refresh() is asked, since it may need memory. From `take()` on, which is called
  // by the leader and does not throw, the lease is given up where the last copy of it is destroyed without `release()`.
  c.hold_lease().take();
  c.hold_lease().release();
} && (
  // `refresh(const token_pair&)` gives a result<token_pair>, or an awaitable of one for coroutine transports, or takes
  // a completion as its second argument for transports that call back.
  detail::refreshes_at_once<C> || detail::refreshes_by_awaiting<C> || detail::refreshes_by_calling<C>);

namespace detail {

/// Is asked for its token within the call, which waits where it has to.
template <class C>
concept begins_use = requires(C& c, const call_limits& limits) {
  requires std::remove_cvref_t<C>::refreshes;
  { c.begin_use(limits) } -> std::same_as<refresh_lease>;
};

/// And has a token at hand as a rule, for which it need not be asked.
template <class C>
concept has_token_at_hand = begins_use<C> && requires(const C& c) {
  { c.at_hand() } -> std::same_as<std::string>;
};

/// Stands in the request until such a credential has been asked.
inline constexpr std::string_view no_token_yet = "pending";

/// States that it refreshes, whether or not it can.
template <class C>
concept says_it_refreshes = requires { requires std::remove_cvref_t<C>::refreshes; };

}  // namespace detail
}}  // namespace ghl::v0
