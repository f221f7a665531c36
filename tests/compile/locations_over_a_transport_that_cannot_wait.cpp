// The tokens of locations over a transport that calls back and cannot wait.
// says: ghl: ghl::location_tokens takes a transport that can wait
#include <ghl/ghl.hpp>
#include <ghl/location_tokens.hpp>

#include "parts.hpp"

struct calling {
  template <class Done>
  void operator()(const ghl::http::request&, Done done) const {
    done(ghl::result<ghl::http::response>{});
  }
#ifndef GHL_MISTAKE
  template <class Done>
  void wait(ghl::milliseconds, Done done) const {
    done();
  }
#endif
};
const ghl::access_token mine{"a token"};
ghl::location_tokens locations{calling{}, json{}, mine, "company"};
