/// ghl: a client for the HighLevel API. This is the client, and includes no HTTP library, no JSON library and no
/// endpoints: a program includes an adapter of each and the families that it calls, <ghl/api/links.hpp>.
///
/// The house, from the top down. A folder includes only the folders below it; the headers beside this one are what
/// users include, and stand above them all but api/, uses/ and testing/.
///     api/        the operations, a header a family
///     uses/       what is built on descriptors: lists in pages, a table of operations, curl lines
///     testing/    scripted transports; the suites for transports and JSON policies
///     client/     says what is wrong with a call, then runs it          auth/  tokens, and who refreshes them
///     runner/     the loop for each shape of transport; the clock; transports with their types left out
///     operation/  what a call is: steps without a transport, a clock or a lock; from struct to bytes and back
///     options/    settings, the set of policies, the throttle's budget
///     policy/     the contracts: transport, JSON, credential, retry, admission, observer, advisor
///     json_kit/   what the author of a JSON policy uses                 (beside policy/)
///     endpoint/   the words of a descriptor, fields, and the one diagnosis of both
///     value/      requests, answers, errors, results, limits, secrets, times
///     detail/     texts and small traits, of the standard library alone
///
/// One call: client::call checks the endpoint and makes an operation; prepare() writes the request; a runner does what
/// the operation says (send, wait, refresh, done); interpret() reads the answer. examples/README.md walks through it.
///
/// To add
///     an endpoint      a struct with endpoint(): examples/02_your_own_endpoint.cpp
///     a transport      a callable, as policy/transport.hpp asks: examples/03_transport.cpp
///     a JSON library   decode and encode, as policy/json.hpp asks: examples/04_json_policy.cpp
///     a policy         as policy/retry.hpp and its like ask: examples/14_your_own_policies.cpp
///     a fault          a row of the table in value/fault.hpp
///     a remedy         a row of the table in value/remedy.hpp
///     a setting        a type that ghl::settings applies, in options/settings.hpp
///     a rule of calls  operation/retry_machine.hpp or operation/retrying_core.hpp, and examples/rules.md
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/endpoint/required_scopes.hpp>  // first, since a compiler that refuses an endpoint prints the way to it

#include <ghl/auth/tokens.hpp>
#include <ghl/client/client.hpp>
#include <ghl/retry.hpp>
#include <ghl/version.hpp>
