// The httplib adapter and servers that mean harm.
#include "hostile.hpp"

#include <ghl/transport/httplib.hpp>

#include <cstddef>
#include <utility>

namespace {

ghl::httplib_transport make(std::size_t limit) {
  ghl::httplib_options options;
  options.response_limit = limit;
  return ghl::httplib_transport{std::move(options)};
}

/// The oldest release reads no trailers.
template <class Client = httplib::Client>
hostile::known_limits limits() {
  return {.reads_trailers = requires(Client c) { c.set_header_writer({}); }};
}

}  // namespace

TEST_CASE("httplib: each hostile answer is read or told as it is, and a DELETE that it answers is not sent again") {
  hostile::run_attacks(make, limits());
}

TEST_CASE("httplib: the timeout holds in each part of an answer, and of a request") { hostile::run_drips(make); }

TEST_CASE("httplib: a timeout of centuries is one that never comes") { hostile::run_centuries(make); }
