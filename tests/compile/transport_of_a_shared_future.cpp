// A transport returns a future that several may read.
// says: ghl: a transport may return a std::future, which is read once, but not a std::shared_future or the like
#include <ghl/ghl.hpp>
#include <ghl/future.hpp>

#include <future>

#include "parts.hpp"

#ifndef GHL_MISTAKE
using answer = std::future<ghl::http::response>;
#else
using answer = std::shared_future<ghl::http::response>;
#endif
const auto sends = [](const ghl::http::request&) { return answer{}; };
ghl::client my_api{sends, json{}, token};
auto call() { return my_api.call(get_links); }
