// Somebody's own copy of nlohmann/json: it tells that it is the one.
#pragma once
#define OWN_NLOHMANN 1
#include_next <nlohmann/json.hpp>
