/// The clock, the sleep and the random numbers of the runners. Operations and the throttle's budget are given them as
/// values. POSIX has them behind <ctime>, which <string> brings along; <chrono> and <thread> would cost every user more
/// than all of ghl.
#pragma once

#include <ghl/operation/step.hpp>
#include <ghl/value/milliseconds.hpp>

#include <cstdint>

#if defined(__unix__) || defined(__APPLE__)
#include <cerrno>
#include <ctime>
#else
#include <chrono>
#include <thread>
#endif

namespace ghl { inline namespace v0 { namespace detail {

/// Nanoseconds of a clock that never goes back, from a beginning of its own.
inline std::int64_t monotonic_ns() noexcept {
#if defined(__unix__) || defined(__APPLE__)
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
#else
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
#endif
}
inline milliseconds monotonic_now() noexcept { return milliseconds{monotonic_ns() / 1'000'000}; }

/// Seconds since 1970, UTC.
inline std::int64_t unix_now() noexcept {
#if defined(__unix__) || defined(__APPLE__)
  return std::int64_t{::time(nullptr)};
#else
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
#endif
}

inline void sleep_for(milliseconds span) noexcept {
  if (span.count() <= 0) return;
#if defined(__unix__) || defined(__APPLE__)
  timespec rest{};
  rest.tv_sec = span.count() / 1000;
  rest.tv_nsec = span.count() % 1000 * 1'000'000;
  while (::nanosleep(&rest, &rest) != 0 && errno == EINTR) {  // a signal came; what is left stands in `rest`
  }
#else
  std::this_thread::sleep_for(std::chrono::milliseconds{span.count()});
#endif
}

/// SplitMix64 over the time and a place on the stack: enough to keep callers from waking together, and no secret.
inline std::uint64_t random_number(std::int64_t time_ns) noexcept {
  const char here = 0;
  auto x = static_cast<std::uint64_t>(time_ns) ^ (reinterpret_cast<std::uintptr_t>(&here) * 0x9E3779B97F4A7C15U);
  x += 0x9E3779B97F4A7C15U;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31U);
}

/// What an operation asks of the clock; one that asks for nothing is given nothing.
template <class Sample>
Sample sample() noexcept {
  return {};
}
template <>
inline clock_sample sample<clock_sample>() noexcept {
  const std::int64_t time_ns = monotonic_ns();
  return {milliseconds{time_ns / 1'000'000}, random_number(time_ns), unix_now()};
}

}}}  // namespace ghl::v0::detail
