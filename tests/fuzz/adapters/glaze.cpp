// The adapter of glaze, for the targets that read and write JSON.
#include <ghl/json/glaze.hpp>

#include "../adapter.hpp"

namespace {

const fuzz::registered<ghl::glaze_json> here{"glaze"};

}  // namespace
