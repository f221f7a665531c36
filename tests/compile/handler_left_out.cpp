// A call through a callback transport without a handler.
// says: ghl: this transport calls back; pass one handler, a callable that takes ghl::result<E::response>
#include <ghl/ghl.hpp>

#include "parts.hpp"

ghl::client my_api{[](ghl::http::request, auto done) { done(ghl::http::response{.status = 200}); }, json{}, token};
#ifndef GHL_MISTAKE
void call() {
  my_api.call(get_links, [](const auto&) {});
}
#else
void call() {
  my_api.call(get_links);
}
#endif
