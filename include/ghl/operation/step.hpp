/// What an operation says, and what it is told.
#pragma once

#include <ghl/value/milliseconds.hpp>

#include <cstdint>

namespace ghl { inline namespace v0 {

/// Purpose: what is to be done now. An operation (a call, a call with retries, a request for tokens) is a machine
/// without a transport, a clock and a lock: it says one of these, and is told what came of it:
///     next(now, stopped)    a step; `stopped`: whether the caller has asked for an end
///     answered(answer, now) after `send`: the transport's answer to request()
///     waited(now)           after `wait`
///     refreshed(pair, now)  after `refresh`
///     take()                after `done`: the outcome, once
/// A runner (runner/blocking.hpp and its like) is a loop that does what it says.
struct step {
  enum kind : unsigned char {
    send,     ///< the request; `time` is its timeout (0: no limit)
    wait,     ///< for `time`
    refresh,  ///< the token
    done,
  };
  kind what = send;
  milliseconds time{};

  friend constexpr bool operator==(const step&, const step&) noexcept = default;
};

/// What an operation cannot know by itself.
struct clock_sample {
  milliseconds now{};          ///< of a clock that never goes back, from any beginning
  std::uint64_t random = 0;    ///< any number, another one each time
  std::int64_t unix_time = 0;  ///< seconds since 1970, for a Retry-After that is a date
};
/// For an operation that asks for no time.
struct no_clock_sample {};

}}  // namespace ghl::v0
