/// The course of a call that may be sent again: a machine that is told what happened and says what to do. It has no
/// clock, no sleep, no random source and no lock: all of these are inputs.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/operation/step.hpp>
#include <ghl/policy/retry.hpp>
#include <ghl/value/attempt.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/method.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/remedy.hpp>
#include <ghl/value/repeating.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 {

namespace detail {

/// What does not depend on the policy.
class call_course {
 public:
  call_course(ghl::method m, bool can_refresh, milliseconds deadline, milliseconds attempt_limit) noexcept
      : method_(m), deadline_(deadline), attempt_limit_(attempt_limit), can_refresh_(can_refresh) {}

  [[nodiscard]] step begin() noexcept { return again(); }

  /// A wait is over, whoever asked for it.
  [[nodiscard]] step after_wait(milliseconds elapsed) noexcept {
    pass(elapsed);
    return again();
  }
  [[nodiscard]] step after_refresh(milliseconds elapsed) {
    pass(elapsed);
    tried_.push_back(refused_);
    return again();
  }

  /// The token was refreshed before the call, which is the only time.
  void has_refreshed() noexcept { can_refresh_ = false; }
  /// What is left of the deadline; 0: there is none, or it is over.
  [[nodiscard]] milliseconds left() const noexcept {
    return milliseconds{has_deadline() && !is_late() ? deadline_.count() - elapsed_.count() : 0};
  }

  /// Whether so long a wait ends before the deadline.
  [[nodiscard]] bool fits(milliseconds wait) const noexcept {
    return !has_deadline() || wait.count() < deadline_.count() - elapsed_.count();
  }
  /// What an attempt that starts now may take; 0: no limit of ours.
  [[nodiscard]] milliseconds limit() const noexcept {
    const std::int64_t left = has_deadline() ? deadline_.count() - elapsed_.count() : 0;
    const std::int64_t own = attempt_limit_.count();
    if (own <= 0) return milliseconds{left};
    return milliseconds{has_deadline() && left < own ? left : own};
  }
  /// A wait was begun that the retry policy did not ask for.
  void add_wait(milliseconds wait) noexcept {
    constexpr std::int64_t most = std::int64_t{1} << 60;  // what a policy asks for may be anything
    waits_ = wait.count() < most - waits_.count() ? milliseconds{waits_.count() + wait.count()} : milliseconds{most};
  }
  void pass(milliseconds elapsed) noexcept {
    if (elapsed_ < elapsed) elapsed_ = elapsed;
    if (elapsed_ < waits_) elapsed_ = waits_;
  }
  [[nodiscard]] bool is_late() const noexcept { return has_deadline() && elapsed_ >= deadline_; }

  /// How often it was sent.
  [[nodiscard]] int sends() const noexcept { return sends_; }
  /// The attempts before the last one.
  [[nodiscard]] std::vector<attempt>& tried() noexcept { return tried_; }
  /// An attempt that failed may have had its effect all the same.
  [[nodiscard]] bool may_have_acted() const noexcept { return may_have_acted_; }
  /// The last outcome is "not found", and an earlier attempt lost its answer.
  [[nodiscard]] bool probably_deleted() const noexcept { return probably_deleted_; }

 protected:
  /// What an error means, whatever the policy; nothing: the policy is asked.
  [[nodiscard]] std::optional<step> judge(const error& e, milliseconds elapsed) {
    pass(elapsed);
    const bool acted_unknown = e.kind == error_kind::transport ? e.was_sent != sent::no : is_gateway_error(e.status);
    if (method_ == method::del && lost_ && is_not_found(e)) {
      probably_deleted_ = true;
      return step{step::done, {}};
    }
    may_have_acted_ = may_have_acted_ || acted_unknown;
    lost_ = lost_ || (acted_unknown && e.status != 503);
    if (e.remedy() != remedy::refresh_token || !can_refresh_ || refreshed_) return std::nullopt;
    refreshed_ = true;
    refused_ = {sends_, {}, reason::token, e.status, e.fault, e.was_sent};
    return step{step::refresh, {}};
  }
  [[nodiscard]] int attempts() const noexcept { return sends_ - (refreshed_ ? 1 : 0); }
  [[nodiscard]] ghl::method method() const noexcept { return method_; }
  [[nodiscard]] milliseconds elapsed() const noexcept { return elapsed_; }

  [[nodiscard]] step after_pause(const error& e, std::optional<milliseconds> pause) {
    if (!pause || !fits(*pause)) return {step::done, {}};
    const milliseconds wait = pause->count() > 0 ? *pause : milliseconds{};
    tried_.push_back({sends_, wait, reason_of(e), e.status, e.fault, e.was_sent});
    if (wait.count() == 0) return again();
    add_wait(wait);
    return {step::wait, wait};
  }

 private:
  [[nodiscard]] bool has_deadline() const noexcept { return deadline_.count() > 0; }
  step again() noexcept {
    if (is_late()) return {step::done, {}};
    ++sends_;
    return {step::send, limit()};
  }

  static reason reason_of(const error& e) noexcept {
    if (e.kind == error_kind::transport) return reason::connection;
    if (e.kind == error_kind::status && e.status == 429) return reason::rate_limited;
    if (e.kind == error_kind::status && is_gateway_error(e.status)) return reason::gateway;
    return e.remedy() == remedy::retry ? reason::transient : reason::policy;
  }
  /// The API itself, and not a page of something in front of it, says that there is no such thing as the path names at
  /// its end. (What `/opportunities/:id/followers` says of the opportunity tells nothing of the followers.)
  static bool is_not_found(const error& e) {
    if (e.kind != error_kind::status || (e.messages.empty() && e.trace_id.empty())) return false;
    const std::string_view path = called_path(e);
    if (!path.substr(path.rfind('/') + 1).starts_with(':') || e.remedy() == remedy::fix_version) return false;
    if (e.status == 404 || e.status == 410) return true;
    for (const std::string& text : e.messages) {
      const bool says = contains_ignoring_case(text, "not found") || contains_ignoring_case(text, "does not exist");
      if (says && (e.status == 400 || e.status == 422)) return true;
      if (says && e.status == 500 && contains_ignoring_case(text, " with id ")) return true;  // seen of conversations
    }
    return false;
  }

  ghl::method method_;
  milliseconds deadline_;
  milliseconds attempt_limit_;
  milliseconds elapsed_{};
  milliseconds waits_{};  // a clock that stands still, as in a test, must not make a deadline endless
  std::vector<attempt> tried_{};
  attempt refused_{};  // becomes one of them if the token can be had
  int sends_ = 0;
  bool can_refresh_;
  bool refreshed_ = false;
  bool lost_ = false;
  bool may_have_acted_ = false;
  bool probably_deleted_ = false;
};

}  // namespace detail

/// Purpose: the course of one call: begin(), then after each thing that was done the function named for it, until
/// `done`. `Policy` is a retry policy, or a reference to one.
/// Example:
///     ghl::retry_machine x{ghl::method::get, ghl::retry{.attempts = 2}, false, ghl::milliseconds{1000}};
///     x.begin() == ghl::step{ghl::step::send, ghl::milliseconds{1000}};
///     x.after_error(error_503, {.now = ghl::milliseconds{20}, .random = 100}).what == ghl::step::wait;
/// Thread safety: a value.
template <class Policy>
class retry_machine : public detail::call_course {
 public:
  /// `deadline`: of the whole call; 0 or less: none. `can_refresh`: the credential knows how. `began`: on the clock of
  /// the samples.
  retry_machine(ghl::method m, Policy policy, bool can_refresh, milliseconds deadline, milliseconds began = {})
      : call_course(m, can_refresh, deadline, detail::attempt_limit_of(policy)), policy_(std::forward<Policy>(policy)),
        began_(began) {}

  /// An attempt ended with this error.
  [[nodiscard]] step after_error(const error& e, const clock_sample& at) {
    if (const std::optional<step> known = judge(e, since(at))) return *known;
    return after_pause(
        e, policy_.pause_after(failed_attempt{e, method(), attempts(), elapsed(), at.random, at.unix_time}));
  }
  [[nodiscard]] step after_wait(const clock_sample& at) { return call_course::after_wait(since(at)); }
  [[nodiscard]] step after_refresh(const clock_sample& at) { return call_course::after_refresh(since(at)); }
  void pass(const clock_sample& at) noexcept { call_course::pass(since(at)); }

 private:
  [[nodiscard]] milliseconds since(const clock_sample& at) const noexcept {
    return milliseconds{at.now.count() - began_.count()};
  }

  Policy policy_;
  milliseconds began_;
};

}}  // namespace ghl::v0
