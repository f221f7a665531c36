// A refreshing token with two sets of refresh options.
// says: ghl: a refreshing token has one ghl::refresh_options and one ghl::refresh_lock at most; remove one
#include <ghl/ghl.hpp>
#include <ghl/refreshing_token.hpp>

#include "parts.hpp"

const auto load = [] { return ghl::result<ghl::token_pair>{}; };
const auto refresh = [](const ghl::token_pair&) { return ghl::result<ghl::token_pair>{}; };
const ghl::refresh_options early{.ahead = std::chrono::minutes{5}};
#ifndef GHL_MISTAKE
const ghl::refreshing_token mine{load, refresh, early};
#else
const ghl::refreshing_token mine{load, refresh, early, early};
#endif
ghl::client my_api{transport, json{}, mine};
auto call() { return my_api.call(get_links); }
