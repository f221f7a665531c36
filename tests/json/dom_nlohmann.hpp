/// The documents of nlohmann/json for ghl::dom_json: the whole of what such a library takes. A struct to copy.
#pragma once

#include <ghl/json_kit/dom_json.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

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
