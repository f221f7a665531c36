// A refresh is given two places to go to.
// says: ghl: an option of ghl::oauth_refresh is given twice; remove one
#include <ghl/ghl.hpp>
#include <ghl/oauth_refresh.hpp>

#include "parts.hpp"

#ifndef GHL_MISTAKE
ghl::oauth_refresh refresh{transport, json{}, ghl::oauth_app{}, ghl::base_url{"http://127.0.0.1:1"}};
#else
ghl::oauth_refresh refresh{transport, json{}, ghl::oauth_app{}, ghl::base_url{"http://127.0.0.1:1"},
                           ghl::base_url{"http://127.0.0.1:2"}};
#endif
