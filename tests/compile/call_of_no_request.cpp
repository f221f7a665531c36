// A call of something that is no request struct.
// says: ghl: this is no request struct; it needs static consteval auto endpoint()
#include <ghl/ghl.hpp>
#include <ghl/api/links.hpp>

#include "parts.hpp"

#ifndef GHL_MISTAKE
auto call() { return api.call(ghl::links::get_links{.location_id = "ve9EPM428h8vShlRW1KT"}); }
#else
auto call() { return api.call("ve9EPM428h8vShlRW1KT"); }
#endif
