// The adapter of rapidjson, for the targets that read and write JSON.
#include <ghl/json/rapidjson.hpp>

#include "../adapter.hpp"

namespace {

const fuzz::registered<ghl::rapidjson_json> here{"rapidjson"};

}  // namespace
