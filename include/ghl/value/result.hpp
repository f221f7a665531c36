/// Either the value that was asked for or the error that says why there is none.
#pragma once

#include <ghl/value/attempt.hpp>
#include <ghl/value/held.hpp>
#include <ghl/detail/always_false.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/rate_limit.hpp>

#include <concepts>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

#if !defined(__cpp_exceptions)
#include <cstdlib>
#else
#include <exception>
#endif

namespace ghl { inline namespace v0 {

#if defined(__cpp_exceptions)
/// Thrown by result::value() on an error; carries a copy of it. Nothing else in ghl throws of its own accord.
class bad_result_access : public std::exception {
 public:
  explicit bad_result_access(ghl::error e) : error_(std::move(e)), text_(error_.message()) {}
  [[nodiscard]] const char* what() const noexcept override { return text_.c_str(); }
  [[nodiscard]] const ghl::error& error() const noexcept { return error_; }

 private:
  ghl::error error_;
  std::string text_;
};
#endif

namespace detail {

/// Where result::value() ends up on an error: an exception, or, in a program without exceptions, the end.
template <class Error>
[[noreturn]] void refuse_access(const Error& e) {
#if defined(__cpp_exceptions)
  throw bad_result_access{e};
#else
  static_cast<void>(e);
  std::abort();
#endif
}

struct result_access;

}  // namespace detail

/// Purpose: what every call gives: a T or a ghl::error. The same type in every language mode, with the members of
/// std::expected that people use; works without exceptions and RTTI.
/// Example: `auto r = api.call(request); if (!r) return report(r.error()); use(r->links);`
/// `rate_limit()` and `tried()` tell what the call learned on its way, whether it holds a value or an error.
/// Errors: `*r` and `r->` on an error are undefined, as in std::expected; `value()` throws bad_result_access (or
/// aborts where exceptions are off).
/// Lifetime: a result that is about to vanish gives its value away (`*api.call(r)` is a T, not a reference), so that
/// `for (auto& link : (*api.call(r)).links)` is safe; `api.call(r)->links` would dangle and does not compile.
/// Thread safety: a value.
template <class T>
class [[nodiscard("ghl: a result was ignored; it may hold an error: if (!result) ...")]] result {
  static_assert(std::is_object_v<T> && !std::is_array_v<T> && !std::is_same_v<std::remove_cv_t<T>, ghl::error>,
                "ghl: result<T> holds a value; T must be an object type other than ghl::error");

 public:
  using value_type = T;
  using error_type = ghl::error;

  result() requires std::default_initializable<T> : has_(true) { make(held_, std::in_place); }
  template <class U = T>
    requires(std::constructible_from<T, U &&> && !std::same_as<std::remove_cvref_t<U>, result> &&
             !std::same_as<std::remove_cvref_t<U>, ghl::error>)
  explicit(!std::is_convertible_v<U&&, T>) result(U&& value) : has_(true) {
    make(held_, std::in_place, std::forward<U>(value));
  }
  result(ghl::error&& e) : has_(false) { make(error_, std::move(e)); }
  result(const ghl::error& e) : has_(false) { make(error_, e); }

  result(const result& other) : has_(other.has_) { construct(other); }
  result(result&& other) noexcept : has_(other.has_) { construct(std::move(other)); }
  result& operator=(const result& other) { return *this = result(other); }
  result& operator=(result&& other) noexcept {
    if (this != &other) {
      destroy();
      has_ = other.has_;
      construct(std::move(other));
    }
    return *this;
  }
  ~result() { destroy(); }

  [[nodiscard]] bool has_value() const noexcept { return has_; }
  explicit operator bool() const noexcept { return has_; }

  [[nodiscard]] T& operator*() & noexcept { return held_.value; }
  [[nodiscard]] const T& operator*() const& noexcept { return held_.value; }
  [[nodiscard]] T operator*() && { return std::move(held_.value); }
  [[nodiscard]] T* operator->() & noexcept { return &held_.value; }
  [[nodiscard]] const T* operator->() const& noexcept { return &held_.value; }
  template <class U = T>
  const U* operator->() const&& {
    static_assert(detail::always_false<U>,
                  "ghl: -> on a result that is about to vanish would dangle; store it first: auto r = api.call(...)");
    return nullptr;
  }

  [[nodiscard]] T& value() & { return require(), held_.value; }
  [[nodiscard]] const T& value() const& { return require(), held_.value; }
  [[nodiscard]] T value() && { return require(), std::move(held_.value); }

  [[nodiscard]] ghl::error& error() & noexcept { return error_; }
  [[nodiscard]] const ghl::error& error() const& noexcept { return error_; }
  [[nodiscard]] ghl::error error() && { return std::move(error_); }

  /// The limits that the answer stated; all absent where it stated none, or none came.
  [[nodiscard]] ghl::rate_limit rate_limit() const noexcept {
    if (!has_) return error_.rate_limit;
    if constexpr (held::has_facts) return detail::unpacked(held_.limits);
    else return {};
  }
  /// The attempts before the last one, of a client with ghl::retry or with tokens that are refreshed; mostly none.
  [[nodiscard]] std::vector<attempt> tried() const {
    if (!has_) return error_.tried;
    if constexpr (held::has_facts) return held_.tried;
    else return {};
  }

  template <class U>
  [[nodiscard]] T value_or(U&& otherwise) const& {
    return has_ ? held_.value : static_cast<T>(std::forward<U>(otherwise));
  }
  template <class U>
  [[nodiscard]] T value_or(U&& otherwise) && {
    return has_ ? std::move(held_.value) : static_cast<T>(std::forward<U>(otherwise));
  }

  /// `f(value)` gives a result of its own, without the rate limit and the attempts of this one; an error passes
  /// through.
  template <class F>
  auto and_then(F&& f) const& -> std::remove_cvref_t<std::invoke_result_t<F, const T&>> {
    if (has_) return std::forward<F>(f)(held_.value);
    return error_;
  }
  template <class F>
  auto and_then(F&& f) && -> std::remove_cvref_t<std::invoke_result_t<F, T&&>> {
    if (has_) return std::forward<F>(f)(std::move(held_.value));
    return std::move(error_);
  }
  /// `f(value)` gives a plain value, without the rate limit and the attempts; an error passes through.
  template <class F>
  auto transform(F&& f) const& -> result<std::remove_cvref_t<std::invoke_result_t<F, const T&>>> {
    if (has_) return std::forward<F>(f)(held_.value);
    return error_;
  }
  template <class F>
  auto transform(F&& f) && -> result<std::remove_cvref_t<std::invoke_result_t<F, T&&>>> {
    if (has_) return std::forward<F>(f)(std::move(held_.value));
    return std::move(error_);
  }
  /// `f(error)` gives a result in place of the error; a value passes through.
  template <class F>
  result or_else(F&& f) const& {
    if (has_) return *this;
    return std::forward<F>(f)(error_);
  }
  template <class F>
  result or_else(F&& f) && {
    if (has_) return std::move(*this);
    return std::forward<F>(f)(std::move(error_));
  }
  /// `f(error)` gives another error; a value passes through.
  template <class F>
  result transform_error(F&& f) && {
    if (has_) return std::move(*this);
    return std::forward<F>(f)(std::move(error_));
  }

  /// Whether both hold equal values or equal errors. The rate limit and the attempts beside a value do not count: they
  /// differ from call to call.
  friend bool operator==(const result& a, const result& b)
    requires std::equality_comparable<T>
  {
    return a.has_ == b.has_ && (a.has_ ? a.held_.value == b.held_.value : a.error_ == b.error_);
  }

 private:
  friend struct detail::result_access;
  using held = detail::held<T>;

  // Placement new instead of std::construct_at, whose <memory> costs as much as the rest of the core.
  template <class Member, class... From>
  static void make(Member& at, From&&... from) {
    ::new (static_cast<void*>(std::addressof(at))) Member(std::forward<From>(from)...);
  }
  template <class Other>
  void construct(Other&& other) {
    if (has_) make(held_, std::forward<Other>(other).held_);
    else make(error_, std::forward<Other>(other).error_);
  }
  void destroy() noexcept {
    if (has_) held_.~held();
    else error_.~error();
  }
  void require() const {
    if (!has_) detail::refuse_access(error_);
  }

  union {
    held held_;
    ghl::error error_;
  };
  bool has_;
};

namespace detail {

/// Writing access for the library: the facts go beside the value, or into the error.
struct result_access {
  template <class T>
  static void set(result<T>& r, const packed_rate_limit& limits) noexcept {
    if (!r.has_) r.error_.rate_limit = unpacked(limits);
    else if constexpr (held<T>::has_facts) r.held_.limits = limits;
  }
  template <class T>
  static void set(result<T>& r, std::vector<attempt>&& tried) noexcept {
    if (!r.has_) r.error_.tried = std::move(tried);
    else if constexpr (held<T>::has_facts) r.held_.tried = std::move(tried);
  }
};

template <class T>
void set_rate_limit(result<T>& r, const packed_rate_limit& limits) {
  result_access::set(r, limits);
}
template <class T>
void set_rate_limit(result<T>& r, const rate_limit& limits) {
  result_access::set(r, packed(limits));
}
template <class T>
void set_tried(result<T>& r, std::vector<attempt> tried) {
  result_access::set(r, std::move(tried));
}

}  // namespace detail
}}  // namespace ghl::v0
