// An admission policy that is not told of answers.
// says: ghl: an admission policy has a ticket that can be default-constructed, and const functions acquire and
#include "parts.hpp"

struct door {
  struct ticket {};
  ghl::milliseconds acquire(ticket&, ghl::milliseconds) const { return ghl::milliseconds{0}; }
#if !defined(GHL_MISTAKE)
  void on_response(const ticket&, const ghl::rate_limit&, int, const std::optional<ghl::milliseconds>&,
                   ghl::milliseconds) const {}
#endif
};

void connect() {
  ghl::client mine{transport, json{}, token, door{}};
  static_cast<void>(mine.call(get_links));
}
