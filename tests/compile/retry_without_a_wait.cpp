// Sending again through an asynchronous transport that cannot wait.
// says: ghl: ghl::retry and the like need a transport that can wait; give it wait(ghl::milliseconds)
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

ghl::client my_api{calls_back{}, json{}, token, ghl::retry{.attempts = 3}};
void call() {
  my_api.call(get_links, [](const auto&) {});
}
