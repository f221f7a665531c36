// A fact about a token that is a word of an endpoint.
// says: ghl: a token is of ghl::token::sub_account or ghl::token::agency; ghl::token::none is a word of an endpoint
#include <ghl/ghl.hpp>

#ifndef GHL_MISTAKE
inline const ghl::access_token of_agency{"a token", ghl::token_type<ghl::token::agency>};
#else
inline const ghl::access_token of_agency{"a token", ghl::token_type<ghl::token::none>};
#endif
