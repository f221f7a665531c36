/// The JSON library that the examples are built with: `example::chosen_json` is ghl::nlohmann_json or
/// ghl::glaze_json. The examples have to build with either; a program of yours names the one that it uses.
#pragma once

#if defined(GHL_WITH_NLOHMANN)
#include <ghl/json/nlohmann.hpp>
namespace example {
using chosen_json = ghl::nlohmann_json;
}
#elif defined(GHL_WITH_GLAZE)
#include <ghl/json/glaze.hpp>
namespace example {
using chosen_json = ghl::glaze_json;
}
#else
#error "the examples need a JSON library; define GHL_WITH_NLOHMANN or GHL_WITH_GLAZE"
#endif
