/// What looks at each attempt of a call. The concept is the manual of whoever writes an observer.
#pragma once

#include <ghl/value/milliseconds.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>

namespace ghl { inline namespace v0 {

/// Purpose: the plain facts of one attempt, in the words of OpenTelemetry's HTTP conventions (the attribute stands
/// beside each). There is no token, no identifier, no body and no header in it.
/// Lifetime: the texts live as long as the call of the hook; `endpoint`, `method` and `path_template` for ever.
struct observation {
  std::string_view endpoint{};        ///< the title: "Delete Link"
  std::string_view method{};          ///< http.request.method
  std::string_view path_template{};   ///< url.template: "/links/:linkId"
  std::string_view server_address{};  ///< server.address
  int server_port = 0;                ///< server.port
  int status = 0;                     ///< http.response.status_code; 0 where no answer came
  std::string_view error_type{};      ///< error.type: "429", "timeout", "missing_field" ...; empty after a success
  milliseconds duration{};            ///< http.client.request.duration (there in seconds): of this attempt
  int attempt = 1;                    ///< http.request.resend_count + 1
  milliseconds wait{};                ///< the pause before this attempt: back-off, Retry-After, throttle
  bool last = true;                   ///< whether the call ends with this attempt
  std::size_t mismatches = 0;         ///< how many values of the answer are not as described; 32 at most
  std::string_view target{};          ///< path and query, with the identifiers in them; empty unless asked for
};

/// Purpose: is told of each attempt of each call, whatever became of it. ghl::observe makes one of any hook.
/// The smallest one: tests/unit/archetypes.hpp. A client may have any number of them, each of another type.
/// Thread safety: called by the thread that runs the attempt, and by several where calls run at the same time.
template <class O>
concept observer = std::move_constructible<O> && requires(const O& to, const observation& seen) {
  // What it throws, the call throws.
  to.observed(seen);
  // An observer may have `static constexpr bool wants_target = true;`: only then is `observation::target` filled in.
};

namespace detail {

template <class O>
concept target_observer = observer<O> && requires { requires std::bool_constant<O::wants_target>::value; };

}  // namespace detail
}}  // namespace ghl::v0
