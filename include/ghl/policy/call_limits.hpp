/// What a call leaves to a function that may take long.
#pragma once

#include <ghl/value/milliseconds.hpp>
#include <ghl/value/stop.hpp>

#include <concepts>

namespace ghl { inline namespace v0 {

/// Purpose: the end of a call, as those see it who work for it: the `load` and `store` of a ghl::refreshing_token take
/// one as their last parameter, if they like, and give up in time.
/// Example: `[&](const ghl::call_limits& limits) { return vault.read(limits.time_left(), limits); }`
/// It is a stop token too (ghl::stop_token_like). A call without a deadline and a stop token has none of both.
/// Lifetime: that of the function's run. Thread safety: as that of the stop token of the call.
class call_limits {
 public:
  call_limits() = default;
  /// `left`: 0 or less: no limit. Refers to `stop`.
  template <class Stop>
    requires(!std::same_as<Stop, call_limits>) && stop_token_like<Stop>
  call_limits(milliseconds left, const Stop& stop) noexcept
      : left_(left), stop_(&stop), asks_([](const void* token) -> bool {
          return static_cast<const Stop*>(token)->stop_requested();
        }) {}
  explicit call_limits(milliseconds left) noexcept : left_(left) {}

  /// What was left of the deadline when the function was called; 0: there is no deadline.
  [[nodiscard]] milliseconds time_left() const noexcept { return left_; }
  /// Whether the caller has asked for an end.
  [[nodiscard]] bool stop_requested() const { return asks_ != nullptr && asks_(stop_); }

  /// The same stop token, and another time.
  [[nodiscard]] call_limits within(milliseconds left) const noexcept {
    call_limits out = *this;
    out.left_ = left;
    return out;
  }

 private:
  milliseconds left_{};
  const void* stop_ = nullptr;
  bool (*asks_)(const void*) = nullptr;
};

}}  // namespace ghl::v0
