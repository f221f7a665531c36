/// To write a policy of your own (when to repeat, when to start, whom to tell, what to advise, how to refresh): the
/// contracts, and all that a client needs to follow one.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/client/retrying.hpp>
#include <ghl/policy/admission.hpp>
#include <ghl/policy/advisor.hpp>
#include <ghl/policy/credential.hpp>
#include <ghl/policy/json.hpp>
#include <ghl/policy/observer.hpp>
#include <ghl/policy/retry.hpp>
#include <ghl/policy/transport.hpp>
