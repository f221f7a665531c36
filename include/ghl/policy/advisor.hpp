/// What knows more about an error than the library does. The concept is the manual of whoever writes an advisor.
#pragma once

#include <ghl/value/error.hpp>
#include <ghl/value/remedy.hpp>

#include <concepts>
#include <optional>

namespace ghl { inline namespace v0 {

/// Purpose: says what is to be done about an error, where it knows; error::remedy() and error::message() say the same
/// then. ghl::advice is the one in the box, a list of texts; a policy of yours may look at all of the error.
/// It is asked once about each error, before anything follows from it: what it calls `refresh_token` is refreshed where
/// the credential can, and ghl::retry sends again what it calls `retry` (a GET, a DELETE, or what was not sent) or
/// `wait`, and nothing else of what it has an opinion on.
/// Example: examples/14_your_own_policies.cpp. The smallest one: tests/unit/archetypes.hpp.
/// Of several, the first that knows counts. None of them is asked about fault::tokens_not_stored and
/// fault::probably_deleted to any effect.
template <class A>
concept advisor = std::copy_constructible<A> && requires(const A& policy, const error& e) {
  // What to do; std::nullopt: whatever the library says. Of an error without a token in it. Several threads may ask at
  // the same time; what it throws, the call throws.
  { policy.advise(e) } -> std::convertible_to<std::optional<remedy>>;
};

}}  // namespace ghl::v0
