// The adapter of RapidJSON against the conformance suite.
#include <ghl/json/rapidjson.hpp>

namespace {

using policy = ghl::rapidjson_json;

}  // namespace

#include "suite.hpp"
#include "answers.hpp"
#include "structures.hpp"
#include "tolerant.hpp"
#include "bytes.hpp"
