/// Fast reading of texts, for the glaze adapter.
#pragma once

#include <ghl/endpoint/traits.hpp>
#include <ghl/json_kit/scan.hpp>

#include <glaze/json/read.hpp>
#include <glaze/json/write.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace ghl { inline namespace v0 { namespace detail {

/// Wraps a text member. Before glaze reads a text it reserves more than the text needs, which costs an allocation for
/// most texts of the API; one in plain ASCII without escapes, as nearly all are, is copied as it is.
template <class Text>
struct glaze_text {
  static constexpr bool glaze_wrapper = true;
  Text& val;
};
template <class Text>
  requires is_optional<std::remove_const_t<Text>>
struct glaze_text<Text> {
  static constexpr bool glaze_wrapper = true;
  Text& val;
  explicit operator bool() const noexcept { return val.has_value(); }
  auto& operator*() const noexcept { return *val; }
};
template <class T>
inline constexpr bool is_text = std::same_as<T, std::string> || std::same_as<T, std::vector<std::string>>;
template <class T>
inline constexpr bool is_text<std::optional<T>> = is_text<T>;

/// Reads the text at `at` if it is plain ASCII without escapes; `at` is behind it then.
inline bool read_plain(std::string& to, const char*& at, const char* end) {
  if (at == end || *at != '"') return false;
  const char* const first = at + 1;
  const char* const last = first + plain_length({first, static_cast<std::size_t>(end - first)});
  if (last == end || *last != '"') return false;
  to.assign(first, last);
  at = last + 1;
  return true;
}

/// The same for an array of such texts, without blanks between them.
inline bool read_plain(std::vector<std::string>& to, const char*& at, const char* end) {
  to.clear();
  for (const char* next = at; next != end && *next == (next == at ? '[' : ',');) {
    if (!read_plain(to.emplace_back(), ++next, end)) return false;
    if (next == end || *next != ']') continue;
    at = next + 1;
    return true;
  }
  return false;
}
template <class T>
bool read_plain(std::optional<T>& to, const char*& at, const char* end) {
  return at != end && (*at == '"' || *at == '[') && read_plain(to.emplace(), at, end);
}

}}}  // namespace ghl::v0::detail

/// Reads a plain text at once; any other, and one that is nested too deeply, is left to glaze.
template <class Text>
struct glz::from<glz::JSON, ghl::detail::glaze_text<Text>> {
  template <auto Options>
  static void op(auto&& text, glz::is_context auto&& context, auto&& it, auto end) {
    if (glz::skip_ws<Options>(context, it, end)) return;
    const bool may_nest = context.depth + 1 < glz::max_recursive_depth_limit;
    if (may_nest && ghl::detail::read_plain(text.val, it, end)) return;
    glz::parse<glz::JSON>::op<Options>(text.val, context, it, end);
  }
};
template <class Text>
struct glz::to<glz::JSON, ghl::detail::glaze_text<Text>> {
  template <auto Options>
  static void op(auto&& text, glz::is_context auto&& context, auto&& buffer, auto& index) {
    glz::serialize<glz::JSON>::op<Options>(text.val, context, buffer, index);
  }
};
