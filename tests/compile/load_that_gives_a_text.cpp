// A credential whose load function gives an access token alone.
// says: ghl: load must be callable without arguments and return ghl::result<ghl::token_pair>
#include <ghl/ghl.hpp>
#include <ghl/refreshing_token.hpp>

#include "parts.hpp"

const auto refresh = [](const ghl::token_pair& old) { return ghl::result<ghl::token_pair>{old}; };
#ifndef GHL_MISTAKE
const auto load = [] { return ghl::token_pair{.access_token = ghl::secret{"a"}, .refresh_token = ghl::secret{"r"}}; };
#else
const auto load = [] { return std::string{"a"}; };
#endif
ghl::client my_api{transport, json{}, ghl::refreshing_token{load, refresh}};
auto call() { return my_api.call(get_links); }
