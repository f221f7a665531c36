/// Either the value that was asked for or the error that says why there is none.
#pragma once

#include <ghl/detail/always_false.hpp>
#include <ghl/value/attempt.hpp>
#include <ghl/value/bad_result_access.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/rate_limit.hpp>

#include <concepts>
#include <new>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 {

namespace detail {

// An error has many members. What copies, moves and destroys them stands once in a program, not in each result.
[[gnu::noinline]] inline void copy_error(void* to, const error& from) { ::new (to) error(from); }
[[gnu::noinline]] inline void move_error(void* to, error& from) noexcept { ::new (to) error(std::move(from)); }
[[gnu::noinline]] inline void destroy_error(error& e) noexcept { e.~error(); }

/// A value, and beside it what the call learned. An error has more bytes than both as a rule, so a result has the room.
template <class T>
struct value_and_facts {
  static constexpr bool has_facts = true;
  T value;
  http::headers headers{};  // of the answer
  std::vector<attempt> tried{};

  template <class... From>
  explicit value_and_facts(std::in_place_t, From&&... from) : value(std::forward<From>(from)...) {}
};

/// What goes to a transport and comes from it is not the end of a call.
template <class T>
  requires(std::is_same_v<T, http::request> || std::is_same_v<T, http::response>)
struct value_and_facts<T> {
  static constexpr bool has_facts = false;
  T value;

  template <class... From>
  explicit value_and_facts(std::in_place_t, From&&... from) : value(std::forward<From>(from)...) {}
};

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

  result() requires std::default_initializable<T> : has_(true) { make(std::in_place); }
  template <class U = T>
    requires(std::constructible_from<T, U &&> && !std::same_as<std::remove_cvref_t<U>, result> &&
             !std::same_as<std::remove_cvref_t<U>, ghl::error>)
  explicit(!std::is_convertible_v<U&&, T>) result(U&& value) : has_(true) {
    make(std::in_place, std::forward<U>(value));
  }
  result(ghl::error&& e) noexcept : has_(false) { detail::move_error(&error_, e); }
  result(const ghl::error& e) : has_(false) { detail::copy_error(&error_, e); }

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

  [[nodiscard]] T& operator*() & noexcept { return stored_.value; }
  [[nodiscard]] const T& operator*() const& noexcept { return stored_.value; }
  [[nodiscard]] T operator*() && { return std::move(stored_.value); }
  [[nodiscard]] T* operator->() & noexcept { return &stored_.value; }
  [[nodiscard]] const T* operator->() const& noexcept { return &stored_.value; }
  template <class U = T>
  const U* operator->() const&& {
    static_assert(detail::always_false<U>,
                  "ghl: -> on a result that is about to vanish would dangle; store it first: auto r = api.call(...)");
    return nullptr;
  }

  template <class OnError = detail::value_on_error>
  [[nodiscard]] T& value() & {
    return has_ ? void() : OnError::refuse(error_), stored_.value;
  }
  template <class OnError = detail::value_on_error>
  [[nodiscard]] const T& value() const& {
    return has_ ? void() : OnError::refuse(error_), stored_.value;
  }
  template <class OnError = detail::value_on_error>
  [[nodiscard]] T value() && {
    return has_ ? void() : OnError::refuse(error_), std::move(stored_.value);
  }

  [[nodiscard]] ghl::error& error() & noexcept { return error_; }
  [[nodiscard]] const ghl::error& error() const& noexcept { return error_; }
  [[nodiscard]] ghl::error error() && { return std::move(error_); }

  /// The limits that the answer stated, read from its headers at each call; all absent where it stated none.
  [[nodiscard]] ghl::rate_limit rate_limit() const noexcept {
    if (!has_) return error_.rate_limit;
    if constexpr (stored::has_facts) return detail::rate_limit_in(stored_.headers.block());
    else return {};
  }
  /// The Content-Type of the answer: "application/pdf", "text/html; charset=utf-8". Empty where there is none.
  [[nodiscard]] std::string content_type() const {
    if (!has_) return error_.content_type;
    if constexpr (stored::has_facts) return std::string{stored_.headers.get("Content-Type").value_or("")};
    else return {};
  }
  /// The attempts before the last one, of a client with ghl::retry or with tokens that are refreshed; mostly none.
  [[nodiscard]] std::vector<attempt> tried() const {
    if (!has_) return error_.tried;
    if constexpr (stored::has_facts) return stored_.tried;
    else return {};
  }

  template <class U>
  [[nodiscard]] T value_or(U&& otherwise) const& {
    return has_ ? stored_.value : static_cast<T>(std::forward<U>(otherwise));
  }
  template <class U>
  [[nodiscard]] T value_or(U&& otherwise) && {
    return has_ ? std::move(stored_.value) : static_cast<T>(std::forward<U>(otherwise));
  }

  /// `f(value)` gives a result of its own, without the rate limit and the attempts of this one; an error passes
  /// through.
  template <class F>
  auto and_then(F&& f) const& -> std::remove_cvref_t<std::invoke_result_t<F, const T&>> {
    if (has_) return std::forward<F>(f)(stored_.value);
    return error_;
  }
  template <class F>
  auto and_then(F&& f) && -> std::remove_cvref_t<std::invoke_result_t<F, T&&>> {
    if (has_) return std::forward<F>(f)(std::move(stored_.value));
    return std::move(error_);
  }
  /// `f(value)` gives a plain value, without the rate limit and the attempts; an error passes through.
  template <class F>
  auto transform(F&& f) const& -> result<std::remove_cvref_t<std::invoke_result_t<F, const T&>>> {
    if (has_) return std::forward<F>(f)(stored_.value);
    return error_;
  }
  template <class F>
  auto transform(F&& f) && -> result<std::remove_cvref_t<std::invoke_result_t<F, T&&>>> {
    if (has_) return std::forward<F>(f)(std::move(stored_.value));
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
    return a.has_ == b.has_ && (a.has_ ? a.stored_.value == b.stored_.value : a.error_ == b.error_);
  }

 private:
  friend struct detail::result_access;
  using stored = detail::value_and_facts<T>;

  // Placement new instead of std::construct_at, whose <memory> costs as much as the rest of the core.
  template <class... From>
  void make(From&&... from) {
    ::new (static_cast<void*>(&stored_)) stored(std::forward<From>(from)...);
  }
  void construct(const result& other) {
    if (has_) make(other.stored_);
    else detail::copy_error(&error_, other.error_);
  }
  void construct(result&& other) noexcept {
    if (has_) make(std::move(other.stored_));
    else detail::move_error(&error_, other.error_);
  }
  void destroy() noexcept {
    if (has_) stored_.~stored();
    else detail::destroy_error(error_);
  }

  union {
    stored stored_;
    ghl::error error_;
  };
  bool has_;
};

namespace detail {

/// Write access for the library: the facts go beside the value, or into the error.
struct result_access {
  template <class T>
  static void set_headers(result<T>& r, http::headers&& headers) noexcept {
    static_assert(value_and_facts<T>::has_facts);
    if (r.has_) r.stored_.headers = std::move(headers);
  }
  template <class T>
  static void set_tried(result<T>& r, std::vector<attempt>&& tried) noexcept {
    if (!r.has_) r.error_.tried = std::move(tried);
    else if constexpr (value_and_facts<T>::has_facts) r.stored_.tried = std::move(tried);
  }
};

}  // namespace detail
}}  // namespace ghl::v0
