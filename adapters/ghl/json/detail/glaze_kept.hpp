/// Maps of strings and ghl::json_value, for the glaze adapter. glaze would merge the second of two equal keys of a map
/// into the first, and leave out what is null in one.
#pragma once

#include <ghl/endpoint/traits.hpp>
#include <ghl/json_kit/events.hpp>
#include <ghl/json_kit/json_value.hpp>
#include <ghl/json_kit/reader.hpp>
#include <ghl/json_kit/steps.hpp>
#include <ghl/json_kit/writer.hpp>
#include <ghl/value/fault.hpp>

#include <glaze/json/read.hpp>
#include <glaze/json/write.hpp>

#include <ghl/json/detail/glaze_keys.hpp>
#include <ghl/json/detail/glaze_rules.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

namespace ghl { inline namespace v0 { namespace detail {

/// Lets glaze find the end of a value, and reads it as every other adapter would.
template <auto Options, class T>
void glaze_by_steps(T& to, glz::is_context auto&& context, auto&& at, auto end) {
  if (glz::skip_ws<Options>(context, at, end)) return;
  const auto depth = context.depth;
  const char* const first = at;
  glz::skip_value<glz::JSON>::op<Options>(context, at, end);
  // What ends with the text is whole if all that it opened is closed.
  const bool ended = context.error == glz::error_code::end_reached && context.depth == depth;
  if (context.error != glz::error_code::none && !ended) return;
  json_reader reader{to};
  if (!read_json_by_steps(reader, {first, static_cast<std::size_t>(at - first)}, &glaze_unescape))
    context.error = glz::error_code::syntax_error;
}

/// Single values, for json_writer.
struct glaze_values {
  template <class T>
  static std::string text(T value) {
    std::string out;
    static_cast<void>(glz::write<glaze_rules>(value, out));  // fails only where it must not allocate
    return out;
  }
};

template <auto Options, class T>
void glaze_by_events(const T& value, glz::is_context auto&& context, auto&& buffer, auto& index) {
  std::string text;
  json_writer<glaze_values> writer{text};
  if (json_events(value, writer) != fault::none) context.error = glz::error_code::syntax_error;
  else glz::serialize<glz::JSON>::op<Options>(glz::raw_json_view{text}, context, buffer, index);
}

/// glz::from and glz::to of a type for which glaze has its own.
struct glaze_kept_from {
  template <auto Options>
  static void op(auto& value, glz::is_context auto&& context, auto&& it, auto end) {
    glaze_by_steps<Options>(value, context, it, end);
  }
};
struct glaze_kept_to {
  template <auto Options>
  static void op(const auto& value, glz::is_context auto&& context, auto&& buffer, auto& index) {
    glaze_by_events<Options>(value, context, buffer, index);
  }
};

}}}  // namespace ghl::v0::detail

template <>
struct glz::from<glz::JSON, ghl::json_value> : ghl::detail::glaze_kept_from {};
template <class T, class Compare, class Allocator>
struct glz::from<glz::JSON, std::map<std::string, T, Compare, Allocator>> : ghl::detail::glaze_kept_from {};
template <class T, class Hash, class Equal, class Allocator>
struct glz::from<glz::JSON, std::unordered_map<std::string, T, Hash, Equal, Allocator>> : ghl::detail::glaze_kept_from {
};

template <>
struct glz::to<glz::JSON, ghl::json_value> {
  template <auto Options>
  static void op(const ghl::json_value& value, glz::is_context auto&& context, auto&& buffer, auto& index) {
    glz::serialize<glz::JSON>::op<Options>(glz::raw_json_view{value.text()}, context, buffer, index);
  }
};
template <class T, class Compare, class Allocator>
struct glz::to<glz::JSON, std::map<std::string, T, Compare, Allocator>> : ghl::detail::glaze_kept_to {};
template <class T, class Hash, class Equal, class Allocator>
struct glz::to<glz::JSON, std::unordered_map<std::string, T, Hash, Equal, Allocator>> : ghl::detail::glaze_kept_to {};
