/// A member that tells null from absent.
#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

/// Purpose: a member of a body or of a response that is absent, null, or has a value. Some endpoints take an absent
/// member as "leave it", and null as "remove it".
/// Example:
///     struct changes {
///       ghl::nullable<std::string> company;
///       ...
///     };
///     changes{};                        // {}
///     changes{.company = nullptr};      // {"company":null}
///     changes{.company = "Example"};    // {"company":"Example"}
/// In all other respects it is a std::optional, which is empty where it is absent and where it is null.
/// Errors: value() of an empty one throws std::bad_optional_access. Thread safety: that of T.
template <class T>
class nullable {
 public:
  using value_type = T;

  constexpr nullable() = default;
  constexpr nullable(std::nullopt_t) noexcept {}
  constexpr nullable(std::nullptr_t) noexcept : is_null_(true) {}
  template <class U = T>
    requires(std::convertible_to<U, T> && !std::same_as<std::remove_cvref_t<U>, nullable> &&
             !std::same_as<std::remove_cvref_t<U>, std::nullptr_t>)
  constexpr nullable(U&& value) : value_(std::in_place, std::forward<U>(value)) {}
  /// Absent where that is empty.
  constexpr nullable(std::optional<T> value) : value_(std::move(value)) {}

  [[nodiscard]] constexpr bool has_value() const noexcept { return value_.has_value(); }
  constexpr explicit operator bool() const noexcept { return value_.has_value(); }
  [[nodiscard]] constexpr bool is_null() const noexcept { return is_null_; }
  [[nodiscard]] constexpr bool is_absent() const noexcept { return !is_null_ && !value_; }

  constexpr T& operator*() & noexcept { return *value_; }
  constexpr const T& operator*() const& noexcept { return *value_; }
  constexpr T&& operator*() && noexcept { return *std::move(value_); }
  constexpr T* operator->() noexcept { return value_.operator->(); }
  constexpr const T* operator->() const noexcept { return value_.operator->(); }
  constexpr T& value() & { return value_.value(); }
  constexpr const T& value() const& { return value_.value(); }
  constexpr T&& value() && { return std::move(value_).value(); }
  template <class U>
  [[nodiscard]] constexpr T value_or(U&& other) const& {
    return value_.value_or(std::forward<U>(other));
  }
  template <class U>
  [[nodiscard]] constexpr T value_or(U&& other) && {
    return std::move(value_).value_or(std::forward<U>(other));
  }

  template <class... Arguments>
  constexpr T& emplace(Arguments&&... arguments) {
    is_null_ = false;
    return value_.emplace(std::forward<Arguments>(arguments)...);
  }
  /// Makes it absent.
  constexpr void reset() noexcept {
    value_.reset();
    is_null_ = false;
  }
  constexpr void set_null() noexcept {
    value_.reset();
    is_null_ = true;
  }

  friend constexpr bool operator==(const nullable& a, const nullable& b) {
    return a.is_null_ == b.is_null_ && a.value_ == b.value_;
  }
  friend constexpr bool operator==(const nullable& a, std::nullopt_t) noexcept { return a.is_absent(); }
  friend constexpr bool operator==(const nullable& a, std::nullptr_t) noexcept { return a.is_null_; }
  template <std::same_as<nullable> Self, class U>
    requires(!std::same_as<U, std::nullptr_t> && !std::same_as<U, std::nullopt_t> && !std::same_as<U, nullable> &&
             requires(const T& a, const U& b) { { a == b } -> std::convertible_to<bool>; })
  friend constexpr bool operator==(const Self& a, const U& b) {
    return a.value_.has_value() && *a.value_ == b;
  }

 private:
  std::optional<T> value_{};
  bool is_null_ = false;
};

namespace detail {

template <class T>
inline constexpr bool is_nullable = false;
template <class T>
inline constexpr bool is_nullable<nullable<T>> = true;

/// Tells null from absent: a nullable, or an optional of an optional, which is null where the outer one has a value and
/// the inner one has none.
template <class T>
inline constexpr bool is_tristate = is_nullable<T>;
template <class T>
inline constexpr bool is_tristate<std::optional<std::optional<T>>> = true;
template <class T>
inline constexpr bool is_tristate<std::optional<nullable<T>>> = true;

}  // namespace detail
}}  // namespace ghl::v0
