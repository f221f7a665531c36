// The table of JSON texts, for the glaze adapter.
#include <ghl/json/glaze.hpp>

namespace {
using policy = ghl::glaze_json;
}

#include "cases.hpp"
#include "answers.hpp"
