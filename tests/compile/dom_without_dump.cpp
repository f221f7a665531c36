// A library of documents that builds them, and cannot make a text of one.
// says: ghl: give your JSON library dump(const node&), which returns the text as a std::string
#include <ghl/ghl.hpp>
#include <ghl/json_kit/dom_json.hpp>

#include <optional>
#include <string>
#include <string_view>

#include "parts.hpp"

struct my_library {
  struct node {};
  static std::optional<node> parse(std::string_view) { return node{}; }
  static ghl::json_kind kind(const node&) { return ghl::json_kind::null; }
  static bool as_boolean(const node&) { return false; }
  static double as_number(const node&) { return 0; }
  static std::string as_string(const node&) { return {}; }
  static void each_element(const node&, auto) {}
  static void each_member(const node&, auto) {}
  static node make(auto) { return {}; }
  static node make_array() { return {}; }
  static node make_object() { return {}; }
  static void append(node&, node&&) {}
  static void add(node&, std::string_view, node&&) {}
#ifndef GHL_MISTAKE
  static std::string dump(const node&) { return {}; }
#endif
};

ghl::client my_api{transport, ghl::dom_json<my_library>{}, token};
