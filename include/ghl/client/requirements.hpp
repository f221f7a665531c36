/// What a client asks of its parts, a sentence for each.
#pragma once

#include <ghl/client/answer.hpp>
#include <ghl/detail/named.hpp>
#include <ghl/operation/call_policies.hpp>
#include <ghl/options/option_set.hpp>
#include <ghl/policy/credential.hpp>
#include <ghl/policy/transport.hpp>
#include <ghl/value/http.hpp>

#include <concepts>
#include <type_traits>

namespace ghl { inline namespace v0 { namespace detail {

/// The policies in the type of a client. (Asserted by the client itself: clang takes no type from where an assertion
/// has failed.)
template <class Options>
struct policies_of {
  static constexpr bool is_set = false;
  static constexpr bool once = true;
  static constexpr bool are_policies = true;
  using type = option_set<>;
};
template <class... Options>
struct policies_of<sorted_options<Options...>> {
  static constexpr bool is_set = true;
  static constexpr bool once = true;
  static constexpr bool are_policies = (call_policy<Options> && ...);
  using type = std::conditional_t<are_policies, sorted_options<Options...>, option_set<>>;
};
template <class... Options>
struct policies_of<repeated_options<Options...>> : policies_of<typename sorted<option_set<>, Options...>::type> {
  static constexpr bool once = false;
};

/// Whether a call is one request and one answer.
template <class Credential, class Policies>
inline constexpr bool sends_once = only_advise<Policies> && !says_it_refreshes<Credential>;

/// Who is asked about an error, as a call keeps it: those among the policies, where there are any.
template <class Transport, class Credential, class Policies>
using advising_of = std::conditional_t<
    Policies::empty, std::conditional_t<credential_expires<Credential>(), no_advice, advising<false, Policies>>,
    advising<credential_expires<Credential>(),
             std::conditional_t<blocking_transport<Transport>, const Policies&, Policies>>>;

/// Whether the credential refreshes at once, or in the way of the transport.
template <class Transport, class Credential>
inline constexpr bool refreshes_as_called =
    !says_it_refreshes<Credential> || refreshes_at_once<Credential> ||
    (coroutine_transport<Transport> ? refreshes_by_awaiting<Credential>
                                    : callback_transport<Transport> && refreshes_by_calling<Credential>);

/// Whether an asynchronous call can have a copy of each.
template <class Transport, class... Parts>
inline constexpr bool can_be_kept =
    blocking_transport<Transport> || (std::copy_constructible<Transport> && (std::copy_constructible<Parts> && ...));

/// Whether a part stands in the place of another: what can be none of a transport and a credential is where one should
/// be, and one is elsewhere.
template <class Transport, class Json, class Credential, bool JsonSends, bool CredentialSends>
inline constexpr bool is_misplaced =
    !(transport<Transport> || std::is_invocable_v<Transport&, http::request>)
        ? JsonSends || CredentialSends
        : !credential<Credential> && (credential<Json> || credential<Transport>);

/// A transport that returns an answer that is shared.
template <class Future>
inline constexpr bool is_shared_future = requires(const Future& future) {
  future.valid();
  future.wait();
  { future.get() } -> answer_value;
};
template <>
inline constexpr bool is_shared_future<void> = false;  // clang 14 stops at a reference to void here
template <class T>
inline constexpr bool returns_shared_future = is_shared_future<returned_by<T>>;

template <class Credential>
concept has_a_token_for_each =
    requires { typename Credential::credential_type; } || requires { typename Credential::type::credential_type; };

/// Asserted here, and not where a call would need them, so that the compiler has the least to print.
template <class Transport, class Json, class Credential, class Options>
class requirements {
  using named = policies_of<Options>;
  using policies = typename named::type;

  static constexpr bool transport_is_callable = std::is_invocable_v<Transport&, http::request> ||
                                                std::is_invocable_v<Transport&, const http::request&> ||
                                                callback_transport<Transport>;
  static constexpr bool in_order =
      !is_misplaced<Transport, Json, Credential, std::is_invocable_v<Json&, const http::request&>,
                    std::is_invocable_v<Credential&, const http::request&>>;
  static_assert(holds<in_order, Transport, Json, Credential>,
                "ghl: the arguments of a client are in another order; pass the transport, the JSON policy, the "
                "credential, and then options");
  static_assert(holds<!in_order || transport_is_callable, Transport>,
                "ghl: a transport must be callable with const ghl::http::request&; copy examples/03_transport.cpp");
  static constexpr bool takes_const = !std::is_invocable_v<Transport&, http::request> || transport<Transport> ||
                                      std::is_invocable_v<Transport&, const http::request&>;
  static_assert(holds<takes_const, Transport>,
                "ghl: a transport takes the request as const ghl::http::request&, or by value, since it may be sent "
                "again; not as ghl::http::request&&");
  static_assert(holds<!returns_shared_future<Transport>, Transport>,
                "ghl: a transport may return a std::future, which is read once, but not a std::shared_future or the "
                "like; return the answer itself, or a std::future");
  static_assert(holds<!transport_is_callable || !takes_const || returns_shared_future<Transport> ||
                          transport<Transport>, Transport>,
                "ghl: a transport must return ghl::http::response or ghl::result<ghl::http::response>; copy "
                "examples/03_transport.cpp");
  static_assert(holds<!future_transport<Transport> || returns_shared_future<Transport> ||
                          call_shape<Transport, Json>::runs, Transport>,
                "ghl: a transport that returns a std::future needs #include " "<ghl/future.hpp>");
  static_assert(
      holds<!requires { requires Credential::type::refreshes; }, Credential>,
      "ghl: a std::reference_wrapper hides that this credential refreshes; pass a copy, which shares its state");
  static_assert(holds<!in_order || !returns_a_view<Credential>, Credential>,
                "ghl: this credential returns a std::string_view, and its text may be gone by then; return a "
                "std::string, or a const std::string& to one that stays");
  static_assert(holds<!has_a_token_for_each<Credential>, Credential>,
                "ghl: ghl::location_tokens has a token for each location; pass locations.for_location(\"the location "
                "id\")");
  static_assert(holds<!in_order || returns_a_view<Credential> || has_a_token_for_each<Credential> ||
                          credential<Credential>, Credential>,
                "ghl: the third argument of a client yields the token; pass ghl::private_integration_token{text}, "
                "ghl::access_token{text} or a callable that returns a std::string");
  static_assert(
      holds<named::is_set, Options>,
      "ghl: the fourth argument of a client is ghl::option_set<...>; write ghl::option_set<ghl::retry>, or leave "
      "it to the compiler");
  static_assert(holds<named::once, Options>, "ghl: ghl::option_set<...> names an option twice; remove one");
  static_assert(
      holds<named::are_policies, Options>,
      "ghl: ghl::option_set<...> names ghl::retry, ghl::throttle, ghl::observe and policies of your own; other "
      "options are not part of the type of a client");

  static constexpr bool repeats = transport<Transport> && !sends_once<Credential, policies>;
  static_assert(holds<!repeats || !future_transport<Transport>, Transport>,
                "ghl: a transport that returns a std::future cannot wait between attempts; use ghl::retry and the like "
                "with a transport of another shape");
  static_assert(holds<!repeats || future_transport<Transport> || waiting_transport<Transport>, Transport>,
                "ghl: ghl::retry and the like need a transport that can wait; give it wait(ghl::milliseconds), with a "
                "completion as the second argument where it calls back; copy examples/06_callback.cpp");
  static_assert(holds<!repeats || refreshes_as_called<Transport, Credential>, Transport, Credential>,
                "ghl: the refresh function must return ghl::result<ghl::token_pair>, or do it in the way of the "
                "transport: an awaitable of that, or take a completion as its second argument");
  static_assert(holds<!repeats || can_be_kept<Transport, Json, Credential, policies>, Transport, Json, Credential>,
                "ghl: an asynchronous call keeps a copy of the transport, the JSON policy, the credential and the "
                "options; make them copyable, or pass std::ref(transport)");
  static_assert(holds<repeats || !coroutine_transport<Transport> || can_be_kept<Transport, Json>, Transport, Json>,
                "ghl: a call of a coroutine transport keeps a copy of it and of the JSON policy; make them copyable, "
                "or pass std::ref(transport)");
};

}}}  // namespace ghl::v0::detail
