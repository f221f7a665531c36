// The table of JSON texts, for the nlohmann adapter.
#include <ghl/json/nlohmann.hpp>

namespace {
using policy = ghl::nlohmann_json;
}

#include "cases.hpp"
#include "answers.hpp"
