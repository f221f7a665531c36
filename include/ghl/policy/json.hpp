/// What the library asks of a JSON library. The concepts are the manual of whoever writes an adapter.
#pragma once

#include <ghl/detail/referred.hpp>
#include <ghl/value/result.hpp>

#include <concepts>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 {

/// A JSON policy that can read a T. A std::reference_wrapper is what it refers to.
/// T is made of bool, integers, floating-point numbers, std::string, std::optional, std::vector, std::map and
/// std::unordered_map of strings, ghl::json_value, ghl::string_or_strings and structs with `fields()`. Unknown keys are
/// ignored; null is an absent optional; a missing required field, a wrong type, a number that does not fit and a broken
/// text are errors, made by ghl::decode_error().
/// (What a call makes of the first three is no matter of the policy; see ghl::strict.)
template <class J, class T>
concept json_decoder = requires(J& json, std::string_view text) {
  // The text need not be NUL-terminated. Bad input is an error value, never an exception, an abort or a default.
  { detail::json_of(json).template decode<T>(text) } -> std::convertible_to<result<T>>;
};

/// A JSON policy that can write a T. Absent optionals are left out. Needed only by endpoints with a body.
template <class J, class T>
concept json_encoder = requires(J& json, const T& value) {
  // The text is UTF-8 (RFC 8259, section 8.1). A value that JSON cannot say is an error.
  { detail::json_of(json).template encode<T>(value) } -> std::convertible_to<result<std::string>>;
} || requires(J& json, const T& value) {
  // The template argument may be left to deduction.
  { detail::json_of(json).encode(value) } -> std::convertible_to<result<std::string>>;
};

/// A JSON policy that can read and write a T.
template <class J, class T>
concept json_policy = json_decoder<J, T> && json_encoder<J, T>;

}}  // namespace ghl::v0
