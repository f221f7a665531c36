// A granted scope that has not the form of one. Scopes that no endpoint here needs are fine.
// says: ghl: a text in ghl::scopes<...> is not the form of a scope; write it as in links.readonly
// names: links_readonly
#include <ghl/ghl.hpp>

#include "parts.hpp"

#ifndef GHL_MISTAKE
constexpr auto granted = ghl::scopes<"links.readonly", "calendars/events.write">;
#else
constexpr auto granted = ghl::scopes<"links_readonly", "calendars/events.write">;
#endif
ghl::client my_api{transport, json{}, ghl::access_token{"a token", granted}};
auto call() { return my_api.call(get_links); }
