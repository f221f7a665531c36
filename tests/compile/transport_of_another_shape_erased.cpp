// A transport that calls back, in the erased type of those that return the answer.
// says: ghl: ghl::any_transport holds a transport that returns the answer; for one that calls back use
#include <ghl/any_transport.hpp>
#include <ghl/ghl.hpp>

#include "parts.hpp"

struct calls_back {
  template <class Completion>
  void operator()(ghl::http::request, Completion done) const {
    done(ghl::http::response{.status = 200});
  }
  template <class Completion>
  void wait(ghl::milliseconds, Completion done) const {
    done();
  }
};

#ifdef GHL_MISTAKE
const ghl::any_transport erased{calls_back{}};
#else
const ghl::any_callback_transport erased{calls_back{}};
#endif
