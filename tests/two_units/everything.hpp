// Every public header that this build can use, in no special order.
#pragma once

#include <ghl/ghl.hpp>
#if defined(GHL_WITH_HTTPLIB)
#include <ghl/transport/httplib.hpp>
#endif
#if defined(GHL_WITH_GLAZE)
#include <ghl/json/glaze.hpp>
#endif
#if defined(GHL_WITH_NLOHMANN)
#include <ghl/json/nlohmann.hpp>
#endif

// Defined in second.cpp; the same objects must be seen from both units.
const void* address_in_second_unit();
