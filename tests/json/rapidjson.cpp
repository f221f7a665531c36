// The adapter of RapidJSON against the conformance suite.
#include <ghl/json/rapidjson.hpp>

#include <string_view>
#include <vector>

namespace {

using policy = ghl::rapidjson_json;
const std::vector<std::string_view> known_failures = {};

}  // namespace

#include "suite.hpp"
#include "answers.hpp"
#include "bytes.hpp"
