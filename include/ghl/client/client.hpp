/// A client: a transport, a JSON policy and a credential, put together.
#pragma once

#include <ghl/client/answer.hpp>
#include <ghl/client/call_checks.hpp>
#include <ghl/client/client_fwd.hpp>
#include <ghl/client/requirements.hpp>
#include <ghl/detail/always_false.hpp>
#include <ghl/detail/named.hpp>
#include <ghl/endpoint/well_formed.hpp>
#include <ghl/operation/call_policies.hpp>
#include <ghl/operation/prepare.hpp>
#include <ghl/operation/single_call.hpp>
#include <ghl/operation/url_plan.hpp>
#include <ghl/options/option_set.hpp>
#include <ghl/options/settings.hpp>
#include <ghl/policy/credential.hpp>
#include <ghl/policy/retry.hpp>
#include <ghl/policy/transport.hpp>
#include <ghl/runner/blocking.hpp>
#include <ghl/runner/send.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/secret.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

/// Purpose: calls endpoints through the transport, the JSON library and the credential that it was given.
/// Example:
///     ghl::client api{ghl::httplib_transport{}, ghl::glaze_json{}, ghl::private_integration_token{token}};
///     auto links = api.call(ghl::links::get_links{.location_id = "ve9EPM428h8vShlRW1KT"});
///     if (!links) return report(links.error());
/// Options follow the credential in any order: ghl::base_url, ghl::user_agent, ghl::deadline, ghl::strict, ghl::retry,
/// ghl::throttle, ghl::observe, ghl::advice, and policies of your own. The last five become a part of the client's
/// type: ghl::option_set<ghl::retry>, say, whatever their order.
/// The shape of the transport decides that of a call: a value, an awaitable, or a handler that is called with it.
///     auto links = api.call(request);                               // blocking
///     auto links = co_await api.call(request);                      // coroutine
///     api.call(request, [](ghl::result<get_links::response> r) {}); // callback
/// Errors: values, in the result. Only what the transport, the JSON policy or the allocator throws is thrown.
/// Lifetime: owns its parts; pass std::ref to share one. A response owns its bytes. An asynchronous call has
/// all that it needs when `call` returns: the request struct and the client may go before the answer comes.
/// With g++ 11 and 12 the request of a co_await needs a name, as above: they destroy a braced temporary there twice.
/// Thread safety: that of the transport, the JSON policy and the credential; the client changes nothing of its own.
template <class Transport, class Json, class Credential, class Options>
class client : detail::requirements<Transport, Json, Credential, Options> {
  using named = detail::policies_of<Options>;
  using policies = typename named::type;
  using advising = detail::advising_of<Transport, Credential, policies>;
  using shape = detail::call_shape<Transport, Json, advising>;
  template <class E>
  using answer = typename shape::template answer<E>;

  static constexpr bool sends_once = detail::sends_once<Credential, policies>;

 public:
  template <class... Given>
  explicit client(Transport transport, Json json, Credential token, Given... options)
      : transport_(std::move(transport)), json_(std::move(json)), credential_(std::move(token)),
        options_(detail::from_options{}, options...) {
    static_assert(detail::holds<((!detail::means_to_retry<Given> || retry_policy<Given>) && ...), Given...>,
                  "ghl: pause_after of a retry policy is const, takes const ghl::failed_attempt& and returns "
                  "std::optional<ghl::milliseconds>; copy examples/14_your_own_policies.cpp");
    static_assert(detail::holds<((!detail::means_to_admit<Given> || admission_policy<Given>) && ...), Given...>,
                  "ghl: an admission policy has a ticket that can be default-constructed, and const functions acquire "
                  "and on_response; copy examples/14_your_own_policies.cpp");
    static_assert(detail::holds<((!detail::means_to_advise<Given> || advisor<Given>) && ...), Given...>,
                  "ghl: advise of an advisor is const, takes const ghl::error& and returns std::optional<ghl::remedy>; "
                  "copy examples/14_your_own_policies.cpp");
    static_assert(detail::holds<((client_option<Given> || call_policy<Given> || detail::means_to_retry<Given> ||
                                  detail::means_to_admit<Given> || detail::means_to_advise<Given>) && ...), Given...>,
                  "ghl: this is no option of a client; pass ghl::base_url, ghl::user_agent, ghl::deadline, ghl::retry, "
                  "ghl::throttle, ghl::observe or a policy of your own, as <ghl/policy.hpp> asks");
    static_assert(detail::holds<detail::given_once<Given...> && detail::set_once<Given...>, Given...>,
                  "ghl: an option of a client is given twice; remove one");
    static_assert(detail::holds<!detail::given_once<Given...> || (0 + ... + int{retry_policy<Given>}) <= 1, Given...>,
                  "ghl: a client has one retry policy at most; let one of them ask the other");
    constexpr bool named_in_type = ((!call_policy<Given> || policies::template has<Given>) && ...);
    static_assert(detail::holds<named_in_type || !named::is_set, Options>,
                  "ghl: the type of this client does not name this option; write it as "
                  "ghl::client<transport, json, credential, ghl::option_set<ghl::retry>>, or leave it to the compiler");
    (set(options), ...);
    if constexpr (detail::constant_credential<Credential>) {
      if (detail::refusal_of(settings_, credential_.reveal()).why == fault::none)
        begun_lines_.append(detail::bearer).append(credential_.reveal()).append(detail::version_line);
    }
  }

  /// For the sentence about a client without a credential.
  client(Transport, Json)
    requires std::same_as<Credential, detail::no_credential>;

  /// Calls one endpoint. Options follow the request in any order: ghl::deadline, ghl::strict, a stop token; with a
  /// callback transport a handler too, which is called inside `call` where the request was refused before it was sent.
  /// Errors: see ghl::error; `kind` tells where the call failed.
  template <class E, class... Given>
  [[nodiscard("ghl: a result was ignored; it may hold an error: if (!result) (a task is to be awaited first)")]]
  answer<E> call(const E& request, Given&&... options) {
    return checked(*this, request, std::forward<Given>(options)...);
  }
  template <class E, class... Given>
  [[nodiscard("ghl: a result was ignored; it may hold an error: if (!result) (a task is to be awaited first)")]]
  answer<E> call(const E& request, Given&&... options) const {
    return checked(*this, request, std::forward<Given>(options)...);
  }

 private:
  template <class, class, class, class>
  friend struct detail::retrying;

  template <class Option>
  void set([[maybe_unused]] Option& option) {
    if constexpr (client_option<Option>) settings_.apply(std::move(option));
  }

  // One sentence for each mistake; after one, a harmless path of the right type, so that there is one error.
  template <class Self, class E, class... Given>
  static answer<E> checked(Self& self, const E& request, Given&&... options) {
    // As well_formed<E>, with fewer steps for the compiler to print.
    static_cast<void>(detail::valid_endpoint<detail::finding_in<E>.what, detail::named_by<detail::culprit_in<E>>>{});
    constexpr bool calls_back = callback_transport<Transport>;
    constexpr int handlers = detail::handlers_in<std::remove_cvref_t<Given>...>;
    constexpr bool usable = !std::is_const_v<Self> || detail::usable_when_const<Transport, Json, Credential, E>;
    static_assert(detail::holds<usable, Transport, Json, Credential>,
                  "ghl: a part of this client changes in a call, and the client is const; make operator(), decode and "
                  "encode const, or the client not const");
    constexpr bool once = detail::deadlines_in<std::remove_cvref_t<Given>...> <= 1 &&
                          detail::stop_tokens_in<std::remove_cvref_t<Given>...> <= 1;
    static_assert(detail::holds<calls_back || handlers == 0, Given...>,
                  "ghl: this is no option of a call; pass ghl::deadline, ghl::strict or a stop token");
    static_assert(detail::holds<!calls_back || handlers == 1, Given...>,
                  "ghl: this transport calls back; pass one handler, a callable that takes ghl::result<E::response>");
    static_assert(detail::holds<once, Given...>, "ghl: a call has one deadline and one stop token at most; remove one");
    if constexpr (!(detail::valid<E> && shape::runs && credential<Credential> && once && usable &&
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
    } else if constexpr (!detail::handler_fits<E, Given...>) {
      static_assert(detail::always_false<E>, "ghl: the handler must be callable with ghl::result<E::response>; one that "
                                             "can only be moved is passed as std::move(handler)");
    } else {
      using missing = detail::missing_scope<Credential, E>;
      static_assert(detail::holds<missing::text.empty(), detail::named_by<missing>>,
                    "ghl: the credential was not granted this scope; grant it, and add it to ghl::scopes<...>");
      static_assert(detail::holds<!missing::text.empty() || detail::serves<Credential, E>, Credential>,
                    "ghl: the endpoint does not take a token of this kind; use one of the other kind");
      static_assert(detail::holds<detail::serves_by_oauth<Credential, E>, Credential>,
                    "ghl: this endpoint takes only a token that OAuth has issued; give the client a ghl::access_token "
                    "or a ghl::refreshing_token");
      const auto stop = detail::stop_among(options...);
      const detail::call_settings how{
          detail::limit_among(self.settings_.timeout, options...),
          detail::asks_for_strict<std::remove_cvref_t<Given>...> || self.settings_.reads_strictly};
      if constexpr (calls_back)
        return started(self, request, how, stop, detail::handler_among(std::forward<Given>(options)...));
      else return started(self, request, how, stop);
    }
  }

  template <class Self, class E, class Stop, class... Handler>
  static answer<E> started(Self& self, const E& request, const detail::call_settings& how, const Stop& stop,
                           Handler... handler) {
    const auto token = detail::token_for_call<E, !coroutine_transport<Transport>>(self.credential_);
    detail::erased_request erased{&detail::plan_of<E>, &request, detail::body_writer<E, decltype((self.json_))>()};
    const prepare_call<detail::is_special<E>, Self, decltype(token)> prepare{self, erased, token, how};
    if constexpr (!sends_once) {
      using loop = detail::retrying<Transport, Json, Credential, policies>;
      constexpr bool included = requires { sizeof(loop); };
      static_assert(detail::holds<included, Options>,
                    "ghl: a client with policies needs #include "
                    "<ghl/retry.hpp>, or <ghl/policy.hpp> for one of your own");
      if constexpr (included)
        return loop::template run<E, answer<E>>(self, token.text(), prepare, stop, std::move(handler)...);
      else return detail::no_answer<answer<E>>();
    } else if constexpr (blocking_transport<Transport>) {
      detail::single_core call{prepare};
      detail::run_blocking<detail::single_core>(call, self.transport_, stop, {});
      return detail::outcome_of<E>(call.answer(), self.json_, token.text(), advisers(self), how.reads_strictly);
    } else {
      return detail::run_single<E, answer<E>>(self.transport_, self.json_, std::string{token.text()}, prepare,
                                              advisers(self), stop, std::move(handler)...);
    }
  }

  template <class Self>
  static advising advisers([[maybe_unused]] Self& self) {
    if constexpr (std::is_same_v<advising, detail::no_advice>) return {};
    else return advising{self.options_};
  }

  // The type of the endpoint is left out of what follows: a program has it once for each client.

  template <bool Special, class Self, class Token>
  struct prepare_call {
    Self& self;
    const detail::erased_request& request;
    Token& token;
    detail::call_settings how;  // an operation asks this, too: see detail::is_strict
    result<http::request> operator()() const { return prepared<Special>(self, request, token, how.limit); }
  };

  template <bool Special, class Self, class Token>
  [[gnu::noinline]] static result<http::request> prepared(Self& self, const detail::erased_request& request,
                                                          const Token& token, milliseconds limit) {
    if (const error* const failed = token.failed()) return *failed;
    if constexpr (Special) {
      return detail::prepare_special(request, &self.json_, token.text(), self.settings_, limit);
    } else {
      const auto who = [&]() -> detail::authorization {
        if (!self.begun_lines_.empty()) return {token.text(), self.begun_lines_};
        const std::string_view unchecked = Token::is_checked ? detail::no_token_yet : token.text();
        return {token.text(), {}, detail::refusal_of(self.settings_, unchecked)};
      };
      return detail::prepare(request, &self.json_, who(), self.settings_, limit);
    }
  }

  Transport transport_;
  Json json_;
  Credential credential_;
  [[no_unique_address]] policies options_;
  ghl::settings settings_;
  std::string begun_lines_;  // of the header, for a token that cannot change and was checked
};

template <class Transport, class Json, class Credential, class... Options>
client(Transport, Json, Credential, Options...)
    -> client<Transport, Json, Credential, typename detail::policies_among<option_set<>, Options...>::type>;
template <class Transport, class Json>
client(Transport, Json) -> client<Transport, Json, detail::no_credential>;

}}  // namespace ghl::v0
