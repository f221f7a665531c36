/// Every JSON adapter that this build has, as a list of types for TEMPLATE_LIST_TEST_CASE.
#pragma once

#include <tuple>

#if defined(GHL_WITH_NLOHMANN)
#include <ghl/json/nlohmann.hpp>
#endif
#if defined(GHL_WITH_GLAZE)
#include <ghl/json/glaze.hpp>
#endif
#if defined(GHL_WITH_RAPIDJSON)
#include <ghl/json/rapidjson.hpp>
#endif
#if defined(GHL_WITH_BOOST_JSON)
#include <ghl/json/boost.hpp>
#endif

using json_policies = decltype(std::tuple_cat(
#if defined(GHL_WITH_NLOHMANN)
    std::tuple<ghl::nlohmann_json>{},
#endif
#if defined(GHL_WITH_GLAZE)
    std::tuple<ghl::glaze_json>{},
#endif
#if defined(GHL_WITH_RAPIDJSON)
    std::tuple<ghl::rapidjson_json>{},
#endif
#if defined(GHL_WITH_BOOST_JSON)
    std::tuple<ghl::boost_json>{},
#endif
    std::tuple<>{}));
static_assert(std::tuple_size_v<json_policies> != 0, "these tests need a JSON adapter");
