// The adapter of boost_json, for the targets that read and write JSON.
#include <ghl/json/boost.hpp>

#include "../adapter.hpp"

namespace {

const fuzz::registered<ghl::boost_json> here{"boost_json"};

}  // namespace
