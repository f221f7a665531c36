// A credential whose store function takes something else than the pair.
// says: ghl: store must be callable with const ghl::token_pair& and return void, bool or a ghl::result
#include <ghl/ghl.hpp>
#include <ghl/refreshing_token.hpp>

#include "parts.hpp"

const auto load = [] { return ghl::result<ghl::token_pair>{}; };
const auto refresh = [](const ghl::token_pair& old) { return ghl::result<ghl::token_pair>{old}; };
#ifndef GHL_MISTAKE
const auto store = [](const ghl::token_pair&) { return true; };
#else
const auto store = [](const std::string&, const std::string&) { return true; };
#endif
ghl::client my_api{transport, json{}, ghl::refreshing_token{load, refresh, store}};
auto call() { return my_api.call(get_links); }
