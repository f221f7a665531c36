// The adapter of Boost.JSON against the conformance suite. It is linked with what includes <boost/json/src.hpp>.
#include <ghl/json/boost.hpp>

namespace {

using policy = ghl::boost_json;

}  // namespace

#include "suite.hpp"
#include "answers.hpp"
#include "structures.hpp"
#include "tolerant.hpp"

TEST_CASE("floating-point numbers are written as Boost.JSON writes them") {
  CHECK(policy{}.encode(0.5).value() == "5E-1");
  CHECK(policy{}.encode(-1234.0).value() == "-1.234E3");
}
