/// The arithmetic of ghl::throttle: when may the next call start?
#pragma once

#include <ghl/options/recent_starts.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/rate_limit.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>

namespace ghl { inline namespace v0 {

/// Purpose: what a ghl::throttle keeps to until an answer says otherwise. Example: `{.max = 50, .interval = 10s}`.
/// The defaults are the burst limit that HighLevel publishes for an app at one location ("Rate limits" in its developer
/// documentation: 100 requests in 10 s); the slack is ours.
/// Values that cannot be meant are moved to the nearest that can: max to 1 to 1,000,000, interval to 1 ms to a day,
/// slack to 0 to a day. Thread safety: a value.
struct throttle_options {
  std::int64_t max = 100;         ///< calls that may start in one interval
  milliseconds interval{10'000};  ///< the server's interval
  /// Time added to it, since calls do not arrive as far apart as they start. As long as the way to the server takes
  /// calls at most this much longer than others, none is refused. It costs slack / (interval + slack): 2.4 %.
  milliseconds slack{250};
};

/// Purpose: keeps calls under a limit of `max` in any interval, by a sliding window over the starts of the last calls.
/// (A bucket of tokens, or a count from full minute to full minute, lets twice as many through over an edge.)
/// Example: `if (b.when(0, now) == now) b.start(now);`
/// Answers can only take from what the window allows (a new Max or Interval apart), so one that is late or out of order
/// lets no more calls through.
/// Units: times are those of a clock that never goes back, from any beginning; it is an input.
/// Errors: none; start() may need memory until it has seen twice `max` calls, then never again.
/// Thread safety: a value, as a std::vector; ghl::throttle is the one to share.
class budget {
 public:
  explicit budget(const throttle_options& options = {}) noexcept
      : max_(std::clamp(options.max, one, most_calls)),
        interval_(std::clamp(options.interval.count(), one, day)),
        slack_(std::clamp(options.slack.count(), std::int64_t{0}, day)),
        first_max_(max_),
        first_interval_(interval_) {}

  /// The earliest time, and not before `now`, at which a call may start that lets `ahead` others go first.
  [[nodiscard]] milliseconds when(std::size_t ahead, milliseconds now) const noexcept {
    const std::int64_t beginning = (std::max)({now.count(), held_until_, spent_until_});
    const auto place = static_cast<std::int64_t>(ahead);
    if (place == 0 && others_ == 0 && pace_until_ <= beginning && !probing_) {  // as a rule
      if (static_cast<std::int64_t>(starts_.size()) < max_) return milliseconds{beginning};
      return milliseconds{(std::max)(beginning, starts_.at(starts_.size() - static_cast<std::size_t>(max_)) + span())};
    }
    std::int64_t time = slot(max_, place, beginning);
    std::int64_t pace_until = pace_until_;
    std::int64_t left = max_;
    if (others_ > 0 && beginning < others_until()) {
      left -= others_;
      const std::int64_t later = (std::max)(time, others_until());
      time = left > 0 ? (std::min)(slot(left, place, beginning), later) : later;
      // Half of the allowance is gone, and not to this process alone: let each answer tell before all the rest is used.
      if (starts_.used_since(beginning - span(), max_ / 2 - others_))
        pace_until = (std::max)(pace_until, others_until());
    }
    if (beginning < pace_until) {
      const std::int64_t pace = span() / (std::max)(left, one);
      const std::int64_t paced = (std::max)(beginning, newest_or(beginning - pace) + pace) + place * pace;
      time = (std::max)(time, (std::min)(paced, pace_until));
    }
    if (probing_)
      time = (std::max)(time, (std::max)(spent_at_, newest_or(spent_at_)) + (place + 1) * span());
    return milliseconds{time};
  }

  /// Counts a call that starts now.
  void start(milliseconds now) { starts_.add(now.count(), static_cast<std::size_t>(2 * max_)); }

  /// Takes in what the answer to a call says that was `started` then and answered `now`. Where the start is not known,
  /// `now` less an interval is a safe guess. What holds:
  /// - Max and Interval are adopted, unless they make the limit a hundred times looser or stricter than the options.
  ///   A looser one needs an answer that is certainly newer than the last change.
  /// - Remaining: calls that this process did not make are taken off until an interval has passed, or a newer answer
  ///   tells of fewer. As soon as they and its own make half of the limit, the rest starts evenly spaced.
  /// - 429: nobody starts for Retry-After (an hour at most), or for an interval; then calls start evenly spaced for
  ///   one more interval.
  /// - Daily-Remaining of 0: nobody starts until Daily-Reset or Retry-After is over (a day at most); where neither is
  ///   told, one call an interval may try, until one comes through.
  void on_response(const rate_limit& limit, int status, const std::optional<milliseconds>& retry_after,
                   milliseconds started, milliseconds now) noexcept {
    const std::int64_t start = (std::max)((std::min)(started.count(), now.count()), never);
    adopt(limit, start, now.count());
    if (limit.remaining && *limit.remaining >= 0 && *limit.remaining <= max_)
      compare(max_ - *limit.remaining, start, now.count());
    const std::int64_t wait = retry_after ? retry_after->count() : 0;
    if (limit.daily_remaining == 0) {
      spend_day(limit.daily_reset_in_ms.value_or(0), wait, now.count());
      return;
    }
    if ((limit.daily_remaining > 0 || status != 429) && start > spent_at_) {
      probing_ = false;
      spent_until_ = never;
    }
    if (status == 429) hold(held_until_, now.count() + (wait > 0 ? (std::min)(wait, longest_hold) : interval_));
  }

  /// The limit that holds now, and how many calls of others it is known to have admitted in the current interval.
  [[nodiscard]] std::int64_t calls() const noexcept { return max_; }
  [[nodiscard]] milliseconds interval() const noexcept { return milliseconds{interval_}; }
  [[nodiscard]] std::int64_t others(milliseconds now) const noexcept {
    return now.count() < others_until() ? others_ : 0;
  }

  /// Nothing that it knows would delay a call: a new budget would give the same answers.
  [[nodiscard]] bool idle(milliseconds now) const noexcept {
    return !starts_.used_since(now.count() - span(), 1) && others(now) == 0 && !probing_ &&
           (std::max)({held_until_, spent_until_, pace_until_}) <= now.count();
  }

 private:
  static constexpr std::int64_t one = 1;
  static constexpr std::int64_t day = 86'400'000;
  static constexpr std::int64_t longest_hold = 3'600'000;
  static constexpr std::int64_t most_calls = 1'000'000;
  static constexpr std::int64_t never = (std::numeric_limits<std::int64_t>::min)() / 4;  // long before any clock began

  [[nodiscard]] std::int64_t span() const noexcept { return interval_ + slack_; }
  [[nodiscard]] std::int64_t others_until() const noexcept { return others_at_ + span(); }
  [[nodiscard]] std::int64_t newest_or(std::int64_t none) const noexcept {
    return starts_.size() == 0 ? none : starts_.newest();
  }

  /// When the call with `place` others before it may start, as far as a window of `calls` is concerned: an interval
  /// after the one that is `calls` earlier; beyond those that have started, the turns repeat.
  [[nodiscard]] std::int64_t slot(std::int64_t calls, std::int64_t place, std::int64_t beginning) const noexcept {
    const std::int64_t before = static_cast<std::int64_t>(starts_.size()) - calls + place % calls;
    const std::int64_t first = before < 0 ? beginning : starts_.at(static_cast<std::size_t>(before)) + span();
    return (std::max)(beginning, first) + place / calls * span();
  }

  void adopt(const rate_limit& limit, std::int64_t start, std::int64_t now) noexcept {
    const std::int64_t max = limit.max.value_or(max_);
    const std::int64_t interval = limit.interval_ms.value_or(interval_);
    if (max == max_ && interval == interval_) return;
    if (max < 1 || max > 100 * first_max_ || interval < 1 || interval > 100 * first_interval_) return;
    const double rate = static_cast<double>(max) / static_cast<double>(interval);
    const double first = static_cast<double>(first_max_) / static_cast<double>(first_interval_);
    if (rate > 100 * first || rate * 100 < first) return;
    if ((max > max_ || interval < interval_) && start <= changed_at_) return;
    max_ = max;
    interval_ = interval;
    changed_at_ = now;
  }

  /// The server has counted `used` calls, at some time from `start` to `now`. What cannot be ours is others'.
  void compare(std::int64_t used, std::int64_t start, std::int64_t now) noexcept {
    const std::int64_t known = others(milliseconds{now});
    const std::int64_t seen = (std::max)(used - own(start, now, used), std::int64_t{0});
    if (seen < known && start <= others_at_) return;
    if (seen == 0 && known == 0) return;
    others_ = seen;
    others_at_ = now;
  }

  /// The most calls of our own that a server can have had in its interval at any time from `start` to `now`; or
  /// `enough`, where it can have had as many now.
  [[nodiscard]] std::int64_t own(std::int64_t start, std::int64_t now, std::int64_t enough) noexcept {
    return starts_.used_since(now - span(), enough) ? enough : starts_.most_together(start, span());
  }

  void spend_day(std::int64_t reset, std::int64_t wait, std::int64_t now) noexcept {
    const std::int64_t told = reset > 0 && reset <= day ? reset : wait > 0 && wait <= day ? wait : 0;
    spent_at_ = now;
    if (told > 0) hold(spent_until_, now + told);
    probing_ = told == 0 && spent_until_ <= now;
  }

  void hold(std::int64_t& until, std::int64_t time) noexcept {
    until = (std::max)(until, time);
    pace_until_ = (std::max)(pace_until_, until + span());
  }

  std::int64_t max_;
  std::int64_t interval_;
  std::int64_t slack_;
  std::int64_t first_max_;
  std::int64_t first_interval_;
  std::int64_t changed_at_ = never;
  detail::recent_starts starts_;
  std::int64_t others_ = 0;
  std::int64_t others_at_ = never;
  std::int64_t held_until_ = never;
  std::int64_t pace_until_ = never;
  std::int64_t spent_at_ = never;
  std::int64_t spent_until_ = never;
  bool probing_ = false;
};

}}  // namespace ghl::v0
