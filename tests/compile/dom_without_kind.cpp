// A library of documents that does not say what a node is.
// says: ghl: give your JSON library kind(const node&), which returns a ghl::json_kind
#include <ghl/ghl.hpp>
#include <ghl/json_kit/dom_json.hpp>

#include <optional>
#include <string>
#include <string_view>

#include "parts.hpp"

struct my_library {
  struct node {};
  static std::optional<node> parse(std::string_view) { return node{}; }
#ifndef GHL_MISTAKE
  static ghl::json_kind kind(const node&) { return ghl::json_kind::null; }
#endif
  static bool as_boolean(const node&) { return false; }
  static double as_number(const node&) { return 0; }
  static std::string as_string(const node&) { return {}; }
  static void each_element(const node&, auto) {}
  static void each_member(const node&, auto) {}
};

ghl::client my_api{transport, ghl::dom_json<my_library>{}, token};
