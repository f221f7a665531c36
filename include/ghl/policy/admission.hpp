/// What decides when a call may start. The concept is the manual of whoever writes an admission policy.
#pragma once

#include <ghl/value/milliseconds.hpp>
#include <ghl/value/rate_limit.hpp>

#include <concepts>
#include <optional>

namespace ghl { inline namespace v0 {

/// Purpose: holds calls back, so that they keep to a rate. ghl::throttle is the one in the box; a policy of yours (over
/// a store that many processes share, say) is an option of the client in its place or beside it.
/// Example: examples/14_your_own_policies.cpp. The smallest one: tests/unit/archetypes.hpp.
/// A client may have several: a call starts when all of them have let it.
/// Thread safety: a client copies the policy and uses it from whichever threads run its calls; copies share their
/// state.
template <class A>
concept admission_policy =
    std::move_constructible<A> &&
    // What a call keeps from its first question to its answer. A ticket that is destroyed, or assigned to, gives its
    // place up, wherever in the line it was; a call that is cancelled while it waits ends so.
    std::default_initializable<typename A::ticket> && std::movable<typename A::ticket> &&
    requires(const A& policy, typename A::ticket& ticket, const rate_limit& limit, int status,
             const std::optional<milliseconds>& retry_after, milliseconds now) {
      // Asks for a turn. 0 or less: the call starts now, and is counted. Otherwise it asks again, with the same ticket,
      // after that time. Nothing waits in here. `now` is the time of a clock that never goes back.
      { policy.acquire(ticket, now) } -> std::same_as<milliseconds>;
      // Called once for each answer: its X-RateLimit headers, its status, and its Retry-After where it failed and named
      // one. Not called where no answer came.
      policy.on_response(ticket, limit, status, retry_after, now);
    };

}}  // namespace ghl::v0
