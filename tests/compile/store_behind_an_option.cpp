// An option of a refreshing token before the last of its functions.
// says: ghl: the functions of a ghl::refreshing_token are in another order; pass load, refresh and store, and then options
#include "parts.hpp"

#include <ghl/refreshing_token.hpp>

inline const auto load = [] { return ghl::token_pair{}; };
inline const auto refresh = [](const ghl::token_pair& old) { return ghl::result<ghl::token_pair>{old}; };
inline const auto store = [](const ghl::token_pair&) {};

#ifndef GHL_MISTAKE
inline const ghl::refreshing_token kept{load, refresh, store, ghl::refresh_options{}};
#else
inline const ghl::refreshing_token kept{load, refresh, ghl::refresh_options{}, store};
#endif
