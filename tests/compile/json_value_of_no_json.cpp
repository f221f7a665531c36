// A free-form value that is made of a struct which JSON cannot say.
// says: ghl: JSON cannot say a field of this type; use bool, a number, std::string, std::optional, std::vector, a std::map of strings, ghl::json_value, ghl::string_or_strings or a struct with fields(); or give it a ghl::json_as (times: <ghl/endpoint/time.hpp>)
// names: std::set<int>
#include "parts.hpp"

#include <ghl/json_kit/json_value.hpp>

#include <set>
#include <vector>

#ifndef GHL_MISTAKE
using numbers = std::vector<int>;
#else
using numbers = std::set<int>;
#endif

inline bool keep(const numbers& list) {
  return ghl::json_value::from(json{}, list) && ghl::json_value::from(json{}, "a text");
}
