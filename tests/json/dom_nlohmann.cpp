// ghl::dom_json on the documents of nlohmann/json: the whole of what such a library takes.
#include <ghl/json_kit/dom_json.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

struct nlohmann_documents {
  using node = nlohmann::ordered_json;

  static std::optional<node> parse(std::string_view text) {
    node root = node::parse(text.begin(), text.end(), nullptr, false);
    if (root.is_discarded()) return std::nullopt;
    return root;
  }
  static ghl::json_kind kind(const node& n) {
    switch (n.type()) {
      case node::value_t::null: return ghl::json_kind::null;
      case node::value_t::boolean: return ghl::json_kind::boolean;
      case node::value_t::number_integer: return ghl::json_kind::integer;
      case node::value_t::number_unsigned: return ghl::json_kind::unsigned_integer;
      case node::value_t::number_float: return ghl::json_kind::number;
      case node::value_t::string: return ghl::json_kind::string;
      case node::value_t::array: return ghl::json_kind::array;
      case node::value_t::object:
      case node::value_t::binary:
      case node::value_t::discarded: break;
    }
    return ghl::json_kind::object;
  }
  static bool as_boolean(const node& n) { return n.get<bool>(); }
  static std::int64_t as_integer(const node& n) { return n.get<std::int64_t>(); }
  static std::uint64_t as_unsigned_integer(const node& n) { return n.get<std::uint64_t>(); }
  static double as_number(const node& n) { return n.get<double>(); }
  static std::string_view as_string(const node& n) { return n.get_ref<const std::string&>(); }
  static void each_element(const node& n, auto f) {
    for (const node& element : n) f(element);
  }
  static void each_member(const node& n, auto f) {
    for (const auto& member : n.items()) f(member.key(), member.value());
  }

  static node make(auto value) { return value; }
  static node make_array() { return node::array(); }
  static node make_object() { return node::object(); }
  static void append(node& array, node&& element) { array.push_back(std::move(element)); }
  static void add(node& object, std::string_view key, node&& value) { object[std::string{key}] = std::move(value); }
  static std::string dump(const node& n) { return n.dump(); }
};

using policy = ghl::dom_json<nlohmann_documents>;

const std::vector<std::string_view> known_failures = {};

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
