// A blocking transport with a refresh function that calls back.
// says: ghl: the refresh function must return ghl::result<ghl::token_pair>, or do it in the way of the transport
#include <ghl/ghl.hpp>
#include <ghl/refreshing_token.hpp>

#include "parts.hpp"

const auto load = [] { return ghl::result<ghl::token_pair>{}; };
#ifndef GHL_MISTAKE
const auto refresh = [](const ghl::token_pair&) { return ghl::result<ghl::token_pair>{}; };
#else
const auto refresh = [](const ghl::token_pair&, auto done) { done(ghl::result<ghl::token_pair>{}); };
#endif
ghl::client my_api{transport, json{}, ghl::refreshing_token{load, refresh}};
auto call() { return my_api.call(get_links); }
