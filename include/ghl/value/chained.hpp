/// What the functions that the members of a result are given may return, and what becomes of those that may not, which
/// the result has said.
#pragma once

#include <ghl/detail/invoked.hpp>
#include <ghl/value/error.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

template <class T>
class result;

namespace detail {

template <class F, class T>
using given_by = std::remove_cvref_t<std::invoke_result_t<F, T>>;

/// What and_then() may give: an error passes through it.
template <class Given>
concept passes_errors = std::constructible_from<Given, const error&>;

/// What transform() and and_then() give; a result<bool> where they give none.
template <class F, class T>
using transformed = result<std::conditional_t<std::is_void_v<given_by<F, T>>, bool, given_by<F, T>>>;
template <class F, class T>
using chained = std::conditional_t<passes_errors<given_by<F, T>>, given_by<F, T>, result<bool>>;

/// `f(value)`, as an R, where it can be one.
template <class R, class F, class T>
R chain(F&& f, T&& value) {
  if constexpr (std::is_convertible_v<std::invoke_result_t<F, T>, R>)
    return invoked(std::forward<F>(f), std::forward<T>(value));
  else return error{};
}

/// `value` as a T, where it can be one.
template <class T, class U>
concept stands_for = requires(U&& value) { static_cast<T>(std::forward<U>(value)); };

}  // namespace detail
}}  // namespace ghl::v0
