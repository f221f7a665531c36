/// The part of ghl::refreshing_token that does not depend on the user's functions: which token is used, and who
/// refreshes it.
#pragma once

#include <ghl/auth/pair_in_use.hpp>
#include <ghl/auth/token_at_hand.hpp>
#include <ghl/operation/step.hpp>
#include <ghl/policy/credential.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/secret.hpp>
#include <ghl/value/token_pair.hpp>

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// Purpose: the pair in memory, and the lease: one caller at a time loads, refreshes and stores. All others use the
/// token that there is, or are told to ask again; nobody waits in here.
/// Thread safety: every member may be called at any time. The lock is never held while the user's functions run.
class refresh_coordinator {
 public:
  using ahead_time = std::optional<milliseconds>;

  /// `ahead`: how long before its end a token is refreshed; nothing: its end does not matter.
  explicit refresh_coordinator(ahead_time ahead) noexcept : ahead_(ahead) {}
  refresh_coordinator(const refresh_coordinator&) = delete;
  refresh_coordinator& operator=(const refresh_coordinator&) = delete;

  /// `unlock(lock)` is called where a lease ends.
  void unlock_with(void* lock, void (*unlock)(void*) noexcept) noexcept {
    lock_ = lock;
    unlock_ = unlock;
  }

  /// This thread is inside the user's functions for as long as this object lives. Only who has the lease is; an event
  /// loop that runs within one of the functions may ask for it again there.
  class visit {
   public:
    explicit visit(refresh_coordinator& to) : to_(to) {
      const std::lock_guard<std::mutex> lock{to_.mutex_};
      before_ = std::exchange(to_.inside_, std::this_thread::get_id());
    }
    visit(const visit&) = delete;
    visit& operator=(const visit&) = delete;
    ~visit() {
      const std::lock_guard<std::mutex> lock{to_.mutex_};
      to_.inside_ = before_;
    }

   private:
    refresh_coordinator& to_;
    std::thread::id before_{};
  };

  /// Has the token, without the lock, where begin(nullptr, ...) would only give it.
  [[nodiscard]] const token_at_hand& at_hand() const noexcept { return at_hand_; }

  /// Who goes on: after a refusal of that token, or, without one, before a call. A leader loads, and goes on with
  /// looked(); its `token` is the one to use where there will be no other.
  refresh_lease begin(const std::string_view* refused, const clock_sample& at) {
    const std::lock_guard<std::mutex> lock{mutex_};
    const bool is_good = refused != nullptr ? access() != *refused : !is_due(at) && !in_use_.is_owed();
    if (has_token() && is_good) return superseded();
    const bool usable = refused == nullptr && in_use_.is_valid(at.unix_time);
    if (inside_ == std::this_thread::get_id()) return usable ? superseded() : failed(calls_itself());
    if (leased_) {
      if (!usable) waited_for_ = true;
      return usable ? superseded() : follower();
    }
    if (usable && !in_use_.is_owed() && at.now < next_ahead_) return superseded();
    const std::string_view about = refused != nullptr ? *refused : std::string_view{access()};
    if (failure_ && refused_ == about && at.now < failure_ends_) return usable ? superseded() : failed(*failure_);
    refresh_lease lease{refresh_lease::leader, usable ? access() : std::string{}, {}, {}};
    refused_ = about;  // may need memory; from here on nothing does
    take_lease(refused != nullptr);
    return lease;
  }
  /// The token that there is, whatever its age; a leader loads it, and says so with loaded().
  refresh_lease first_use(const clock_sample& at) {
    const std::lock_guard<std::mutex> lock{mutex_};
    if (has_token()) return superseded();
    if (inside_ == std::this_thread::get_id()) return failed(calls_itself());
    if (leased_) return static_cast<void>(waited_for_ = true), follower();
    if (failure_ && refused_.empty() && at.now < failure_ends_) return failed(*failure_);
    take_lease(false);
    refused_.clear();
    return {refresh_lease::leader, {}, {}, {}};
  }
  result<std::string> loaded(result<token_pair>&& stored, const clock_sample& at) {
    const std::lock_guard<std::mutex> lock{mutex_};
    if (!stored) return failed_load(std::move(stored.error()), at);
    adopt(*std::move(stored));
    return access();  // an empty one is not kept: the next call loads again
  }
  /// What the store holds now decides: a newer token ends the lease, and so does an error.
  refresh_lease looked(result<token_pair>&& stored, const clock_sample& at) {
    const std::lock_guard<std::mutex> lock{mutex_};
    const bool usable = !was_refused_ && in_use_.is_valid(at.unix_time);
    if (!stored) {
      error why = failed_load(std::move(stored.error()), at);
      return usable ? superseded() : failed(std::move(why));
    }
    const bool newer = is_newer(*stored);
    if (newer) adopt(token_pair{*stored});
    if (was_refused_ ? newer : has_token() && !is_due(at)) return superseded();
    in_use_.expect_next(refused_, stored->access_token.reveal());
    // The store may hold an older pair than the memory: where the last one could not be stored, or nobody stores.
    const bool store_is_right = newer || (!in_use_.is_unsaved() && stored->access_token.reveal() == refused_);
    spending_ = store_is_right || !has_token() ? *std::move(stored) : in_use_.pair();
    if (spending_.refresh_token.reveal().empty()) spending_.refresh_token = in_use_.pair().refresh_token;
    refused_ = was_refused_ ? refused_ : access();
    const bool may_do = !was_refused_ && in_use_.is_valid(at.unix_time);
    return {refresh_lease::leader, may_do ? access() : std::string{}, spending_, {}};
  }

  /// The pair that a refresh gave is used from now on, by those who waited too, and is owed to the store or to the
  /// caller. Needs no memory (looked() has made room), so that the pair cannot be lost on its way. The reference is
  /// good as long as the caller leads.
  const token_pair& refreshed(token_pair&& pair, const clock_sample& at) noexcept {
    const std::lock_guard<std::mutex> lock{mutex_};
    in_use_.adopt_fresh(std::move(pair), spending_, at.unix_time);
    adopted();
    return in_use_.pair();
  }
  /// The pair in memory is in the store too, or the caller has it.
  void settled(bool saved) noexcept {
    const std::lock_guard<std::mutex> lock{mutex_};
    in_use_.settle(saved);
    offer();
  }
  /// A pair that came is neither in the store nor with the caller: there was no memory for that. For the leader.
  [[nodiscard]] const token_pair* owed() const {
    const std::lock_guard<std::mutex> lock{mutex_};
    return in_use_.is_owed() ? &in_use_.pair() : nullptr;
  }

  /// After a refresh that failed: has another process been faster, and used the refresh token up?
  std::optional<std::string> newer_after_all(result<token_pair>&& stored) {
    const std::lock_guard<std::mutex> lock{mutex_};
    if (!stored || !is_newer(*stored)) return std::nullopt;
    adopt(*std::move(stored));
    return access();
  }
  /// Those who waited get the same error, and so does, for a second, everyone whose token it was: what the server has
  /// refused it will refuse again. What was not sent may be tried again at once by those who did not wait. A token that
  /// is good for a while is left alone for a while.
  void remember(const error& e, const clock_sample& at) {
    const std::lock_guard<std::mutex> lock{mutex_};
    next_ahead_ = later(at, 30'000);
    const bool reached = e.was_sent != sent::no || e.kind == error_kind::status || e.kind == error_kind::decode;
    if (!reached && !waited_for_) return;
    failure_ = e;
    failure_->unsaved_tokens.clear();  // one caller has them
    failure_->unread_answer = {};
    failure_ends_ = later(at, reached ? 1'000 : 100);
  }
  /// Takes out of an error what it must not hold.
  void tidy(error& e) const {
    const std::lock_guard<std::mutex> lock{mutex_};
    tidied(e);
  }

  void end_lease() noexcept {
    if (unlock_ != nullptr) unlock_(lock_);
    const std::lock_guard<std::mutex> lock{mutex_};
    leased_ = false;
    spending_ = {};
  }

 private:
  // All of these under the lock.
  [[nodiscard]] const std::string& access() const noexcept { return in_use_.access(); }
  [[nodiscard]] bool has_token() const noexcept { return in_use_.has_token(); }
  [[gnu::noinline]] refresh_lease superseded() const { return {refresh_lease::superseded, access(), {}, {}}; }
  [[gnu::noinline]] static refresh_lease failed(error e) { return {refresh_lease::failed, {}, {}, std::move(e)}; }
  [[gnu::noinline]] static refresh_lease follower() { return {}; }

  void take_lease(bool after_refusal) noexcept {
    failure_.reset();
    leased_ = true;
    waited_for_ = false;
    was_refused_ = after_refusal;
  }
  [[nodiscard]] bool is_due(const clock_sample& at) const noexcept { return in_use_.ends_within(ahead_, at.unix_time); }
  static milliseconds later(const clock_sample& at, int ms) noexcept { return milliseconds{at.now.count() + ms}; }

  [[nodiscard]] bool is_newer(const token_pair& stored) const noexcept {
    const std::string& token = stored.access_token.reveal();
    return token != refused_ && in_use_.is_news(token);
  }
  [[gnu::noinline]] void adopt(token_pair&& pair) {
    in_use_.adopt(std::move(pair));
    adopted();
  }
  void adopted() noexcept {
    failure_.reset();
    next_ahead_ = {};
    offer();
  }
  void offer() noexcept {
    if (in_use_.is_owed()) at_hand_.withdraw();
    else at_hand_.offer(access(), in_use_.ends_within_from(ahead_));
  }

  void tidied(error& e) const {
    redact(e, in_use_.pair());
    redact(e, spending_);
    for (const token_pair& unsaved : e.unsaved_tokens) redact(e, unsaved);
  }
  error failed_load(error&& e, const clock_sample& at) {
    tidied(e);
    next_ahead_ = later(at, 30'000);
    if (waited_for_) {
      failure_ = e;
      failure_ends_ = later(at, 100);
    }
    return std::move(e);
  }
  static error calls_itself() {
    return invalid_request(fault::empty_token, "the token",
                           "load, refresh or store made a call with the token that it is to provide");
  }

  token_at_hand at_hand_;  // as the pair in use is, from each change to the next
  mutable std::mutex mutex_;
  ahead_time ahead_;
  void* lock_ = nullptr;
  void (*unlock_)(void*) noexcept = nullptr;
  std::thread::id inside_;            // who is inside the user's functions
  pair_in_use in_use_;
  bool leased_ = false;               // a caller has the lease
  bool waited_for_ = false;           // and others asked meanwhile
  bool was_refused_ = false;          // it is about a token that the API has refused
  std::string refused_;               // that token, or the one that is used up to then
  token_pair spending_;
  std::optional<error> failure_;  // of the last lease
  milliseconds failure_ends_;
  milliseconds next_ahead_;  // until then a token that is good for a while is not refreshed
};

}}}  // namespace ghl::v0::detail
