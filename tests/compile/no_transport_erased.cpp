// What is no transport at all, in an erased type.
// says: ghl: ghl::any_transport holds a transport that returns the answer; for one that calls back use
#include <ghl/any_transport.hpp>
#include <ghl/ghl.hpp>

struct returns_a_number {
#ifdef GHL_MISTAKE
  int operator()(const ghl::http::request&) const { return 200; }
#else
  ghl::http::response operator()(const ghl::http::request&) const { return {.status = 200}; }
#endif
};

const ghl::any_transport erased{returns_a_number{}};
