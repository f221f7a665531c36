// The adapter of nlohmann against the conformance suite.
#include <ghl/json/nlohmann.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using policy = ghl::nlohmann_json;
const std::vector<std::string_view> known_failures = {};

/// Reads any object, and nothing of it.
struct nothing {
  std::optional<bool> never{};
  static consteval auto fields() { return ghl::fields(ghl::field("\x01", &nothing::never)); }
};

}  // namespace

#include "suite.hpp"
#include "answers.hpp"
#include "bytes.hpp"

TEST_CASE("json_fault takes those of 20000 damaged texts for JSON that nlohmann/json takes for it") {
  using ghl::testing::json::damaged;
  const std::string all = ghl::testing::json::whole_sample();
  ghl::testing::json::dice dice;
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = damaged(all, dice);
    // Of no type, so that nothing but the text itself can be wrong.
    const auto r = policy{}.decode<nothing>(text);
    const ghl::fault seen = r ? ghl::fault::none : r.error().fault;
    const ghl::fault said = ghl::json_fault(text);
    if (seen == ghl::fault::wrong_type) continue;  // seen before the rest of the text was
    // Of two things that are wrong, nlohmann/json may report the later: it reads a token ahead.
    INFO(text);
    CHECK((said == ghl::fault::none) == (seen == ghl::fault::none));
  }
}
