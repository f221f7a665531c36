// The functions of a credential in another order.
// says: ghl: the functions of a ghl::refreshing_token are in another order; pass load, refresh and store
#include <ghl/ghl.hpp>
#include <ghl/refreshing_token.hpp>

#include "parts.hpp"

const auto load = []() -> ghl::result<ghl::token_pair> { return ghl::token_pair{}; };
const auto refresh = [](const ghl::token_pair& old) -> ghl::result<ghl::token_pair> { return old; };
const auto store = [](const ghl::token_pair&) {};
#ifndef GHL_MISTAKE
ghl::refreshing_token credential{load, refresh, store};
#else
ghl::refreshing_token credential{load, store, refresh};
#endif
