// Sending again through a transport whose answer is a std::future: nothing there can wait between two attempts.
// says: ghl: a transport that returns a std::future cannot wait between attempts
#include <ghl/future.hpp>
#include <ghl/ghl.hpp>

#include "parts.hpp"

#include <future>

const auto transport_of_a_future = [](ghl::http::request) { return std::promise<ghl::http::response>{}.get_future(); };
#ifndef GHL_MISTAKE
ghl::client my_api{transport_of_a_future, json{}, token};
#else
ghl::client my_api{transport_of_a_future, json{}, token, ghl::retry{.attempts = 3}};
#endif
auto call() { return my_api.call(get_links); }
