// Somebody's library, which uses ghl and whatever adapters its build says.
#include "exporting.hpp"
#include "../consumer.hpp"

std::string version_in_use() { return uses_ghl() ? std::string{ghl::library_version} : std::string{}; }
