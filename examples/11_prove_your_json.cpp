/// A JSON library of your own, and the proof that it serves: the conformance suite reads and writes through it.
/// Here it is the document of nlohmann/json, plugged into ghl::dom_json. The page to it is plug_in_your_own.md.
#include <ghl/json_kit/dom_json.hpp>
#include <ghl/policy/transport.hpp>
#include <ghl/testing/json_suite.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace {

// Yours: 41 lines. ghl::dom_json asks for nothing else; what it asks for stands above it, in
// <ghl/json_kit/dom_json.hpp>.
struct my_library {
  using node = nlohmann::ordered_json;

  // To read. The text was looked at before: it is JSON, and not nested too deeply.
  static std::unique_ptr<node> parse(std::string_view text) {
    auto root = std::make_unique<node>(node::parse(text, nullptr, false));
    if (root->is_discarded()) root.reset();
    return root;
  }
  static ghl::json_kind kind(const node& n) {
    switch (n.type()) {
      case node::value_t::boolean: return ghl::json_kind::boolean;
      case node::value_t::number_integer: return ghl::json_kind::integer;
      case node::value_t::number_unsigned: return ghl::json_kind::unsigned_integer;
      case node::value_t::number_float: return ghl::json_kind::number;
      case node::value_t::string: return ghl::json_kind::string;
      case node::value_t::array: return ghl::json_kind::array;
      case node::value_t::object: return ghl::json_kind::object;
      default: return ghl::json_kind::null;
    }
  }
  static bool as_boolean(const node& n) { return n.get<bool>(); }
  static std::int64_t as_integer(const node& n) { return n.get<std::int64_t>(); }
  static std::uint64_t as_unsigned_integer(const node& n) { return n.get<std::uint64_t>(); }
  static double as_number(const node& n) { return n.get<double>(); }
  static std::string_view as_string(const node& n) { return n.get_ref<const std::string&>(); }
  static void each_element(const node& array, auto&& f) {
    for (const node& element : array) f(element);
  }
  static void each_member(const node& object, auto&& f) {
    for (const auto& [key, member] : object.items()) f(std::string_view{key}, member);
  }

  // To write.
  static node make(auto v) { return node(v); }
  static node make_array() { return node::array(); }
  static node make_object() { return node::object(); }
  static void append(node& array, node&& element) { array.push_back(std::move(element)); }
  static void add(node& object, std::string_view key, node&& member) { object[std::string{key}] = std::move(member); }
  static std::string dump(const node& n) { return n.dump(); }
};
using my_json = ghl::dom_json<my_library>;

}  // namespace

int main() {
  const ghl::testing::report report = ghl::testing::json_suite(my_json{});
  std::fputs(ghl::testing::to_text(report).c_str(), stdout);
  return ghl::testing::failed(report) == 0 ? 0 : 1;
}
