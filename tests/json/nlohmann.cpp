// The adapter of nlohmann against the conformance suite.
#include <ghl/json/nlohmann.hpp>

#include <string_view>
#include <vector>

namespace {

using policy = ghl::nlohmann_json;
const std::vector<std::string_view> known_failures = {};

}  // namespace

#include "suite.hpp"
#include "answers.hpp"
#include "bytes.hpp"
