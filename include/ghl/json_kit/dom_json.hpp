/// A JSON policy for libraries that parse a text into a tree of nodes: only what differs between them is left to write.
#pragma once

#include <ghl/json_kit/dom_walk.hpp>
#include <ghl/json_kit/events.hpp>
#include <ghl/json_kit/kind.hpp>
#include <ghl/json_kit/reader.hpp>
#include <ghl/json_kit/steps.hpp>
#include <ghl/json_kit/text.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/result.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <utility>

namespace ghl { inline namespace v0 {

/// Purpose: a JSON policy on a library that builds documents: Qt, jsoncpp, Poco, a variant type of your own.
/// `Library` is a struct of yours with these functions, static or not, in any order. One is default-constructed for
/// each call, so it may own what the nodes need (an allocator, a parser).
///   To read:
///     parse(std::string_view)      the root, in something like a std::optional<node>: a pointer, or a
///                                  ghl::result<node>, whose error is then reported
///     kind(node)                   a ghl::json_kind
///     as_boolean(node)             bool
///     as_number(node)              double
///     as_integer(node)             std::int64_t; only called if kind() is json_kind::integer
///     as_unsigned_integer(node)    std::uint64_t; only called if kind() is json_kind::unsigned_integer
///     as_string(node)              anything that converts to std::string_view
///     each_element(node, f)        calls f(node) for each element of an array
///     each_member(node, f)         calls f(key, node) for each member of an object; may stop when f returns false
///   To write (a library without any of these only reads, which is enough for endpoints without a body):
///     make(v)                      a node from a std::nullptr_t, bool, std::int64_t, std::uint64_t, double and
///                                  std::string_view: overloads or a template
///     make_array(), make_object()  empty ones, of the same type of node
///     append(array, node&&), add(object, std::string_view key, node&&)
///     dump(node)                   the text, as a std::string
/// Example: `ghl::client api{transport, ghl::dom_json<my_library>{}, token};`
/// A struct to copy: tests/json/dom_nlohmann.hpp.
/// Errors: ghl::json_fault validates every text first, so the library sees only JSON, nested at most 63 levels deep:
/// the faults are those of the other adapters, however lenient the library is, and no text exhausts the stack. If the
/// library refuses such a text (1e999, say), that is the error of its result<>; without one the text is read by
/// ghl::read_json_by_steps, and of the library only its strings.
/// Limits that the library sets: numbers are as exact as it keeps them. One that has only double keeps 53 bits of an
/// integer, so 1e18 is no std::int64_t; one that reads -0 as an integer loses the sign. Of two equal keys the one that
/// each_member visits last counts; where the document has forgotten the other, nobody looks at its type. A library that
/// sorts its keys writes them sorted.
/// Thread safety: stateless; as safe as the library.
template <class Library>
class dom_json {
  static constexpr detail::dom_lack lack = detail::first_lack<Library>();
  static_assert(detail::assert_dom<Library, lack>());

 public:
  template <class T>
  [[nodiscard]] result<T> decode(std::string_view text) const {
    if constexpr (lack == detail::dom_lack::none) {
      if (const fault f = json_fault(text); f != fault::none) return decode_error(f);
      Library library{};
      const auto root = library.parse(text);
      if (!root) {
        if constexpr (requires { { root.error() } -> std::convertible_to<ghl::error>; }) return root.error();
        else return read_json_by_steps<T>(text, &detail::dom_unescape<Library>);
      }
      T value{};
      json_reader reader{value};
      detail::walk_dom(library, *root, reader);
      if (!reader.ok()) return reader.error();
      return value;
    } else {
      return decode_error(fault::malformed);
    }
  }

  template <class T>
    requires(detail::writes_something<Library>())
  [[nodiscard]] result<std::string> encode(const T& value) const {
    if constexpr (lack == detail::dom_lack::none) {
      Library library{};
      detail::dom_builder<Library> builder{library};
      if (const fault f = json_events(value, builder); f != fault::none) return invalid_request(f, "");
      return std::string{library.dump(builder.root())};
    } else {
      return invalid_request(fault::malformed, "");
    }
  }
};

}}  // namespace ghl::v0
