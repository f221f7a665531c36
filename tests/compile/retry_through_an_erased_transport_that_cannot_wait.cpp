// Sending again through a transport that cannot wait, its type left out.
// says: ghl: ghl::retry and the like need a transport that can wait; give it wait(ghl::milliseconds)
#include <ghl/any_transport.hpp>
#include <ghl/ghl.hpp>

#include "parts.hpp"

struct calls_back {
  template <class Completion>
  void operator()(ghl::http::request, Completion done) const {
    done(ghl::http::response{.status = 200});
  }
#ifndef GHL_MISTAKE
  template <class Completion>
  void wait(ghl::milliseconds, Completion done) const {
    done();
  }
#endif
};

#ifdef GHL_MISTAKE
using erased = ghl::any_unwaiting_callback_transport;
#else
using erased = ghl::any_callback_transport;
#endif

ghl::client my_api{erased{calls_back{}}, json{}, token, ghl::retry{.attempts = 3}};
void call() {
  my_api.call(get_links, [](const auto&) {});
}
