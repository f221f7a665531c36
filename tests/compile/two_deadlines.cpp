// A call is given two deadlines.
// says: ghl: a call has one deadline and one stop token at most; remove one
#include "parts.hpp"

void hurry() {
  using namespace std::chrono_literals;
#if defined(GHL_MISTAKE)
  static_cast<void>(api.call(get_links, ghl::deadline{2s}, ghl::deadline{3s}));
#else
  static_cast<void>(api.call(get_links, ghl::deadline{2s}));
#endif
}
