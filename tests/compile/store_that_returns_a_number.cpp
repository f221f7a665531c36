// A store function in the way of C, whose 0 is a success: as a bool it would be a failure.
// says: ghl: store must be callable with const ghl::token_pair& and return void, bool or a ghl::result; copy examples/12_refreshing_token.cpp
#include "parts.hpp"

#include <ghl/refreshing_token.hpp>

inline const ghl::refreshing_token kept{
    [] { return ghl::token_pair{}; }, [](const ghl::token_pair& old) { return ghl::result<ghl::token_pair>{old}; },
#ifndef GHL_MISTAKE
    [](const ghl::token_pair&) { return true; }};
#else
    [](const ghl::token_pair&) { return 0; }};
#endif
