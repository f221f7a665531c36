/// Calls of a client that has policies, or whose token is refreshed. <ghl/retry.hpp> and its like bring it along, so
/// that a client without them has none of it.
#pragma once

#include <ghl/client/call_checks.hpp>
#include <ghl/client/client.hpp>
#include <ghl/client/requirements.hpp>
#include <ghl/endpoint/words.hpp>
#include <ghl/operation/call_policies.hpp>
#include <ghl/operation/retrying_call.hpp>
#include <ghl/operation/step.hpp>
#include <ghl/policy/credential.hpp>
#include <ghl/policy/transport.hpp>
#include <ghl/runner/blocking.hpp>
#include <ghl/runner/callback.hpp>
#include <ghl/runner/clock.hpp>
#include <ghl/runner/coroutine.hpp>
#include <ghl/runner/send.hpp>

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

template <class Transport, class Json, class Credential, class Options>
struct retrying {
  static constexpr bool runs = waiting_transport<Transport> && refreshes_as_called<Transport, Credential> &&
                               can_be_kept<Transport, Json, Credential, Options>;

  /// Whom a call of E asks for its token.
  template <class E, class Self>
  static decltype(auto) credential_for([[maybe_unused]] Self& self) noexcept {
    if constexpr (endpoint_of<E>.no_token) return no_token_needed{};
    else return (self.credential_);
  }

  /// Nobody is asked for a token where there was one at hand.
  template <class Asked, class Call>
  static void skip_lease(Call& call, std::string_view sent_token) noexcept {
    if constexpr (has_token_at_hand<Asked>)
      if (sent_token != no_token_yet) call.has_token();
  }

  /// `prepare()` gives the request; there is one handler where the transport calls back.
  template <class E, class Answer, class Self, class Prepare, class Stop, class... Handler>
  static Answer run(Self& self, std::string_view sent_token, const Prepare& prepare, const Stop& stop,
                    Handler... handler) {
    if constexpr (!runs) {
      return no_answer<Answer>();
    } else if constexpr (blocking_transport<Transport>) {
      auto&& asked = credential_for<E>(self);
      using asked_type = std::remove_reference_t<decltype(asked)>;
      using token = std::conditional_t<says_it_refreshes<asked_type>, std::string, std::string_view>;
      const clock_sample now = sample<clock_sample>();
      retrying_call<E, decltype((self.json_)), asked_type&, const Options&, token> call{
          self.json_, asked, self.options_, token{sent_token}, prepare, server_name{self.settings_.base}, now};
      skip_lease<asked_type>(call, sent_token);
      run_blocking(call, self.transport_, stop, now);
      return call.take();
    } else {
      using asked_type = std::conditional_t<endpoint_of<E>.no_token, no_token_needed, Credential>;
      retrying_call<E, Json, asked_type, Options, std::string> call{Json{self.json_},
                                                                    asked_type{credential_for<E>(self)},
                                                                    Options{self.options_},
                                                                    std::string{sent_token},
                                                                    prepare,
                                                                    server_name{self.settings_.base},
                                                                    sample<clock_sample>()};
      skip_lease<asked_type>(call, sent_token);
      if constexpr (coroutine_transport<Transport>) {
        return run_coroutine<Answer>(Transport{self.transport_}, std::move(call), stop);
      } else {
        callback_loop<Transport, decltype(call), Handler..., Stop>::go_on(
            {{Transport{self.transport_}}, std::move(call), std::move(handler)..., stop});
      }
    }
  }
};

}}}  // namespace ghl::v0::detail
