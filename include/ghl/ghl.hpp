/// ghl: a client for the HighLevel API. The core and the endpoints; no HTTP library, no JSON library.
#pragma once

#include <ghl/api/associations.hpp>
#include <ghl/api/conversations.hpp>
#include <ghl/api/links.hpp>
#include <ghl/api/opportunities.hpp>
#include <ghl/client/client.hpp>
#include <ghl/endpoint/required_scopes.hpp>
#include <ghl/retry.hpp>
#include <ghl/version.hpp>
