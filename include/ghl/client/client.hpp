/// A client: a transport, a JSON policy and a credential, put together.
#pragma once

#include <ghl/runner/drivers.hpp>
#include <ghl/detail/named.hpp>
#include <ghl/detail/always_false.hpp>
#include <ghl/fwd.hpp>
#include <ghl/options/settings.hpp>
#include <ghl/policy/transport.hpp>
#include <ghl/operation/prepare.hpp>
#include <ghl/value/result.hpp>
#include <ghl/endpoint/well_formed.hpp>
#include <ghl/options/option_set.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

namespace detail {

/// A call that was told to stop before it was sent.
inline void cancel(result<http::request>& prepared, const endpoint_facts& called) {
  prepared = transport_error(fault::cancelled, sent::no);
  prepared.error().endpoint = called.title;
  prepared.error().called = &called;
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
template <class Credential, valid E>
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

/// Runs calls that may take more than one attempt; <ghl/retry.hpp> and its like bring it along.
template <class Transport, class Json, class Credential, class With>
struct exchange_driver;

/// Whether a call of such a client is one request and one answer.
template <class Credential, class With>
inline constexpr bool sends_once = With::empty && !requires { requires Credential::refreshes; };

template <class Credential, class E>
concept serves = credential_serves<Credential>(endpoint_of<E>);

}  // namespace detail

/// Purpose: calls endpoints through the transport, the JSON library and the credential that it was given.
/// Example:
///     ghl::client api{ghl::httplib_transport{}, ghl::glaze_json{}, ghl::private_integration_token{token}};
///     auto links = api.call(ghl::links::get_links{.location_id = "ve9EPM428h8vShlRW1KT"});
///     if (!links) return report(links.error());
/// Options follow the credential in any order: ghl::base_url, ghl::user_agent, ghl::deadline; ghl::retry, ghl::throttle
/// and ghl::observe, which become a part of the client's type: `With` is ghl::with<ghl::retry>, say.
/// The shape of the transport decides that of a call: a value, an awaitable, or a handler that is called with it.
///     auto links = api.call(request);                               // blocking
///     auto links = co_await api.call(request);                      // coroutine
///     api.call(request, [](ghl::result<get_links::response> r) {}); // callback
/// Errors: values, in the result. Only what the transport, the JSON policy or the allocator throws is thrown.
/// Lifetime: owns its parts; pass std::ref(transport) to share one. A response owns its bytes. An asynchronous call has
/// all that it needs when `call` returns: the request struct and the client may go before the answer comes.
/// With g++ 11 and 12 the request of a co_await needs a name, as above: they destroy a braced temporary there twice.
/// Thread safety: the client has no state of its own that a call changes; calls may run at the same time where the
/// transport, the JSON policy and the credential allow it.
template <class Transport, class Json, class Credential, class With>
class client {
  using driver = detail::driver<Transport, Json>;
  template <class E>
  using answer = typename driver::template answer<E>;

  static constexpr bool transport_is_callable = std::is_invocable_v<Transport&, http::request> ||
                                                std::is_invocable_v<Transport&, const http::request&> ||
                                                callback_transport<Transport>;
  static_assert(detail::holds<transport_is_callable, Transport>,
                "ghl: a transport must be callable with const ghl::http::request&; copy examples/03_transport.cpp");
  static_assert(detail::holds<!transport_is_callable || transport<Transport>, Transport>,
                "ghl: a transport must return ghl::http::response or ghl::result<ghl::http::response>; copy "
                "examples/03_transport.cpp");
  static_assert(detail::holds<!future_transport<Transport> || driver::runs, Transport>,
                "ghl: a transport that returns a std::future needs #include <ghl/future.hpp>");
  static_assert(detail::holds<!requires { requires Credential::type::refreshes; }, Credential>,
                "ghl: a std::reference_wrapper hides that this credential refreshes; pass a copy, which shares its state");
  static_assert(detail::holds<credential<Credential>, Credential>,
                "ghl: the third argument of a client yields the token; pass ghl::private_integration_token{text}, "
                "ghl::access_token{text} or a callable that returns a std::string");

 public:
  template <class... Options>
  explicit client(Transport transport, Json json, Credential token, Options... options)
      : transport_(std::move(transport)), json_(std::move(json)), credential_(std::move(token)),
        with_(detail::picked{}, options...) {
    static_assert(detail::holds<((client_option<Options> || exchange_option<Options>) && ...), Options...>,
                  "ghl: this is no option of a client; pass ghl::base_url, ghl::user_agent, ghl::deadline, ghl::retry, "
                  "ghl::throttle or ghl::observe");
    static_assert(detail::holds<((!exchange_option<Options> || With::template has<Options>) && ...), With, Options...>,
                  "ghl: the type of this client does not name this option; write it as "
                  "ghl::client<transport, json, credential, ghl::with<ghl::retry>>, or leave it to the compiler");
    (set(options), ...);
  }

  /// For the sentence about a client without a credential.
  client(Transport, Json)
    requires std::same_as<Credential, detail::no_credential>;

  /// Calls one endpoint. Options follow the request in any order: ghl::deadline, a stop token; with a callback
  /// transport a handler too, which is called inside `call` where the request was refused before it was sent.
  /// Errors: see ghl::error; `kind` tells where the call failed.
  template <class E, class... Options>
  [[nodiscard("ghl: a result was ignored; it may hold an error: if (!result) (a task is to be awaited first)")]]
  answer<E> call(const E& request, Options&&... options) {
    return check(*this, request, std::forward<Options>(options)...);
  }
  template <class E, class... Options>
  [[nodiscard("ghl: a result was ignored; it may hold an error: if (!result) (a task is to be awaited first)")]]
  answer<E> call(const E& request, Options&&... options) const
    requires ghl::transport<const Transport> && credential<const Credential>
  {
    return check(*this, request, std::forward<Options>(options)...);
  }

 private:
  template <class Option>
  void set([[maybe_unused]] Option& option) {
    if constexpr (client_option<Option>) settings_.apply(std::move(option));
  }

  // One sentence for each mistake; after one, a harmless path of the right type, so that there is one error.
  template <class Self, class E, class... Options>
  static answer<E> check(Self& self, const E& request, Options&&... options) {
    // As well_formed<E>, with fewer steps for the compiler to tell of.
    static_cast<void>(detail::valid_endpoint<detail::finding_in<E>.what, detail::named_by<detail::culprit_in<E>>>{});
    constexpr bool calls_back = callback_transport<Transport>;
    constexpr std::size_t handlers = (0 + ... + (call_option<std::remove_cvref_t<Options>> ? 0U : 1U));
    static_assert(detail::holds<calls_back || handlers == 0, Options...>,
                  "ghl: this is no option of a call; pass ghl::deadline or a stop token");
    static_assert(detail::holds<!calls_back || handlers == 1, Options...>,
                  "ghl: this transport calls back; pass one handler, a callable that takes ghl::result<E::response>");
    if constexpr (!(detail::valid<E> && driver::runs && credential<Credential> &&
                    handlers == (calls_back ? 1 : 0))) {
      return detail::no_answer<answer<E>>();
    } else if constexpr (!detail::json_reads<Json, E>) {
      static_assert(detail::always_false<E>,
                    "ghl: the JSON policy cannot read the response; give it template <class T> ghl::result<T> "
                    "decode(std::string_view); copy examples/04_json_policy.cpp");
      return detail::no_answer<answer<E>>();
    } else if constexpr (!detail::json_writes<Json, E>) {
      static_assert(detail::always_false<E>,
                    "ghl: this endpoint has a body, and the JSON policy cannot write it; give it template <class T> "
                    "ghl::result<std::string> encode(const T&); copy examples/04_json_policy.cpp");
      return detail::no_answer<answer<E>>();
    } else {
      using missing = detail::missing_scope<Credential, E>;
      static_assert(detail::holds<missing::text.empty(), detail::named_by<missing>>,
                    "ghl: the credential was not granted this scope; grant it, and add it to ghl::scopes<...>");
      static_assert(detail::holds<detail::serves<Credential, E>, Credential>,
                    "ghl: the endpoint does not take a token of this kind; use one of the other kind");
      if constexpr (!detail::sends_once<Credential, With>)
        return detail::exchange_driver<Transport, Json, Credential, With>::template run<E>(
            self.transport_, self.json_, self.credential_, self.with_, start(self, request, options...),
            std::forward<Options>(options)...);
      else if constexpr (blocking_transport<Transport>) return call_and_wait(self, request, options...);
      else return driver::template run<E>(self.transport_, self.json_, start(self, request, options...),
                                          std::forward<Options>(options)...);
    }
  }

  template <class Self, class E, class... Options>
  static result<response_of<E>> call_and_wait(Self& self, const E& request, const Options&... options) {
    const detail::token_holder<decltype(detail::token_of(self.credential_))> token{detail::token_of(self.credential_)};
    const auto stop = detail::stop_among(options...);
    result<http::request> prepared = prepare(self, request, token, stop, options...);
    if (!prepared) return std::move(prepared.error());
    return detail::finish<E>(detail::send(self.transport_, std::as_const(*prepared), stop), self.json_, token.text());
  }

  /// A request that will outlive this call, and perhaps this client.
  template <class Self, class E, class... Options>
  static detail::outgoing start(Self& self, const E& request, const Options&... options) {
    const detail::token_holder<decltype(detail::token_of(self.credential_))> token{detail::token_of(self.credential_)};
    detail::outgoing out{prepare(self, request, token, detail::stop_among(options...), options...), {}};
    if (out.request) out.token = token.text();
    return out;
  }

  template <class Self, class E, class Token, class Stop, class... Options>
  static result<http::request> prepare(Self& self, const E& request, const Token& token, const Stop& stop,
                                       const Options&... options) {
    const error* const failed = token.failed();
    result<http::request> prepared = failed != nullptr
                                         ? result<http::request>{*failed}
                                         : ghl::prepare(request, self.json_, token.text(), self.settings_);
    if (prepared && stop.stop_requested()) detail::cancel(prepared, endpoint_of<E>);
    if (prepared) (detail::apply_option(*prepared, options), ...);
    return prepared;
  }

  Transport transport_;
  Json json_;
  Credential credential_;
  [[no_unique_address]] With with_;
  ghl::settings settings_;
};

template <class Transport, class Json, class Credential, class... Options>
client(Transport, Json, Credential, Options...) -> client<Transport, Json, Credential, detail::with_of<Options...>>;
template <class Transport, class Json>
client(Transport, Json) -> client<Transport, Json, detail::no_credential>;

}}  // namespace ghl::v0
