// The scopes of something that is no endpoint.
// says: ghl: this is no request struct; it needs static consteval auto endpoint()
#include <ghl/ghl.hpp>
#include <ghl/api/links.hpp>

#include "parts.hpp"

#ifndef GHL_MISTAKE
constexpr auto needed = ghl::required_scopes<ghl::links::get_links, ghl::links::delete_link>;
#else
constexpr auto needed = ghl::required_scopes<ghl::links::get_links, std::string>;
#endif
static_assert(needed.size() != 0);
