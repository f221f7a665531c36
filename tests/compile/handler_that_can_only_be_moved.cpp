// A handler that cannot be copied, and is passed by its name.
// says: ghl: the handler must be callable with ghl::result<E::response>; one that can only be moved is passed as std::move(handler)
#include "parts.hpp"

#include <memory>
#include <utility>

inline void call() {
  const auto calls_back = [](ghl::http::request, auto done) { done(ghl::http::response{.status = 200}); };
  ghl::client later{calls_back, json{}, token};
  auto handler = [owned = std::make_unique<int>(1)](const ghl::result<ghl::links::get_links::response>&) {};
#ifndef GHL_MISTAKE
  later.call(get_links, std::move(handler));
#else
  later.call(get_links, handler);
#endif
}
