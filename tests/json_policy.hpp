/// The JSON adapter that this build has, for tests that are not about JSON.
#pragma once

#if defined(GHL_WITH_GLAZE)
#include <ghl/json/glaze.hpp>
using json_policy = ghl::glaze_json;
#elif defined(GHL_WITH_NLOHMANN)
#include <ghl/json/nlohmann.hpp>
using json_policy = ghl::nlohmann_json;
#else
#error "define GHL_WITH_GLAZE or GHL_WITH_NLOHMANN"
#endif
