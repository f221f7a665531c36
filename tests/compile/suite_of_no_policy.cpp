// The conformance suite for JSON policies, of something that is none.
// says: ghl: a JSON policy has a template decode<T>(std::string_view) that returns ghl::result<T>; copy examples/04_json_policy.cpp
#include "parts.hpp"

#include <ghl/testing/json_suite.hpp>

inline int failures() {
#ifndef GHL_MISTAKE
  return ghl::testing::failed(ghl::testing::json_suite(json{}));
#else
  return ghl::testing::failed(ghl::testing::json_suite(transport));
#endif
}
