#include "everything.hpp"

const void* address_in_second_unit() { return &ghl::library_version; }
