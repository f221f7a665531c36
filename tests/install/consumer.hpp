// Uses the core, and the adapters that the build says it has.
#pragma once

#include <ghl/ghl.hpp>
#if defined(WITH_CURL)
#include <ghl/transport/curl.hpp>
#endif
#if defined(WITH_HTTPLIB)
#include <ghl/transport/httplib.hpp>
#endif
#if defined(WITH_NLOHMANN)
#include <ghl/json/nlohmann.hpp>
#if defined(EXPECT_OWN_NLOHMANN) && !defined(OWN_NLOHMANN)
#error "this is not the copy of nlohmann/json that the project has"
#endif
#endif

inline bool uses_ghl() {
#if defined(WITH_CURL)
  [[maybe_unused]] ghl::curl_transport curl;
#endif
#if defined(WITH_HTTPLIB)
  [[maybe_unused]] ghl::httplib_transport httplib;
#endif
#if defined(WITH_NLOHMANN)
  [[maybe_unused]] ghl::nlohmann_json json;
#endif
  return !ghl::library_version.empty();
}
