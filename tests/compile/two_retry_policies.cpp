// A client has two retry policies.
// says: ghl: a client has one retry policy at most; let one of them ask the other
#include "parts.hpp"

struct never {
  static std::optional<ghl::milliseconds> pause_after(const ghl::failed_attempt&) { return std::nullopt; }
};

void connect() {
  ghl::client two{transport, json{}, token, ghl::retry{}
#if defined(GHL_MISTAKE)
                  ,
                  never{}
#endif
  };
  static_cast<void>(two.call(get_links));
}
