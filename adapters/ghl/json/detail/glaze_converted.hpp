/// Types with a ghl::json_as, and those that tell null from absent, for the glaze adapter.
#pragma once

#include <ghl/endpoint/conversions.hpp>
#include <ghl/endpoint/json_as.hpp>
#include <ghl/endpoint/nullable.hpp>
#include <ghl/endpoint/traits.hpp>

#include <glaze/json/read.hpp>
#include <glaze/json/write.hpp>

#include <ghl/json/detail/glaze_kept.hpp>

#include <optional>
#include <type_traits>
#include <vector>

namespace ghl { inline namespace v0 { namespace detail {

/// What glaze would not read as ghl does: it is left to a json_reader. (Many of these types are also of a kind for
/// which glaze has rules of its own.)
template <class T>
inline constexpr bool is_converted = has_json_as<T> || is_tristate<T>;
template <class T>
inline constexpr bool is_converted<std::optional<T>> = is_tristate<std::optional<T>> || is_converted<T>;
template <class T>
inline constexpr bool is_converted<std::vector<T>> = is_converted<T>;

/// Wraps such a member, const if it is being written.
template <class Member>
struct glaze_converted {
  static constexpr bool glaze_wrapper = true;
  Member& val;
};
template <class Member>
  requires is_omittable<std::remove_const_t<Member>>
struct glaze_converted<Member> {
  static constexpr bool glaze_wrapper = true;
  Member& val;
  explicit operator bool() const { return !is_absent(val); }
  Member& operator*() const noexcept { return val; }
};

}}}  // namespace ghl::v0::detail

template <class Member>
struct glz::from<glz::JSON, ghl::detail::glaze_converted<Member>> {
  template <auto Options>
  static void op(auto&& wrapped, glz::is_context auto&& context, auto&& it, auto end) {
    if (glz::skip_ws<Options>(context, it, end)) return;
    wrapped.val = Member{};  // the second of two equal keys counts alone
    ghl::detail::glaze_by_steps<Options>(wrapped.val, context, it, end);
  }
};
template <class Member>
struct glz::to<glz::JSON, ghl::detail::glaze_converted<Member>> {
  template <auto Options>
  static void op(auto&& wrapped, glz::is_context auto&& context, auto&& buffer, auto& index) {
    ghl::detail::glaze_by_events<Options>(wrapped.val, context, buffer, index);
  }
};
