/// A client: a transport, a JSON policy and a credential, put together.
#pragma once

#include <ghl/detail/named.hpp>
#include <ghl/detail/never.hpp>
#include <ghl/interpret.hpp>
#include <ghl/options.hpp>
#include <ghl/policy.hpp>
#include <ghl/prepare.hpp>
#include <ghl/result.hpp>
#include <ghl/well_formed.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl::inline v0 {

namespace detail {

/// Takes a token out of a text: a server may send back what it was sent. Real tokens are long; a shorter text is a
/// test's, and would be found in ordinary words.
inline void redact(std::string& text, std::string_view token) {
  constexpr std::size_t shortest = 8;
  constexpr std::string_view instead = "[token]";
  if (token.size() < shortest) return;
  for (std::size_t at = text.find(token); at != std::string::npos; at = text.find(token, at + instead.size()))
    text.replace(at, token.size(), instead);
}

inline void redact(error& e, std::string_view token) {
  for (std::string* text : {&e.detail, &e.where, &e.trace_id, &e.content_type, &e.excerpt}) redact(*text, token);
  for (std::string& text : e.messages) redact(text, token);
}

/// What a credential yields, as a text to send; it lives as long as this object.
template <class Yield>
struct token_holder {
  Yield yielded;
  [[nodiscard]] std::string_view text() const {
    if constexpr (std::convertible_to<Yield, std::string_view>) return yielded;
    else return *yielded;
  }
  [[nodiscard]] const error* failed() const {
    if constexpr (std::convertible_to<Yield, std::string_view>) return nullptr;
    else return yielded ? nullptr : &yielded.error();
  }
};

/// A scope that the endpoint needs and the credential was not granted; no text: none is missing.
template <class Credential, class E>
struct missing_scope {
  static constexpr std::string_view text{};
};
template <class Credential, sound E>
struct missing_scope<Credential, E> {
  static constexpr std::string_view text = scope_not_granted<Credential>(endpoint_of<E>);
};

template <class Json, class E>
concept json_reads = (std::same_as<response_of<E>, no_content> || json_decoder<Json, response_of<E>>) &&
                     json_decoder<Json, failure_body>;

template <class Json, class Owner, class Member>
constexpr bool json_writes_word(const body_word<Owner, Member>&) noexcept {
  return json_encoder<Json, plain<Member>>;
}
template <class Json, class Word>
constexpr bool json_writes_word(const Word&) noexcept {
  return true;
}
template <class Json, class... Words>
constexpr bool json_writes_words(const descriptor<Words...>& d) noexcept {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    return (json_writes_word<Json>(get<I>(d.words)) && ...);
  }(std::index_sequence_for<Words...>{});
}
template <class Json, class E>
concept json_writes = json_writes_words<Json>(endpoint_of<E>);

struct no_credential {};

template <class Credential, class E>
concept serves = credential_serves<Credential>(endpoint_of<E>);

}  // namespace detail

/// Purpose: calls endpoints through the transport, the JSON library and the credential that it was given.
/// Example:
///     ghl::client api{ghl::httplib_transport{}, ghl::glaze_json{}, ghl::private_integration_token{token}};
///     auto links = api.call(ghl::links::get_links{.location_id = "ve9EPM428h8vShlRW1KT"});
///     if (!links) return report(links.error());
/// Options follow the credential in any order: ghl::base_url, ghl::user_agent, ghl::deadline.
/// Errors: values, in the result. Only what the transport, the JSON policy or the allocator throws is thrown.
/// Lifetime: owns its parts; pass std::ref(transport) to share one. A response owns its bytes.
/// Thread safety: the client has no state of its own that a call changes; calls may run at the same time where the
/// transport, the JSON policy and the credential allow it.
template <class Transport, class Json, class Credential>
class client {
  static constexpr bool transport_is_callable = std::is_invocable_v<Transport&, const http::request&>;
  static_assert(detail::holds<transport_is_callable, Transport>,
                "ghl: a transport must be callable with const ghl::http::request&; copy examples/03_transport.cpp");
  static_assert(detail::holds<!transport_is_callable || blocking_transport<Transport>, Transport>,
                "ghl: a transport must return ghl::http::response or ghl::result<ghl::http::response>; copy "
                "examples/03_transport.cpp");
  static_assert(detail::holds<credential<Credential>, Credential>,
                "ghl: the third argument of a client yields the token; pass ghl::private_integration_token{text}, "
                "ghl::access_token{text} or a callable that returns a std::string");

 public:
  template <class... Options>
  explicit client(Transport transport, Json json, Credential token, Options... options)
      : transport_(std::move(transport)), json_(std::move(json)), credential_(std::move(token)) {
    static_assert(detail::holds<(client_option<Options> && ...), Options...>,
                  "ghl: this is no option of a client; pass ghl::base_url, ghl::user_agent or ghl::deadline");
    if constexpr ((client_option<Options> && ...)) (settings_.apply(std::move(options)), ...);
  }

  /// For the sentence about a client without a credential.
  client(Transport, Json)
    requires std::same_as<Credential, detail::no_credential>;

  /// Calls one endpoint and waits for its answer.
  /// Errors: see ghl::error; `kind` tells where the call failed.
  template <class E, class... Options>
  result<response_of<E>> call(const E& request, const Options&... options) {
    return drive(*this, request, options...);
  }
  template <class E, class... Options>
  result<response_of<E>> call(const E& request, const Options&... options) const
    requires blocking_transport<const Transport> && credential<const Credential>
  {
    return drive(*this, request, options...);
  }

 private:
  // One sentence for each mistake; after one, a harmless path of the right type, so that there is one error.
  template <class Self, class E, class... Options>
  static result<response_of<E>> drive(Self& self, const E& request, const Options&... options) {
    // As well_formed<E>, with fewer steps for the compiler to tell of.
    static_cast<void>(
        detail::sound_descriptor<detail::defect_in<E>::found.what, detail::named_by<detail::defect_in<E>>>{});
    static_cast<void>(
        detail::fitting_types<detail::misfit_in<E>::found.what, detail::named_by<detail::misfit_in<E>>>{});
    static_assert(detail::holds<(call_option<Options> && ...), Options...>,
                  "ghl: this is no option of a call; pass ghl::deadline");
    if constexpr (!(detail::sound<E> && blocking_transport<Transport> && credential<Credential> &&
                    (call_option<Options> && ...))) {
      return error{};
    } else if constexpr (!detail::json_reads<Json, E>) {
      static_assert(detail::never<E>,
                    "ghl: the JSON policy cannot read the response; give it template <class T> ghl::result<T> "
                    "decode(std::string_view); copy examples/04_json_policy.cpp");
    } else if constexpr (!detail::json_writes<Json, E>) {
      static_assert(detail::never<E>,
                    "ghl: this endpoint has a body, and the JSON policy cannot write it; give it template <class T> "
                    "ghl::result<std::string> encode(const T&); copy examples/04_json_policy.cpp");
    } else {
      using missing = detail::missing_scope<Credential, E>;
      static_assert(detail::holds<missing::text.empty(), detail::named_by<missing>>,
                    "ghl: the credential was not granted this scope; grant it, and add it to ghl::scopes<...>");
      static_assert(detail::holds<detail::serves<Credential, E>, Credential>,
                    "ghl: the endpoint does not take a token of this kind; use one of the other kind");
      return exchange(self, request, options...);
    }
    return error{};
  }

  template <class Self, class E, class... Options>
  static result<response_of<E>> exchange(Self& self, const E& request, const Options&... options) {
    const detail::token_holder<decltype(detail::token_of(self.credential_))> token{detail::token_of(self.credential_)};
    if (const error* failed = token.failed()) return *failed;
    result<http::request> prepared = prepare(request, self.json_, token.text(), self.settings_);
    if (!prepared) return std::move(prepared).error();
    (detail::apply(*prepared, options), ...);
    result<http::response> answer = self.transport_(std::as_const(*prepared));
    result<response_of<E>> outcome =
        answer ? interpret<E>(*answer, self.json_) : result<response_of<E>>{std::move(answer).error()};
    if (!outcome) {
      outcome.error().endpoint = endpoint_of<E>.title;
      detail::redact(outcome.error(), token.text());
    }
    return outcome;
  }

  Transport transport_;
  Json json_;
  Credential credential_;
  ghl::settings settings_;
};

template <class Transport, class Json, class Credential, class... Options>
client(Transport, Json, Credential, Options...) -> client<Transport, Json, Credential>;
template <class Transport, class Json>
client(Transport, Json) -> client<Transport, Json, detail::no_credential>;

}  // namespace ghl::inline v0
