/// Reading of `float` for the glaze adapter.
#pragma once

#include <ghl/json_kit/parsed_number.hpp>

#include <glaze/json/read.hpp>
#include <glaze/json/write.hpp>

#include <optional>
#include <type_traits>
#include <vector>

namespace ghl {
inline namespace v0 {
namespace detail {

/// The same type with `double` in place of `float`. glaze reads a float from the text, every other adapter makes it of
/// the double: at the middle between two floats, and at the limit of their range, they would differ.
template <class T>
struct widened {
  using type = T;
};
template <>
struct widened<float> {
  using type = double;
};
template <class T>
struct widened<std::optional<T>> {
  using type = std::optional<typename widened<T>::type>;
};
template <class T>
struct widened<std::vector<T>> {
  using type = std::vector<typename widened<T>::type>;
};
template <class T>
inline constexpr bool is_narrow = !std::is_same_v<T, typename widened<T>::type>;

// Whether each double fits the float that it is stored in; for a single one see decode_table.hpp.
template <class From, class To>
bool narrow(const std::optional<From>& from, std::optional<To>& to) {
  to.reset();
  return !from || narrow(*from, to.emplace());
}
template <class From, class To>
bool narrow(const std::vector<From>& from, std::vector<To>& to) {
  to.clear();
  for (const From& element : from)
    if (!narrow(element, to.emplace_back())) return false;
  return true;
}

/// Wraps a member that is_narrow.
template <class Member>
struct glaze_float {
  static constexpr bool glaze_wrapper = true;
  Member& val;
};
template <class Member>
  requires requires(Member& m) { m.has_value(); }
struct glaze_float<Member> {
  static constexpr bool glaze_wrapper = true;
  Member& val;
  explicit operator bool() const noexcept { return val.has_value(); }
  auto& operator*() const noexcept { return *val; }
};

}  // namespace detail
}  // namespace v0
}  // namespace ghl

template <class Member>
struct glz::from<glz::JSON, ghl::detail::glaze_float<Member>> {
  template <auto Options>
  static void op(auto&& number, glz::is_context auto&& context, auto&& it, auto end) {
    typename ghl::detail::widened<Member>::type wide{};
    glz::parse<glz::JSON>::op<Options>(wide, context, it, end);
    if (context.error == glz::error_code::none && !ghl::detail::narrow(wide, number.val))
      context.error = glz::error_code::parse_number_failure;
  }
};
template <class Member>
struct glz::to<glz::JSON, ghl::detail::glaze_float<Member>> {
  template <auto Options>
  static void op(auto&& number, glz::is_context auto&& context, auto&& buffer, auto& index) {
    glz::serialize<glz::JSON>::op<Options>(number.val, context, buffer, index);
  }
};
