// The adapter of nlohmann, for the targets that read and write JSON.
#include <ghl/json/nlohmann.hpp>

#include "../adapter.hpp"

namespace {

const fuzz::registered<ghl::nlohmann_json> here{"nlohmann"};

}  // namespace
