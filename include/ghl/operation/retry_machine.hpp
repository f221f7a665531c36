/// The rules about sending again: a machine that is told what happened and says what to do. It has no clock, no sleep,
/// no random source and no lock; all of these are inputs.
#pragma once

#include <ghl/value/attempt.hpp>
#include <ghl/detail/text.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/method.hpp>
#include <ghl/value/milliseconds.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 {

/// Purpose: sending again, off unless it is given to the client. What is sent again, and when, stands in
/// examples/rules.md.
/// Example: `ghl::client api{transport, json, token, ghl::retry{.attempts = 3}};`
/// Units: milliseconds; any std::chrono duration converts. Thread safety: a value.
struct retry {
  int attempts = 3;                   ///< of a call, with the first one; not counting the one after a refreshed token
  milliseconds base{500};             ///< the longest pause after the first attempt; it doubles from one to the next
  milliseconds longest_wait{30'000};  ///< where a longer pause is called for, the call ends instead
  milliseconds spread{1'000};  ///< as much, at random, is added to a pause that the server named, so that callers part
  milliseconds attempt_limit{0};  ///< of one attempt; 0: it may take all that is left of the deadline

  static constexpr bool is_exchange_option = true;
};

/// What is to be done now.
struct step {
  enum kind : unsigned char {
    send,     ///< this request, with `time` as its timeout (0: no limit)
    wait,     ///< for `time`
    refresh,  ///< the token
    done,     ///< the last outcome is that of the call
  };
  kind what = send;
  milliseconds time{};

  friend constexpr bool operator==(const step&, const step&) noexcept = default;
};

/// What the rules cannot know by themselves.
struct moment {
  milliseconds elapsed{};      ///< since the call began
  std::uint64_t random = 0;    ///< any number, another one each time
  std::int64_t unix_time = 0;  ///< seconds since 1970, for a Retry-After that is a date
};

/// Purpose: the course of one call: begin(), then after each thing that was done the function named for it, until
/// `done`.
/// Example:
///     ghl::exchange x{ghl::method::get, ghl::retry{.attempts = 2}, false, ghl::milliseconds{1000}};
///     x.begin() == ghl::step{ghl::step::send, ghl::milliseconds{1000}};
///     x.after_error(error_503, {.elapsed = ghl::milliseconds{20}, .random = 100}).what == ghl::step::wait;
/// Thread safety: a value.
class exchange {
 public:
  /// `deadline`: of the whole call; 0 or less: none. `can_refresh`: the credential knows how.
  exchange(ghl::method m, const retry& rules, bool can_refresh, milliseconds deadline)
      : rules_(rules), deadline_(deadline), can_refresh_(can_refresh), safe_(m == method::get || m == method::del),
        deletes_(m == method::del) {}

  [[nodiscard]] step begin() { return again(); }

  /// An attempt ended with this error.
  [[nodiscard]] step after_error(const error& e, const moment& now) {
    pass(now);
    const bool acted_unknown = e.kind == error_kind::transport ? e.was_sent != sent::no : is_gateway(e.status);
    if (deletes_ && lost_ && is_not_found(e)) {
      probably_deleted_ = true;
      return done();
    }
    may_have_acted_ = may_have_acted_ || acted_unknown;
    lost_ = lost_ || (acted_unknown && e.status != 503);

    attempt made{sends_, {}, reason::connection, e.status, e.fault, e.was_sent};
    if (e.remedy() == remedy::refresh_token && can_refresh_ && !refreshed_) {
      refreshed_ = true;
      made.why = reason::token;
      refused_ = made;
      return {step::refresh, {}};
    }
    if (sends_ - (refreshed_ ? 1 : 0) >= rules_.attempts || !may_repeat(e, made.why)) return done();
    if (!find_pause(e, made, now) || !fits(made.wait)) return done();
    tried_.push_back(made);
    if (made.wait.count() == 0) return again();
    add_wait(made.wait);
    return {step::wait, made.wait};
  }

  /// A wait is over, whoever asked for it.
  [[nodiscard]] step after_wait(const moment& now) {
    pass(now);
    return again();
  }
  [[nodiscard]] step after_refresh(const moment& now) {
    pass(now);
    tried_.push_back(refused_);
    return again();
  }

  /// Whether so long a wait ends before the deadline.
  [[nodiscard]] bool fits(milliseconds wait) const noexcept {
    return !has_deadline() || wait.count() < deadline_.count() - elapsed_.count();
  }
  /// What an attempt that starts now may take; 0: no limit of ours.
  [[nodiscard]] milliseconds limit() const noexcept {
    const std::int64_t left = has_deadline() ? deadline_.count() - elapsed_.count() : 0;
    const std::int64_t own = rules_.attempt_limit.count();
    if (own <= 0) return milliseconds{left};
    return milliseconds{has_deadline() ? smaller(left, own) : own};
  }
  /// A wait was begun that these rules did not ask for.
  void add_wait(milliseconds wait) noexcept { waits_ = milliseconds{waits_.count() + wait.count()}; }
  void pass(const moment& now) noexcept { elapsed_ = larger(larger(elapsed_, now.elapsed), waits_); }
  [[nodiscard]] bool is_late() const noexcept { return has_deadline() && elapsed_ >= deadline_; }

  /// How often it was sent.
  [[nodiscard]] int sends() const noexcept { return sends_; }
  /// The attempts before the last one.
  [[nodiscard]] std::vector<attempt>& tried() noexcept { return tried_; }
  /// An attempt that failed may have had its effect all the same.
  [[nodiscard]] bool may_have_acted() const noexcept { return may_have_acted_; }
  /// The last outcome is "not found", and an earlier attempt lost its answer.
  [[nodiscard]] bool probably_deleted() const noexcept { return probably_deleted_; }

 private:
  [[nodiscard]] bool has_deadline() const noexcept { return deadline_.count() > 0; }
  static step done() noexcept { return {step::done, {}}; }
  step again() noexcept {
    if (is_late()) return done();
    ++sends_;
    return {step::send, limit()};
  }

  static constexpr bool is_gateway(int status) noexcept { return status == 502 || status == 503 || status == 504; }
  static bool is_not_found(const error& e) {
    if (e.kind != error_kind::status || e.remedy() == remedy::fix_version) return false;
    if (e.status == 404 || e.status == 410) return true;
    if (e.status != 400 && e.status != 422) return false;
    for (const std::string& text : e.messages)
      if (detail::contains_ignoring_case(text, "not found") || detail::contains_ignoring_case(text, "does not exist"))
        return true;
    return false;
  }

  /// Whether sending it again is safe and has a chance, and why it is done.
  [[nodiscard]] bool may_repeat(const error& e, reason& why) const {
    if (e.kind == error_kind::transport) {
      why = reason::connection;
      const bool never_left = e.was_sent == sent::no;
      switch (e.fault) {
        case fault::connect:
        case fault::connection_lost:
        case fault::timeout: return safe_ || never_left;
        case fault::cut_short: return safe_;
        default: return false;
      }
    }
    if (e.kind != error_kind::status) return false;
    why = e.status == 429 ? reason::rate_limited : reason::gateway;
    if (e.status == 429) return e.remedy() != remedy::wait_for_next_day;
    return safe_ && is_gateway(e.status);
  }

  /// The pause before the next attempt: what the server named, else its burst interval, else back-off with full jitter.
  [[nodiscard]] bool find_pause(const error& e, attempt& made, const moment& now) const {
    constexpr std::int64_t a_year = std::int64_t{365} * 86'400'000;  // of milliseconds; sums of such do not overflow
    const std::int64_t longest = smaller(rules_.longest_wait.count(), a_year);
    std::int64_t named = -1;
    if (made.why != reason::connection) {
      if (e.retry_after) named = e.retry_after->count();
      else if (e.retry_at) named = larger(std::int64_t{0}, *e.retry_at - now.unix_time) * 1000;
      else if (e.status == 429 && e.rate_limit.interval_ms) named = *e.rate_limit.interval_ms;
    }
    if (named >= 0) {
      if (named > longest) return false;
      made.wait = milliseconds{smaller(longest, named + up_to(smaller(rules_.spread.count(), a_year), now.random))};
      return true;
    }
    std::int64_t bound = larger(std::int64_t{0}, rules_.base.count());
    for (int i = 1; i < sends_ && bound < longest; ++i) bound *= 2;
    made.wait = milliseconds{up_to(smaller(bound, longest), now.random)};
    return true;
  }
  // <algorithm> would cost every user more than all that is here.
  template <class T>
  static constexpr T smaller(T a, T b) noexcept {
    return b < a ? b : a;
  }
  template <class T>
  static constexpr T larger(T a, T b) noexcept {
    return a < b ? b : a;
  }
  static std::int64_t up_to(std::int64_t bound, std::uint64_t random) noexcept {
    return bound <= 0 ? 0 : static_cast<std::int64_t>(random % (static_cast<std::uint64_t>(bound) + 1));
  }

  retry rules_;
  milliseconds deadline_;
  milliseconds elapsed_{};
  milliseconds waits_{};  // a clock that stands still, as in a test, must not make a deadline endless
  std::vector<attempt> tried_;
  attempt refused_;  // becomes one of them if the token can be had
  int sends_ = 0;
  bool can_refresh_;
  bool safe_;
  bool deletes_;
  bool refreshed_ = false;
  bool lost_ = false;
  bool may_have_acted_ = false;
  bool probably_deleted_ = false;
};

}}  // namespace ghl::v0
