// A credential that yields no token.
// says: ghl: the third argument of a client yields the token; pass ghl::private_integration_token{text}
#include <ghl/ghl.hpp>

#include "parts.hpp"

struct vault {
#ifndef GHL_MISTAKE
  std::string operator()() const { return "a token"; }
#endif
};

ghl::client my_api{transport, json{}, vault{}};
auto call() { return my_api.call(get_links); }
