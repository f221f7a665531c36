/// A span of time in milliseconds that converts from and to any std::chrono duration without including <chrono>,
/// which would cost every user half as much again as the strings and vectors that the core needs.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace ghl { inline namespace v0 {

namespace detail {

/// std::chrono::duration, recognized by its shape. `rep` must be a number: an integer or a floating-point type.
template <class D>
concept duration_like = requires(const D d) {
  typename D::rep;
  D::period::num;
  D::period::den;
  d.count();
};

// As in <limits>, which would add a thousand lines.
template <class Number>
inline constexpr bool is_floating = static_cast<Number>(0.5) != Number{};
template <class Number>
inline constexpr bool has_sign = static_cast<Number>(-1) < static_cast<Number>(1);
template <class Integer>
inline constexpr Integer largest =
    static_cast<Integer>(has_sign<Integer> ? (std::uint64_t{1} << (8 * sizeof(Integer) - 1)) - 1 : ~std::uint64_t{0});
template <class Integer>
inline constexpr Integer least = static_cast<Integer>(has_sign<Integer> ? -largest<Integer> - 1 : 0);

/// A duration that can say every number of milliseconds: a floating-point one, or one of a unit that divides it.
template <class D>
concept counts_milliseconds = is_floating<typename D::rep> || D::period::den % (D::period::num * 1000) == 0;

}  // namespace detail

/// Purpose: the `timeout` of a request and the value of options such as ghl::deadline.
/// Example: `ghl::milliseconds t = 2s; std::chrono::milliseconds u = t; t.count() == 2000`.
/// Units: milliseconds. From any duration it converts implicitly; a part of a millisecond is rounded up, so that a
/// positive wait never becomes none. To a duration it converts implicitly where that loses nothing, as std::chrono
/// does; to a coarser one with whole counts it has to be asked, and rounds towards zero: `std::chrono::seconds s{t}`.
/// What is too large for the other type becomes its largest or least value; not-a-number becomes zero.
/// Thread safety: a value.
class milliseconds {
 public:
  constexpr milliseconds() noexcept = default;
  constexpr explicit milliseconds(std::int64_t count) noexcept : count_(count) {}

  template <detail::duration_like D>
  constexpr milliseconds(const D& d) noexcept  // implicit: `.timeout = 2s` reads well
      : count_(converted<std::int64_t>(d.count(), D::period::num * 1000, D::period::den, true)) {}

  template <detail::duration_like D>
  constexpr explicit(!detail::counts_milliseconds<D>) operator D() const noexcept {
    return D{converted<typename D::rep>(count_, D::period::den, D::period::num * 1000, false)};
  }

  [[nodiscard]] constexpr std::int64_t count() const noexcept { return count_; }

  friend constexpr bool operator==(milliseconds, milliseconds) noexcept = default;
  friend constexpr auto operator<=>(milliseconds a, milliseconds b) noexcept { return a.count_ <=> b.count_; }

 private:
  /// `count` times `num` by `den`, within the limits of To; the rest of the division is dropped, or counts as one.
  template <class To, class From>
  static constexpr To converted(From count, std::intmax_t num, std::intmax_t den, bool up) noexcept {
    if constexpr (detail::is_floating<To>) {
      return static_cast<To>(static_cast<To>(count) * static_cast<To>(num) / static_cast<To>(den));
    } else if constexpr (detail::is_floating<From>) {
      const From scaled = count * static_cast<From>(num) / static_cast<From>(den);
      if (scaled != scaled) return 0;
      if (scaled >= static_cast<From>(detail::largest<To>)) return detail::largest<To>;
      if (scaled <= static_cast<From>(detail::least<To>)) return detail::least<To>;
      const To whole = static_cast<To>(scaled);
      return up && static_cast<From>(whole) < scaled ? whole + 1 : whole;
    } else {
      std::intmax_t divisor = num;  // the greatest common one
      for (std::intmax_t rest = den; rest != 0;) {
        const std::intmax_t next = divisor % rest;
        divisor = rest;
        rest = next;
      }
      const auto n = static_cast<std::uint64_t>(num / divisor);
      const auto d = static_cast<std::uint64_t>(den / divisor);
      bool negative = false;
      if constexpr (detail::has_sign<From>) negative = count < 0;
      const auto as_size = [](auto value) { return static_cast<std::uint64_t>(value); };
      const std::uint64_t size = negative ? 0 - as_size(count) : as_size(count);
      const std::uint64_t most = negative ? 0 - as_size(detail::least<To>) : as_size(detail::largest<To>);
      const To saturated = negative ? detail::least<To> : detail::largest<To>;
      if (size / d > most / n) return saturated;
      const std::uint64_t whole = size / d * n;
      const std::uint64_t rest = size % d * n;
      const std::uint64_t part = rest / d + (up && !negative && rest % d != 0 ? 1U : 0U);
      if (part > most - whole) return saturated;
      return static_cast<To>(negative ? 0 - (whole + part) : whole + part);
    }
  }

  std::int64_t count_ = 0;
};

namespace detail {

/// A span of time in seconds, as people and OpenTelemetry write it: "10", "0.123", "1.5"; less than nothing is "0".
inline void append_seconds(std::string& out, milliseconds span) {
  const std::int64_t ms = span.count() > 0 ? span.count() : 0;
  out.append(std::to_string(ms / 1000));
  if (ms % 1000 == 0) return;
  const auto digit = [&](std::int64_t of) { out.push_back(static_cast<char>('0' + ms / of % 10)); };
  out.push_back('.');
  digit(100);
  if (ms % 100 != 0) digit(10);
  if (ms % 10 != 0) digit(1);
}

}  // namespace detail
}}  // namespace ghl::v0
