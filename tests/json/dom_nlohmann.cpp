// ghl::dom_json on the documents of nlohmann/json.
#include "dom_nlohmann.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace {

using policy = ghl::dom_json<nlohmann_documents>;

/// The same library without what writes.
struct read_only {
  using node = nlohmann_documents::node;
  static std::optional<node> parse(std::string_view text) { return nlohmann_documents::parse(text); }
  static ghl::json_kind kind(const node& n) { return nlohmann_documents::kind(n); }
  static bool as_boolean(const node& n) { return n.get<bool>(); }
  static double as_number(const node& n) { return n.get<double>(); }
  static std::string as_string(const node& n) { return n.get<std::string>(); }
  static void each_element(const node& n, auto f) { nlohmann_documents::each_element(n, f); }
  static void each_member(const node& n, auto f) { nlohmann_documents::each_member(n, f); }
};

/// One that says why it refuses a text.
struct outspoken : read_only {
  static ghl::result<node> parse(std::string_view) { return ghl::decode_error(ghl::fault::not_json, "x", "no mood"); }
};

}  // namespace

#include "suite.hpp"
#include "structures.hpp"
#include "bytes.hpp"

TEST_CASE("a library without functions to write with can only read, and the suite says so") {
  using reader = ghl::dom_json<read_only>;
  static_assert(ghl::json_decoder<reader, ghl::links::get_links::response>);
  static_assert(!ghl::json_encoder<reader, ghl::links::get_links::response>);
  static_assert(ghl::json_policy<policy, ghl::links::get_links::response>);
  const ghl::testing::report checks = ghl::testing::json_suite(reader{});
  REQUIRE(find(checks, "writes") != nullptr);
  CHECK(find(checks, "writes")->not_run());
  CHECK(not_run(checks) == 2);
  // Without as_integer and as_unsigned_integer, 53 bits of an integer are left.
  CHECK(failed(checks) == 1);
  CHECK(!find(checks, "reads integers of every width up to their limits")->passed);
}

TEST_CASE("the error of a library that gives one is reported") {
  const auto r = ghl::dom_json<outspoken>{}.decode<bool>("true");
  REQUIRE(!r);
  CHECK(r.error() == ghl::decode_error(ghl::fault::not_json, "x", "no mood"));
}

TEST_CASE("a library that is given no JSON is not asked") {
  CHECK(ghl::dom_json<outspoken>{}.decode<bool>("tru").error().fault == ghl::fault::truncated);
}
