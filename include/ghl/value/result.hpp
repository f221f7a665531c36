/// Either the value that was asked for or the error that says why there is none.
#pragma once

#include <ghl/detail/always_false.hpp>
#include <ghl/detail/no_range.hpp>
#include <ghl/value/attempt.hpp>
#include <ghl/value/bad_result_access.hpp>
#include <ghl/value/chained.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/mismatch.hpp>
#include <ghl/value/printing.hpp>
#include <ghl/value/rate_limit.hpp>
#include <ghl/value/value_and_facts.hpp>

#include <concepts>
#include <new>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 {

/// Purpose: what every call gives: a T or a ghl::error. The same type in every language mode, with the members of
/// std::expected that people use; works without exceptions and RTTI.
/// Example: `auto r = api.call(request); if (!r) return report(r.error()); use(r->links);`
/// `rate_limit()` and `tried()` tell what the call learned on its way, and `mismatches()` what in the answer is not as
/// described, whether it holds a value or an error.
/// Errors: `*r` and `r->` on an error are undefined, as in std::expected; `value()` throws bad_result_access (or
/// aborts where exceptions are off).
/// Lifetime: a result that is about to vanish gives its value away (`*api.call(r)` is a T, not a reference), so that
/// `for (auto& link : (*api.call(r)).links)` is safe; `api.call(r)->links` would dangle and does not compile. (Nor
/// does a copy, `auto l = api.call(r)->links`: -> cannot know what becomes of it. `(*api.call(r)).links` is that copy.)
/// Thread safety: a value.
template <class T>
class [[nodiscard("ghl: a result was ignored; it may hold an error: if (!result) ...")]] result
    : public detail::no_range {
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

  result(const result& other) : has_(other.has_), notes_(other.notes_.template copy<T>()) { construct(other); }
  result(result&& other) noexcept : has_(other.has_), notes_(std::move(other.notes_)) { construct(std::move(other)); }
  result& operator=(const result& other) { return *this = result(other); }
  result& operator=(result&& other) noexcept {
    if (this != &other) {
      destroy();
      has_ = other.has_;
      construct(std::move(other));
      notes_ = std::move(other.notes_);
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
                  "ghl: -> on a result that is about to vanish would dangle; store it first: auto r = api.call(...); "
                  "of one that is stored write std::move(*r).member; for a copy, (*api.call(...)).member");
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
  /// Where the answer is not as described; mostly nowhere. Beside a value: the optional members that were left empty for
  /// it, and arrays that were null. Beside an error of decoding: those, and what caused it.
  [[nodiscard]] std::vector<mismatch> mismatches() const {
    const detail::reading_notes* const notes = notes_.get();
    return notes == nullptr ? std::vector<mismatch>{} : notes->mismatches;
  }
  /// Beside an error of decoding: all that could be read of the answer, whose members are as they are in a `T{}` where
  /// nothing could. Null where there is none: beside a value, beside any other error, and where the client is strict.
  /// It lives as long as the result holds the error.
  [[nodiscard]] const T* partial() const& noexcept {
    const detail::reading_notes* const notes = notes_.get();
    return notes == nullptr ? nullptr : static_cast<const T*>(notes->partial);
  }
  template <class U = T>
  const U* partial() const&& {
    static_assert(detail::always_false<U>,
                  "ghl: partial() of a result that is about to vanish would dangle; store it first: auto r = "
                  "api.call(...)");
    return nullptr;
  }

  template <class U = T>
  [[nodiscard]] T value_or(U&& otherwise) const& {
    constexpr bool fits = detail::stands_for<T, U>;
    static_assert(fits, "ghl: value_or() takes a value of the type that the result holds");
    if constexpr (fits) return has_ ? stored_.value : static_cast<T>(std::forward<U>(otherwise));
    else return stored_.value;
  }
  template <class U = T>
  [[nodiscard]] T value_or(U&& otherwise) && {
    constexpr bool fits = detail::stands_for<T, U>;
    static_assert(fits, "ghl: value_or() takes a value of the type that the result holds");
    if constexpr (fits) return has_ ? std::move(stored_.value) : static_cast<T>(std::forward<U>(otherwise));
    else return std::move(stored_.value);
  }

  /// `f(value)` gives a result of its own, without what the call learned, mismatches() too; an error passes through.
  template <class F>
  detail::chained<F, const T&> and_then(F&& f) const& {
    constexpr bool fits = detail::passes_errors<detail::given_by<F, const T&>>;
    static_assert(fits, "ghl: the function of and_then() returns a ghl::result; one that gives a value: transform()");
    if (has_) return detail::chain<detail::chained<F, const T&>>(std::forward<F>(f), stored_.value);
    return error_;
  }
  template <class F>
  detail::chained<F, T&&> and_then(F&& f) && {
    constexpr bool fits = detail::passes_errors<detail::given_by<F, T&&>>;
    static_assert(fits, "ghl: the function of and_then() returns a ghl::result; one that gives a value: transform()");
    if (has_) return detail::chain<detail::chained<F, T&&>>(std::forward<F>(f), std::move(stored_.value));
    return std::move(error_);
  }
  /// `f(value)` gives a plain value, without what the call learned: see mismatches() before; an error passes through.
  template <class F>
  detail::transformed<F, const T&> transform(F&& f) const& {
    static_assert(!std::is_void_v<detail::given_by<F, const T&>>,
                  "ghl: the function of transform() returns nothing; ask the result itself: if (r) ...");
    if (has_) return detail::chain<detail::transformed<F, const T&>>(std::forward<F>(f), stored_.value);
    return error_;
  }
  template <class F>
  detail::transformed<F, T&&> transform(F&& f) && {
    static_assert(!std::is_void_v<detail::given_by<F, T&&>>,
                  "ghl: the function of transform() returns nothing; ask the result itself: if (r) ...");
    if (has_) return detail::chain<detail::transformed<F, T&&>>(std::forward<F>(f), std::move(stored_.value));
    return std::move(error_);
  }
  /// `f(error)` gives a result in place of the error; a value passes through.
  template <class F>
  result or_else(F&& f) const& {
    return result(*this).or_else(std::forward<F>(f));
  }
  template <class F>
  result or_else(F&& f) && {
    if (has_) return std::move(*this);
    constexpr bool fits = std::is_convertible_v<std::invoke_result_t<F, ghl::error&&>, result>;
    static_assert(fits, "ghl: the function of or_else() returns a result of the same type, its value, or a ghl::error");
    return detail::chain<result>(std::forward<F>(f), std::move(error_));
  }
  /// `f(error)` gives another error, which keeps what was read; a value passes through.
  template <class F>
  result transform_error(F&& f) && {
    if (has_) return std::move(*this);
    constexpr bool fits = std::is_convertible_v<std::invoke_result_t<F, ghl::error&&>, result>;
    static_assert(fits, "ghl: the function of transform_error() takes a ghl::error and returns one");
    result other = detail::chain<result>(std::forward<F>(f), std::move(error_));
    other.notes_ = std::move(notes_);
    return other;
  }

  /// Whether both hold equal values or equal errors. What a call learned beside a value does not count: it differs from
  /// call to call.
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
  [[no_unique_address]] std::conditional_t<stored::has_facts, detail::kept_notes, detail::no_notes> notes_{};
};

}}  // namespace ghl::v0
