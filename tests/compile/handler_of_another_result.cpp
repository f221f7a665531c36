// A handler that takes the result of another endpoint.
// says: ghl: the handler must be callable with ghl::result<E::response>
#include <ghl/ghl.hpp>
#include <ghl/api/links.hpp>

#include "parts.hpp"

#ifndef GHL_MISTAKE
constexpr auto handler = [](const ghl::result<ghl::links::get_links::response>&) {};
#else
constexpr auto handler = [](const ghl::result<ghl::links::delete_link::response>&) {};
#endif

ghl::client my_api{[](ghl::http::request, auto done) { done(ghl::http::response{.status = 200}); }, json{}, token};
void call() { my_api.call(get_links, handler); }
