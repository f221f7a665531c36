/// ghl: a client for the HighLevel API. The core; no HTTP library, no JSON library, no endpoints.
#pragma once

#include <ghl/auth/tokens.hpp>
#include <ghl/client/client.hpp>
#include <ghl/retry.hpp>
#include <ghl/version.hpp>
