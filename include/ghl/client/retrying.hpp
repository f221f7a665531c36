/// Calls of a client that has policies, or whose token is refreshed. <ghl/retry.hpp> and its like bring it along, so
/// that a client without them has none of it.
#pragma once

#include <ghl/client/call_checks.hpp>
#include <ghl/client/client.hpp>
#include <ghl/client/requirements.hpp>
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

  /// `prepare()` gives the request; there is one handler where the transport calls back.
  template <class E, class Answer, class Self, class Prepare, class Stop, class... Handler>
  static Answer run(Self& self, std::string_view sent_token, const Prepare& prepare, const Stop& stop,
                    Handler... handler) {
    if constexpr (!runs) {
      return no_answer<Answer>();
    } else if constexpr (blocking_transport<Transport>) {
      using token = std::conditional_t<says_it_refreshes<Credential>, std::string, std::string_view>;
      const clock_sample now = sample<clock_sample>();
      retrying_call<E, decltype((self.json_)), decltype((self.credential_)), const Options&, token> call{
          self.json_, self.credential_, self.options_, token{sent_token}, prepare,
          server_name{self.settings_.base}, now};
      run_blocking(call, self.transport_, stop, now);
      return call.take();
    } else {
      retrying_call<E, Json, Credential, Options, std::string> call{Json{self.json_},
                                                                    Credential{self.credential_},
                                                                    Options{self.options_},
                                                                    std::string{sent_token},
                                                                    prepare,
                                                                    server_name{self.settings_.base},
                                                                    sample<clock_sample>()};
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
