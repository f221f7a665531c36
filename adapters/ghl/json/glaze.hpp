/// JSON through glaze 8.4 or newer. This header alone needs C++23 and a standard library with <format>.
#pragma once

#include <ghl/json_events.hpp>
#include <ghl/json_reader.hpp>
#include <ghl/result.hpp>

#include <version>
#if !defined(__cpp_lib_format) || __cplusplus < 202302L
#error "ghl: glaze needs C++23 and a standard library with <format> (g++ 13, clang 19 with libc++); ghl/json/nlohmann.hpp works with older ones"
#elif !__has_include(<glaze/json/read.hpp>)
#error "ghl: <glaze/json/read.hpp> is not on the include path; install glaze 8.4 or newer, or use another JSON adapter"
#else
#include <glaze/json/generic.hpp>
#include <glaze/json/read.hpp>
#include <glaze/json/write.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace ghl::inline v0::detail {

/// Strict where glaze is lenient, since a skipped value may be broken too; lenient where glaze is strict, since the
/// API adds keys at will.
struct glaze_options : glz::opts {
  bool validate_skipped = true;
  bool validate_trailing_whitespace = true;
  bool escape_control_characters = true;
};
inline constexpr glaze_options glaze_rules{
    {.null_terminated = false, .error_on_unknown_keys = false, .error_on_missing_keys = true}};

/// The keys of a struct: each field, and each second spelling as a key of its own.
template <described T>
struct glaze_keys {
  struct key {
    std::size_t field;
    std::string_view name;
    bool second;
  };
  static consteval std::size_t count() {
    std::size_t n = 0;
    for_each_field<T>([&](const auto& f) { n += f.also.empty() ? 1U : 2U; });
    return n;
  }
  static consteval auto make() {
    std::array<key, count()> all{};
    std::size_t n = 0;
    std::size_t number = 0;
    for_each_field<T>([&](const auto& f) {
      all[n++] = {number, f.name, false};
      if (!f.also.empty()) all[n++] = {number, f.also, true};
      ++number;
    });
    return all;
  }
  static constexpr auto list = make();

  /// glz::object takes name, member, name, member …
  template <std::size_t N>
  static consteval auto argument() {
    if constexpr (N % 2 == 0) return list[N / 2].name;
    else return get<list[N / 2].field>(fields_of<T>.list).member;
  }
  static consteval bool is_second(std::string_view name) {
    for (const key& k : list)
      if (k.name == name) return k.second;
    return false;
  }
};

/// Takes the events of a value and does nothing: what is left of json_events is its check.
struct glaze_no_writer {
  void null() {}
  void boolean(bool) {}
  void integer(std::int64_t) {}
  void unsigned_integer(std::uint64_t) {}
  void number(double) {}
  void string(std::string_view) {}
  void key(std::string_view) {}
  void begin_object() {}
  void end_object() {}
  void begin_array() {}
  void end_array() {}
};

/// Tells a reader what stands in a document.
inline bool glaze_walk(const glz::generic_u64& node, json_reader& to) {
  using document = glz::generic_u64;
  return std::visit(
      [&]<class V>(const V& v) -> bool {
        if constexpr (std::same_as<V, std::nullptr_t>) return to.null();
        else if constexpr (std::same_as<V, bool>) return to.boolean(v);
        else if constexpr (std::same_as<V, std::uint64_t>) return to.unsigned_integer(v);
        else if constexpr (std::same_as<V, std::int64_t>) return to.integer(v);
        else if constexpr (std::same_as<V, double>) return to.number(v);
        else if constexpr (std::same_as<V, std::string>) return to.string(v);
        else if constexpr (std::same_as<V, document::array_t>) {
          if (!to.begin_array()) return false;
          for (const document& element : v)
            if (!glaze_walk(element, to)) return false;
          return to.end_array();
        } else {
          if (!to.begin_object()) return false;
          for (const auto& [key, value] : v)
            if (!to.key(key) || !glaze_walk(value, to)) return false;
          return to.end_object();
        }
      },
      node.data);
}

}  // namespace ghl::inline v0::detail

/// Every described struct, for glaze.
template <ghl::described T>
struct glz::meta<T> {
  using keys = ghl::detail::glaze_keys<T>;
  static constexpr auto value = []<std::size_t... N>(std::index_sequence<N...>) {
    return glz::object(keys::template argument<N>()...);
  }(std::make_index_sequence<2 * keys::list.size()>{});

  /// A second spelling is read and never written.
  static constexpr bool skip(std::string_view key, const glz::meta_context& context) {
    return context.op == glz::operation::serialize && keys::is_second(key);
  }
};

/// A text or an array of texts.
template <>
struct glz::from<glz::JSON, ghl::string_or_strings> {
  template <auto Options>
  static void op(ghl::string_or_strings& value, glz::is_context auto&& context, auto&& it, auto end) {
    if (glz::skip_ws<Options>(context, it, end)) return;
    if (it != end && *it == '"') {
      value.values.resize(1);
      glz::parse<glz::JSON>::op<Options>(value.values.front(), context, it, end);
    } else {
      glz::parse<glz::JSON>::op<Options>(value.values, context, it, end);
    }
  }
};
template <>
struct glz::to<glz::JSON, ghl::string_or_strings> {
  template <auto Options>
  static void op(const ghl::string_or_strings& value, glz::is_context auto&& context, auto&& buffer, auto& index) {
    if (value.values.size() == 1)
      glz::serialize<glz::JSON>::op<Options>(value.values.front(), context, buffer, index);
    else
      glz::serialize<glz::JSON>::op<Options>(value.values, context, buffer, index);
  }
};

namespace ghl::inline v0 {

/// Purpose: a JSON policy on glaze, which reads straight into the response. Tested with 8.4.0 and 9.0.0.
/// Example: `ghl::client api{transport, ghl::glaze_json{}, token};`
/// Errors: values; a text that glaze refuses is read once more as a document, so that the error names its place.
/// Thread safety: stateless; may be used from any number of threads.
struct glaze_json {
  template <class T>
  [[nodiscard]] result<T> decode(std::string_view text) const {
    T value{};
    if (read(value, text)) return value;
    return read_by_steps<T>(text);
  }

  template <class T>
  [[nodiscard]] result<std::string> encode(const T& value) const {
    detail::glaze_no_writer check;  // glaze writes bytes that are no UTF-8 as they are, and null for a NaN
    if (const fault f = json_events(value, check); f != fault::none) return invalid_request(f, "");
    std::string text;
    if (const auto failed = glz::write<detail::glaze_rules>(value, text))
      return invalid_request(fault::malformed, "", glz::format_error(failed));
    return text;
  }

 private:
  /// glaze has a depth limit of its own; ours is reached by starting that much further down. glz::read would take the
  /// depth that is left in the end for a sign of a text that was cut off, so this calls what stands below it.
  template <class T>
  static bool read(T& value, std::string_view text) {
    constexpr auto start = static_cast<std::uint32_t>(glz::max_recursive_depth_limit - json_depth_limit);
    glz::context context{};
    context.depth = start;
    const char* at = text.data();
    const char* const end = at + text.size();
    glz::parse<glz::JSON>::op<detail::glaze_rules>(value, context, at, end);
    return whole(context, start, at, end);
  }

  /// Whether one value was read and nothing but blanks follows. `end_reached` where every object and array is closed
  /// says that the value ended with the text.
  static bool whole(const glz::context& context, std::uint32_t start, const char* at, const char* end) {
    if (context.error == glz::error_code::end_reached) return context.depth == start;
    return context.error == glz::error_code::none && blank({at, static_cast<std::size_t>(end - at)});
  }
  static bool blank(std::string_view rest) { return rest.find_first_not_of(" \t\r\n") == std::string_view::npos; }

  /// What glaze refused, once more and slowly: is it JSON at all, and if so, what is wrong and where?
  template <class T>
  static result<T> read_by_steps(std::string_view text) {
    if (const fault f = fault_of_syntax(text); f != fault::none) return decode_error(f);
    glz::generic_u64 document{};
    if (glz::read<detail::glaze_rules>(document, text)) return decode_error(fault::number_out_of_range);
    T value{};
    json_reader reader{value};
    if (detail::glaze_walk(document, reader) && reader.ok()) return value;
    return reader.error();
  }

  static fault fault_of_syntax(std::string_view text) {
    glz::context context{};
    const char* at = text.data();
    const char* const end = at + text.size();
    if (blank(text)) return fault::truncated;
    if (glz::skip_ws<detail::glaze_rules>(context, at, end)) return fault::malformed;
    glz::skip_value<glz::JSON>::op<detail::glaze_rules>(context, at, end);
    if (whole(context, 0, at, end)) return fault::none;
    if (context.error == glz::error_code::exceeded_max_recursive_depth) return fault::nested_too_deeply;
    if (context.error == glz::error_code::invalid_utf8) return fault::invalid_utf8;
    if (context.error == glz::error_code::none) return fault::malformed;  // something follows
    const std::string_view rest{at, static_cast<std::size_t>(end - at)};
    return rest.find_first_of("\"{}[],: \t\r\n") == std::string_view::npos ? fault::truncated : fault::malformed;
  }
};

}  // namespace ghl::inline v0
#endif
