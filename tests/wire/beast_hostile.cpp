// The beast adapter and servers that mean harm.
#include "../conformance/beast_call.hpp"
#include "hostile.hpp"

#include <ghl/transport/beast.hpp>

#include <cstddef>
#include <utility>

namespace {

beast_call make(std::size_t limit) {
  ghl::beast_options options;
  options.response_limit = limit;
  return beast_call{std::move(options)};
}

hostile::known_limits limits() { return {}; }

}  // namespace

TEST_CASE("beast: each hostile answer is read or told as it is, and a DELETE that it answers is not sent again") {
  hostile::run_attacks(make, limits());
}

TEST_CASE("beast: the timeout holds in each part of an answer, and of a request") { hostile::run_drips(make); }

TEST_CASE("beast: a timeout of centuries is one that never comes") { hostile::run_centuries(make); }
