/// JSON through glaze 8.4 or newer. This header alone needs C++23 and a standard library with <format>.
#pragma once

#include <ghl/detail/language.hpp>

#if defined(_MSVC_LANG) ? _MSVC_LANG <= 202002L : __cplusplus <= 202002L
#include "ghl: glaze needs C++23, of g++ 13 or clang 19; compile with -std=c++23, or use ghl/json/nlohmann.hpp"
#elif !__has_include(<glaze/json/read.hpp>)
#include "ghl: <glaze/json/read.hpp> is not on the include path; install glaze 8.4 or newer"
#endif
#include <version>
#if !defined(__cpp_lib_format)
#include "ghl: glaze needs a standard library with <format>, of g++ 13 or libc++ 19; or use ghl/json/nlohmann.hpp"
#endif

#include <ghl/json_kit/events.hpp>
#include <ghl/json_kit/reader.hpp>
#include <ghl/json_kit/steps.hpp>
#include <ghl/json_kit/writer.hpp>
#include <ghl/value/result.hpp>

#include <glaze/json/read.hpp>
#include <glaze/json/write.hpp>

#include <ghl/json/detail/glaze_converted.hpp>
#include <ghl/json/detail/glaze_float.hpp>
#include <ghl/json/detail/glaze_kept.hpp>
#include <ghl/json/detail/glaze_keys.hpp>
#include <ghl/json/detail/glaze_rules.hpp>
#include <ghl/json/detail/glaze_text.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace detail {

/// Whether glaze merges a value into the old one, and so keeps members that the text lacks. That happens with the
/// second of two equal keys, which is to count alone.
template <class T>
inline constexpr bool keeps_old = described<T> && !is_converted<T>;
template <class T>
inline constexpr bool keeps_old<std::optional<T>> = keeps_old<T>;
template <class T>
inline constexpr bool keeps_old<std::vector<T>> = keeps_old<T>;

/// A member that is reset each time glaze reads into it.
template <auto Member>
inline constexpr auto glaze_afresh = [](auto&& self) -> auto& {
  auto& member = self.*Member;
  using type = std::remove_reference_t<decltype(member)>;
  if constexpr (std::is_const_v<type>) return member;  // it is being written
  else if constexpr (is_optional<type>) member.reset();
  else if constexpr (is_vector<type>) member.clear();
  else member = type{};
  return member;
};

/// The keys of a struct: a field with a second spelling has two.
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

  /// glz::object takes name, member, name, member ...
  template <std::size_t N>
  static consteval auto argument() {
    if constexpr (N % 2 == 0) return list[N / 2].name;
    else {
      constexpr auto member = get<list[N / 2].field>(fields_of<T>.list).member;
      using type = std::remove_cvref_t<decltype(std::declval<T&>().*member)>;
      if constexpr (is_converted<plain<type>>)
        return [](auto&& self) {
          using whole = std::remove_reference_t<decltype((self.*member))>;
          using part = std::conditional_t<std::is_const_v<whole>, const plain<type>, plain<type>>;
          return glaze_converted<part>{self.*member};
        };
      else if constexpr (is_text<type>)
        return [](auto&& self) { return glaze_text<std::remove_reference_t<decltype((self.*member))>>{self.*member}; };
      else if constexpr (is_narrow<type>)
        return [](auto&& self) { return glaze_float<std::remove_reference_t<decltype((self.*member))>>{self.*member}; };
      else if constexpr (keeps_old<type>) return glaze_afresh<member>;
      else return member;
    }
  }
  static consteval bool is_second(std::string_view name) {
    for (const key& k : list)
      if (k.name == name) return k.second;
    return false;
  }
};

/// Ignores the events of a value: json_events() then only validates it.
struct glaze_no_writer {
  void null() {}
  void boolean(bool) {}
  void integer(std::int64_t) {}
  void unsigned_integer(std::uint64_t) {}
  void number(double) {}
  void raw_number(std::string_view) {}
  void string(std::string_view) {}
  void key(std::string_view) {}
  void begin_object() {}
  void end_object() {}
  void begin_array() {}
  void end_array() {}
};

}}}  // namespace ghl::v0::detail

/// All described structs, for glaze.
template <ghl::described T>
  requires(!ghl::detail::is_converted<T>)
struct glz::meta<T> {
  using keys = ghl::detail::glaze_keys<T>;
  static constexpr auto value = []<std::size_t... N>(std::index_sequence<N...>) {
    return glz::object(keys::template argument<N>()...);
  }(std::make_index_sequence<2 * keys::list.size()>{});

  /// A second spelling is never written.
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

namespace ghl { inline namespace v0 {

/// Purpose: a JSON policy on glaze, which reads straight into the response. Tested with 8.4.0 and 9.0.0.
/// Example: `ghl::client api{transport, ghl::glaze_json{}, token};`
/// A text with an escape in a key is read again by ghl::read_json_by_steps, since glaze compares keys as they are
/// written; so is one that glaze refuses, since it refuses some numbers that are JSON, and so that the error is that of
/// every other adapter and names its path.
/// Errors: values.
/// Thread safety: stateless; may be used from any number of threads.
struct glaze_json {
  template <class T>
  [[nodiscard]] result<T> decode(std::string_view text) const {
    result<T> value;
    if constexpr (detail::is_converted<T>) value = read_json_by_steps<T>(text, &detail::glaze_unescape);
    else if (!read_at_once(*value, text) || detail::has_odd_key(text))
      value = read_json_by_steps<T>(text, &detail::glaze_unescape);
    return value;
  }

  template <class T>
  [[nodiscard]] result<std::string> encode(const T& value) const {
    detail::glaze_no_writer nothing;  // glaze itself writes invalid UTF-8 as it is, and null for a NaN
    if (const fault f = json_events(value, nothing); f != fault::none) return invalid_request(f, "");
    result<std::string> text;
    if constexpr (detail::is_converted<T>) {
      json_writer<detail::glaze_values> writer{*text};
      static_cast<void>(json_events(value, writer));  // has just been seen to be good
    } else if (const auto failed = glz::write<detail::glaze_rules>(value, *text))
      text = invalid_request(fault::malformed, "", glz::format_error(failed));
    return text;
  }

 private:
  template <class T>
  static bool read_at_once(T& value, std::string_view text) {
    if constexpr (detail::is_narrow<T>) {
      typename detail::widened<T>::type wide{};
      return read(wide, text) && detail::narrow(wide, value);
    } else {
      return read(value, text);
    }
  }

  /// glaze has a depth limit of its own; starting at a greater depth makes it ours. glz::read would take the remaining
  /// depth for a truncated text, so this calls the function below it.
  template <class T>
  static bool read(T& value, std::string_view text) {
    if (blank(text)) return false;  // glaze would only report that it ended
    constexpr auto start = static_cast<std::uint32_t>(glz::max_recursive_depth_limit - json_depth_limit);
    glz::context context{};
    context.depth = start;
    const char* at = text.data();
    const char* const end = at + text.size();
    glz::parse<glz::JSON>::op<detail::glaze_rules>(value, context, at, end);
    return whole(context, start, at, end);
  }

  /// Whether one value was read and only blanks follow. `end_reached` with every object and array closed means that the
  /// value ended with the text.
  static bool whole(const glz::context& context, std::uint32_t start, const char* at, const char* end) {
    if (context.error == glz::error_code::end_reached) return context.depth == start;
    return context.error == glz::error_code::none && blank({at, static_cast<std::size_t>(end - at)});
  }
  static bool blank(std::string_view rest) { return rest.find_first_not_of(" \t\r\n") == std::string_view::npos; }
};

}}  // namespace ghl::v0
