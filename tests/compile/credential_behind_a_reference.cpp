// A credential that refreshes its token, behind a std::reference_wrapper, which hides that.
// says: ghl: a std::reference_wrapper hides that this credential refreshes; pass a copy, which shares its state
#include <ghl/ghl.hpp>
#include <ghl/refreshing_token.hpp>

#include "parts.hpp"

#include <functional>

ghl::refreshing_token account{[] { return ghl::result<ghl::token_pair>{}; },
                              [](const ghl::token_pair&) { return ghl::result<ghl::token_pair>{}; }};
#ifndef GHL_MISTAKE
ghl::client my_api{transport, json{}, account};
#else
ghl::client my_api{transport, json{}, std::ref(account)};
#endif
auto call() { return my_api.call(get_links); }
