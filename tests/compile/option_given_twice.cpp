// A client is given an option twice.
// says: ghl: an option of a client is given twice; remove one
#include "parts.hpp"

void connect() {
  ghl::client twice{transport, json{}, token, ghl::user_agent{"a"}
#if defined(GHL_MISTAKE)
                    ,
                    ghl::user_agent{"b"}
#endif
  };
  static_cast<void>(twice.call(get_links));
}
