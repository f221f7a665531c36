/// What a client asks of an endpoint before it calls it, each question with a yes or no.
#pragma once

#include <ghl/endpoint/well_formed.hpp>
#include <ghl/endpoint/words.hpp>
#include <ghl/operation/interpret.hpp>
#include <ghl/operation/prepare.hpp>
#include <ghl/options/option_set.hpp>
#include <ghl/options/settings.hpp>
#include <ghl/policy/credential.hpp>
#include <ghl/policy/json.hpp>
#include <ghl/policy/transport.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/secret.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// A token that cannot change while a client has it: its header line is checked and written once.
template <class Credential>
concept constant_credential = std::derived_from<Credential, secret> && requires(const Credential& c) {
  { c.reveal() } -> std::same_as<const std::string&>;
};

struct no_credential {};

/// What looks like a policy, and may not be one.
template <class Option>
concept means_to_retry = requires { &Option::pause_after; };
template <class Option>
concept means_to_admit = requires { typename Option::ticket; } || requires { &Option::acquire; };
template <class Option>
concept means_to_advise = requires { &Option::advise; };

/// Runs calls that may take more than one attempt; <ghl/retry.hpp> and its like bring it along.
template <class Transport, class Json, class Credential, class Options>
struct retrying;

/// A scope that the endpoint needs and the credential was not granted; no text: none is missing.
template <class Credential, class E>
struct missing_scope {
  static constexpr std::string_view text{};
};
template <class Credential, valid E>
struct missing_scope<Credential, E> {
  static constexpr std::string_view text = scope_not_granted<Credential>(endpoint_of<E>);
};

template <class Json, class E>
constexpr bool reads_response() noexcept {
  if constexpr (response_kind_of<E>::is_json) return json_decoder<Json, decoded_of<E>>;
  else return true;
}
template <class Json, class E>
concept json_reads = reads_response<Json, E>() && json_decoder<Json, failure_body>;

template <class Json, class E>
constexpr bool writes_body() noexcept {
  if constexpr (has_json_body<E>) return json_encoder<Json, body_of<E>>;
  else return true;
}
template <class Json, class E>
concept json_writes = writes_body<Json, E>();

/// Whether a client that is const can use its parts, as far as one that is not can. (What reads an answer that comes
/// later is a copy of the JSON policy.)
template <class Transport, class Json, class E>
inline constexpr bool json_works_when_const = true;
template <class Transport, class Json, valid E>
inline constexpr bool json_works_when_const<Transport, Json, E> =
    (!blocking_transport<Transport> || !json_reads<Json, E> || json_reads<const Json, E>) &&
    (!json_writes<Json, E> || json_writes<const Json, E>);
template <class Transport, class Json, class Credential, class E>
concept usable_when_const =
    (!transport<Transport> || transport<const Transport>) && (!credential<Credential> || credential<const Credential>) &&
    json_works_when_const<Transport, Json, E>;

template <class Credential, class E>
concept serves = endpoint_of<E>.no_token || credential_serves<Credential>(endpoint_of<E>);

/// Whether the token may be one that OAuth has issued, or need not be.
template <class Credential, class E>
concept serves_by_oauth = !endpoint_of<E>.oauth_only || credential_of_oauth<Credential>();

/// The handlers among the options of a call: those that are no option.
template <class... Given>
inline constexpr int handlers_in = (0 + ... + int{!call_option<Given>});

/// Whether the only handler takes the result of E, and can be kept as it is given.
template <class E, class... Given>
inline constexpr bool handler_fits =
    ((call_option<std::remove_cvref_t<Given>> ||
      (std::is_invocable_v<std::remove_cvref_t<Given>&, result<response_of<E>>> &&
       std::constructible_from<std::remove_cvref_t<Given>, Given>)) && ...);

/// What a credential yields, as a text to send; it lives as long as this object.
template <class Yield, bool Checked = false>
struct yielded_token {
  static constexpr bool is_checked = Checked;  // it can stand in a header line
  Yield yielded;
  [[nodiscard]] std::string_view text() const {
    if constexpr (std::convertible_to<Yield, const char*>) return view_of(yielded);
    else if constexpr (std::convertible_to<Yield, std::string_view>) return yielded;
    else return yielded ? std::string_view{*yielded} : std::string_view{};
  }
  [[nodiscard]] const error* failed() const {
    if constexpr (std::convertible_to<Yield, std::string_view>) return nullptr;
    else return yielded ? nullptr : &yielded.error();
  }
};

/// The token of a call; where the credential is asked within it, a text that is no token, unless it has one at hand and
/// the call begins at once: a coroutine may begin when that token is too old.
template <bool Begins, class Credential>
auto token_to_begin_with(Credential& credential) {
  if constexpr (Begins && has_token_at_hand<Credential>) {
    std::string token = credential.at_hand();
    if (token.empty()) token = no_token_yet;
    return yielded_token<std::string, true>{std::move(token)};
  } else if constexpr (begins_use<Credential>) {
    return yielded_token<std::string_view>{no_token_yet};
  } else {
    return yielded_token<decltype(token_of(credential))>{token_of(credential)};
  }
}
/// The same for a call of E: none where that takes none, and nobody is asked.
template <class E, bool Begins, class Credential>
auto token_for_call(Credential& credential) {
  if constexpr (endpoint_of<E>.no_token) return yielded_token<std::string_view>{{}};
  else return token_to_begin_with<Begins>(credential);
}

}}}  // namespace ghl::v0::detail
