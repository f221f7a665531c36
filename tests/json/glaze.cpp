// The adapter of glaze against the conformance suite.
#include <ghl/json/glaze.hpp>

#include <cstddef>
#include <string>

namespace {

using policy = ghl::glaze_json;

}  // namespace

#include "suite.hpp"
#include "answers.hpp"
#include "structures.hpp"
#include "tolerant.hpp"
#include "bytes.hpp"

using ghl::testing::json::everything;

TEST_CASE("a key with an escape or a control byte is found wherever it stands") {
  for (std::size_t length = 0; length < 600; ++length) {
    INFO(length);
    const std::string plain = R"({"x":")" + std::string(length, 'a') + R"(",)";
    CHECK(policy{}.decode<everything>(plain + R"("\u0074ext":"b"})").value() == everything{.text = "b"});
    CHECK(policy{}.decode<everything>(plain + R"("y":"\\","z":"\"","\u0074ext":"b"})").value().text == "b");
    CHECK(policy{}.decode<everything>(plain + R"("y":"\u0074","text":"\n"})").value().text == "\n");
    CHECK(policy{}.decode<everything>(plain + "\n\"text\" : \"b\"}").value().text == "b");
    CHECK(policy{}.decode<everything>(plain + "\"\x1F\":1}").error().fault == ghl::fault::malformed);
    CHECK(policy{}.decode<everything>(plain + "\"\\udc00\":1}").error().fault == ghl::fault::malformed);
  }
}
