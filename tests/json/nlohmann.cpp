// The adapter of nlohmann against the conformance suite.
#include <ghl/json/nlohmann.hpp>

namespace {

using policy = ghl::nlohmann_json;

}  // namespace

#include "suite.hpp"
#include "answers.hpp"
#include "structures.hpp"
#include "tolerant.hpp"
#include "bytes.hpp"
