// A transport that returns a std::future, without the header for it.
// says: ghl: a transport that returns a std::future needs #include <ghl/future.hpp>
#include <ghl/ghl.hpp>

#ifndef GHL_MISTAKE
#include <ghl/future.hpp>
#endif

#include "parts.hpp"

#include <future>

ghl::client my_api{[](ghl::http::request) { return std::promise<ghl::http::response>{}.get_future(); }, json{}, token};
auto call() { return my_api.call(get_links); }
