/// A span of time in milliseconds that converts from and to any std::chrono duration without including <chrono>,
/// which would cost every user half as much again as the strings and vectors that the core needs.
#pragma once

#include <compare>
#include <cstdint>

namespace ghl { inline namespace v0 {

namespace detail {

/// std::chrono::duration, recognised by its shape. `rep` must be a number: an integer or a floating-point type.
template <class D>
concept duration_like = requires(const D d) {
  typename D::rep;
  D::period::num;
  D::period::den;
  d.count();
};

}  // namespace detail

/// Purpose: the `timeout` of a request and the value of options such as ghl::deadline.
/// Example: `ghl::milliseconds t = 2s; std::chrono::milliseconds u = t; t.count() == 2000`.
/// Units: milliseconds; a finer duration is rounded up, so that a positive wait never becomes none.
/// Thread safety: a value.
class milliseconds {
 public:
  constexpr milliseconds() noexcept = default;
  constexpr explicit milliseconds(std::int64_t count) noexcept : count_(count) {}

  template <detail::duration_like D>
  constexpr milliseconds(const D& d) noexcept : count_(from(d)) {}  // implicit: `.timeout = 2s` reads well

  template <detail::duration_like D>
  constexpr operator D() const noexcept {
    return D{static_cast<typename D::rep>(count_ * D::period::den / (D::period::num * 1000))};
  }

  [[nodiscard]] constexpr std::int64_t count() const noexcept { return count_; }

  friend constexpr bool operator==(milliseconds, milliseconds) noexcept = default;
  friend constexpr auto operator<=>(milliseconds a, milliseconds b) noexcept { return a.count_ <=> b.count_; }

 private:
  template <class D>
  static constexpr std::int64_t from(const D& d) noexcept {
    const auto scaled = d.count() * D::period::num * 1000;
    const auto whole = static_cast<std::int64_t>(scaled / D::period::den);
    return static_cast<decltype(scaled)>(whole) * D::period::den < scaled ? whole + 1 : whole;
  }

  std::int64_t count_ = 0;
};

}}  // namespace ghl::v0
