/// Sending again what failed in passing: the option ghl::retry, with all that drives it.
#pragma once

#include <ghl/detail/exchange_drivers.hpp>
#include <ghl/exchange.hpp>
#include <ghl/with.hpp>
