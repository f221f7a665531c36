// A credential whose refresh function does not take the pair that it is to refresh.
// says: ghl: refresh must be callable with const ghl::token_pair& and return ghl::result<ghl::token_pair>
#include <ghl/ghl.hpp>
#include <ghl/refreshing_token.hpp>

#include "parts.hpp"

const auto load = [] { return ghl::result<ghl::token_pair>{}; };
#ifndef GHL_MISTAKE
const auto refresh = [](const ghl::token_pair& old) { return ghl::result<ghl::token_pair>{old}; };
#else
const auto refresh = [] { return ghl::result<ghl::token_pair>{}; };
#endif
ghl::client my_api{transport, json{}, ghl::refreshing_token{load, refresh}};
auto call() { return my_api.call(get_links); }
