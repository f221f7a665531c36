// A token that nobody can refresh.
// says: ghl: refresh must be callable with const ghl::token_pair& and return ghl::result<ghl::token_pair> or an awaitable of it
#include "parts.hpp"

#include <ghl/refreshing_token.hpp>

inline const auto load = [] { return ghl::token_pair{}; };
inline const auto refresh = [](const ghl::token_pair& old) { return ghl::result<ghl::token_pair>{old}; };

#ifndef GHL_MISTAKE
inline const ghl::refreshing_token kept{load, refresh};
#else
inline const ghl::refreshing_token kept{load};
#endif
