// Every public header that this build can use, in no special order.
#pragma once

#include <ghl/any_transport.hpp>
#include <ghl/future.hpp>
#include <ghl/fwd.hpp>
#include <ghl/ghl.hpp>
#include <ghl/json_kit/dom_json.hpp>
#include <ghl/oauth_refresh.hpp>
#include <ghl/observe.hpp>
#include <ghl/refreshing_token.hpp>
#include <ghl/testing/json_suite.hpp>
#include <ghl/testing/scripted_transport.hpp>
#include <ghl/testing/transport_suite.hpp>
#include <ghl/throttle.hpp>
#if defined(GHL_WITH_HTTPLIB)
#include <ghl/transport/httplib.hpp>
#endif
#if defined(GHL_WITH_CURL)
#include <ghl/transport/curl.hpp>
#endif
#if defined(GHL_WITH_BEAST)
#include <ghl/transport/beast.hpp>
#endif
#if defined(GHL_WITH_GLAZE)
#include <ghl/json/glaze.hpp>
#endif
#if defined(GHL_WITH_NLOHMANN)
#include <ghl/json/nlohmann.hpp>
#endif
#if defined(GHL_WITH_RAPIDJSON)
#include <ghl/json/rapidjson.hpp>
#endif
#if defined(GHL_WITH_BOOST_JSON)
#include <ghl/json/boost.hpp>
#endif

// Defined in second.cpp; the same objects must be seen from both units.
const void* address_in_second_unit();
