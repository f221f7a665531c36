/// Sending again what failed in passing: the option ghl::retry, with all that drives it.
#pragma once

#include <ghl/runner/exchange_drivers.hpp>
#include <ghl/operation/retry_machine.hpp>
#include <ghl/options/option_set.hpp>
