/// What the library asks of the parts that are plugged in. Each concept is the manual of its adapter's author.
#pragma once

#include <ghl/credential.hpp>
#include <ghl/http.hpp>
#include <ghl/result.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl::inline v0 {

/// A transport that returns the answer: any callable, a lambda included.
/// It sends `request.target`, the headers and the body exactly as they are, to `request.origin`; follows no redirect;
/// gives up after `request.timeout`; and returns every answer, whatever its status, as a value.
/// When no whole answer came it returns ghl::transport_error(fault, sent). What it throws passes through the client.
template <class T>
concept blocking_transport = requires(T& transport, const http::request& request) {
  // The request can be passed as a const reference; taking it by value is fine.
  transport(request);
  // The answer: result<http::response>, or http::response from a transport that cannot fail or that throws.
  { transport(request) } -> std::convertible_to<result<http::response>>;
};

/// A JSON policy that can read a T.
/// T is made of bool, integers, floating-point numbers, std::string, std::optional, std::vector,
/// ghl::string_or_strings and structs with `fields()`. Unknown keys are ignored; null is an absent optional; a missing
/// required field, a wrong type, a number that does not fit and a broken text are errors, made by ghl::decode_error().
template <class J, class T>
concept json_decoder = requires(J& json, std::string_view text) {
  // The text need not be NUL-terminated. Bad input is an error value, never an exception, an abort or a default.
  { json.template decode<T>(text) } -> std::convertible_to<result<T>>;
};

/// A JSON policy that can write a T. Absent optionals are left out. Needed only by endpoints with a body.
template <class J, class T>
concept json_encoder = requires(J& json, const T& value) {
  // The text is UTF-8 (RFC 8259, section 8.1). A value that JSON cannot say is an error.
  { json.template encode<T>(value) } -> std::convertible_to<result<std::string>>;
} || requires(J& json, const T& value) {
  // The template argument may be left to deduction.
  { json.encode(value) } -> std::convertible_to<result<std::string>>;
};

/// A JSON policy that can read and write a T.
template <class J, class T>
concept json_policy = json_decoder<J, T> && json_encoder<J, T>;

/// What yields a token.
template <class C>
concept credential = requires(C& c) {
  // From `c.reveal()`, or by calling `c()`: anything that converts to std::string_view, or a result<std::string>.
  // The text lives until the request has been prepared.
  { detail::token_of(c) } -> detail::token_text;
};

}  // namespace ghl::inline v0
