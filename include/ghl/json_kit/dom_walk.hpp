/// For dom_json: reads and builds the nodes of a JSON library, and states which functions the library must have.
#pragma once

#include <ghl/detail/named.hpp>
#include <ghl/json_kit/kind.hpp>
#include <ghl/json_kit/reader.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace detail {

/// The first function that a library lacks.
enum class dom_lack {
  none, parse, kind, as_boolean, as_number, as_string, each_element, each_member,
  make_object, make_array, make, append, add, dump,
};

/// A function to call each_element and each_member with, in a requirement.
struct any_child {
  template <class Node>
  bool operator()(const Node&) const { return true; }
  template <class Node>
  bool operator()(std::string_view, const Node&) const { return true; }
};

template <class L>
consteval dom_lack lack_for_reading() {
  if constexpr (!requires(L& l, std::string_view text) { static_cast<bool>(l.parse(text)); *l.parse(text); }) {
    return dom_lack::parse;
  } else {
    using node = std::remove_cvref_t<decltype(*std::declval<L&>().parse(std::string_view{}))>;
    if constexpr (!requires(L& l, const node& n) { { l.kind(n) } -> std::same_as<json_kind>; })
      return dom_lack::kind;
    else if constexpr (!requires(L& l, const node& n) { { l.as_boolean(n) } -> std::convertible_to<bool>; })
      return dom_lack::as_boolean;
    else if constexpr (!requires(L& l, const node& n) { { l.as_number(n) } -> std::convertible_to<double>; })
      return dom_lack::as_number;
    else if constexpr (!requires(L& l, const node& n) { { l.as_string(n) } -> std::convertible_to<std::string_view>; })
      return dom_lack::as_string;
    else if constexpr (!requires(L& l, const node& n) { l.each_element(n, any_child{}); })
      return dom_lack::each_element;
    else if constexpr (!requires(L& l, const node& n) { l.each_member(n, any_child{}); })
      return dom_lack::each_member;
    else return dom_lack::none;
  }
}

/// Whether the library has any function for writing; one without only reads, which is no mistake.
template <class L>
consteval bool writes_something() {
  return requires(L& l) { l.make_object(); } || requires(L& l) { l.make_array(); } ||
         requires(L& l) { l.make(true); } || requires { &L::dump; };
}

template <class L>
consteval dom_lack lack_for_writing() {
  if constexpr (!requires(L& l) { l.make_object(); }) {
    return dom_lack::make_object;
  } else {
    using node = std::remove_cvref_t<decltype(std::declval<L&>().make_object())>;
    if constexpr (!requires(L& l) { { l.make_array() } -> std::same_as<node>; })
      return dom_lack::make_array;
    else if constexpr (!requires(L& l) {
                         { l.make(nullptr) } -> std::convertible_to<node>;
                         { l.make(true) } -> std::convertible_to<node>;
                         { l.make(std::int64_t{}) } -> std::convertible_to<node>;
                         { l.make(std::uint64_t{}) } -> std::convertible_to<node>;
                         { l.make(double{}) } -> std::convertible_to<node>;
                         { l.make(std::string_view{}) } -> std::convertible_to<node>;
                       })
      return dom_lack::make;
    else if constexpr (!requires(L& l, node& array, node n) { l.append(array, std::move(n)); })
      return dom_lack::append;
    else if constexpr (!requires(L& l, node& object, std::string_view key, node n) {
                         l.add(object, key, std::move(n));
                       })
      return dom_lack::add;
    else if constexpr (!requires(L& l, const node& n) { std::string{l.dump(n)}; })
      return dom_lack::dump;
    else return dom_lack::none;
  }
}

template <class L>
consteval dom_lack first_lack() {
  constexpr dom_lack reading = lack_for_reading<L>();
  if constexpr (reading != dom_lack::none || !writes_something<L>()) return reading;
  else return lack_for_writing<L>();
}

/// States that nothing is lacking.
template <class L, dom_lack Lack>
consteval bool assert_dom() {
  static_assert(holds<Lack != dom_lack::parse, L>,
                "ghl: give your JSON library parse(std::string_view), which returns a std::optional of the root node");
  static_assert(holds<Lack != dom_lack::kind, L>,
                "ghl: give your JSON library kind(const node&), which returns a ghl::json_kind");
  static_assert(holds<Lack != dom_lack::as_boolean, L>,
                "ghl: give your JSON library as_boolean(const node&), which returns a bool");
  static_assert(holds<Lack != dom_lack::as_number, L>,
                "ghl: give your JSON library as_number(const node&), which returns a double");
  static_assert(holds<Lack != dom_lack::as_string, L>,
                "ghl: give your JSON library as_string(const node&), which returns a std::string or std::string_view");
  static_assert(holds<Lack != dom_lack::each_element, L>,
                "ghl: give your JSON library each_element(const node&, f), which calls f(node) for each element");
  static_assert(holds<Lack != dom_lack::each_member, L>,
                "ghl: give your JSON library each_member(const node&, f), which calls f(key, node) for each member");
  static_assert(holds<Lack != dom_lack::make_object, L>,
                "ghl: give your JSON library make_object(), which returns a node");
  static_assert(holds<Lack != dom_lack::make_array, L>,
                "ghl: give your JSON library make_array(), which returns the same type of node as make_object()");
  static_assert(holds<Lack != dom_lack::make, L>,
                "ghl: give your JSON library make(v), which returns a node, for each of std::nullptr_t, bool, "
                "std::int64_t, std::uint64_t, double and std::string_view");
  static_assert(holds<Lack != dom_lack::append, L>,
                "ghl: give your JSON library append(node& array, node&& element)");
  static_assert(holds<Lack != dom_lack::add, L>,
                "ghl: give your JSON library add(node& object, std::string_view key, node&& value)");
  static_assert(holds<Lack != dom_lack::dump, L>,
                "ghl: give your JSON library dump(const node&), which returns the text as a std::string");
  return true;
}

/// Passes a document to a reader. It recurses no deeper than json_fault has allowed.
template <class L, class Node>
bool walk_dom(L& library, const Node& node, json_reader& to) {
  const json_kind kind = library.kind(node);
  if (kind == json_kind::null) return to.null();
  if (kind == json_kind::boolean) return to.boolean(library.as_boolean(node));
  if (kind == json_kind::string) return to.string(library.as_string(node));
  if constexpr (requires { library.as_integer(node); })
    if (kind == json_kind::integer) return to.integer(library.as_integer(node));
  if constexpr (requires { library.as_unsigned_integer(node); })
    if (kind == json_kind::unsigned_integer) return to.unsigned_integer(library.as_unsigned_integer(node));
  if (kind == json_kind::array) {
    bool good = to.begin_array();
    if (!good) return false;
    library.each_element(node, [&](const auto& element) { return good = good && walk_dom(library, element, to); });
    return good && to.end_array();
  }
  if (kind == json_kind::object) {
    bool good = to.begin_object();
    if (!good) return false;
    library.each_member(node, [&](std::string_view key, const auto& value) {
      return good = good && to.key(key) && walk_dom(library, value, to);
    });
    return good && to.end_object();
  }
  return to.number(library.as_number(node));
}

/// What the library makes of the text of one string.
template <class L>
bool dom_unescape(std::string_view literal, std::string& to) {
  L library{};
  const auto root = library.parse(literal);
  if (!root || library.kind(*root) != json_kind::string) return false;
  to = std::string_view{library.as_string(*root)};
  return true;
}

/// Builds a node from the events of a value.
template <class L>
class dom_builder {
 public:
  using node = std::remove_cvref_t<decltype(std::declval<L&>().make_object())>;

  explicit dom_builder(L& library) : library_(library), root_(library.make_array()) {}

  void null() { put(library_.make(nullptr)); }
  void boolean(bool v) { put(library_.make(v)); }
  void integer(std::int64_t v) { put(library_.make(v)); }
  void unsigned_integer(std::uint64_t v) { put(library_.make(v)); }
  void number(double v) { put(library_.make(v)); }
  void string(std::string_view v) { put(library_.make(v)); }
  void key(std::string_view name) { open_.back().key = name; }
  void begin_object() { open_.push_back({library_.make_object(), true, {}}); }
  void begin_array() { open_.push_back({library_.make_array(), false, {}}); }
  void end_object() { end(); }
  void end_array() { end(); }

  /// The whole value, after the last event.
  [[nodiscard]] const node& root() const noexcept { return root_; }

 private:
  struct level {
    node of;
    bool object;
    std::string_view key;  // lives as long as its value is being written
  };

  void put(node v) {
    if (open_.empty()) root_ = std::move(v);
    else if (open_.back().object) library_.add(open_.back().of, open_.back().key, std::move(v));
    else library_.append(open_.back().of, std::move(v));
  }
  void end() {
    node done = std::move(open_.back().of);
    open_.pop_back();
    put(std::move(done));
  }

  L& library_;
  std::vector<level> open_;
  node root_;
};

}}}  // namespace ghl::v0::detail
