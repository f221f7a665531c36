// The curl adapter and servers that mean harm.
#include "hostile.hpp"

#include <ghl/transport/curl.hpp>

#include <cstddef>
#include <utility>

namespace {

ghl::curl_transport make(std::size_t limit) {
  ghl::curl_options options;
  options.response_limit = limit;
  return ghl::curl_transport{std::move(options)};
}

hostile::known_limits limits() { return {.sees_half_a_line = false, .bounds_chunk_extensions = false}; }

}  // namespace

TEST_CASE("curl: each hostile answer is read or told as it is, and a DELETE that it answers is not sent again") {
  hostile::run_attacks(make, limits());
}

TEST_CASE("curl: the timeout holds in each part of an answer, and of a request") { hostile::run_drips(make); }

TEST_CASE("curl: a timeout of centuries is one that never comes") { hostile::run_centuries(make); }
