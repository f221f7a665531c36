/// The part of ghl::refreshing_token that does not depend on the user's functions: which token is used, and who
/// refreshes it.
#pragma once

#include <ghl/policy/credential.hpp>
#include <ghl/runner/clock.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/redact.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/secret.hpp>

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace detail {

inline void redact(error& e, const token_pair& pair) {
  redact(e, pair.access_token.reveal(), "[secret]");
  redact(e, pair.refresh_token.reveal(), "[secret]");
}

/// Purpose: the pair in memory. One thread at a time is inside the user's functions, and one caller at a time has the
/// lease to refresh, which may take long and pass from thread to thread.
/// Thread safety: every member may be called at any time. The lock is never held while the user's functions run.
class refresh_coordinator {
 public:
  refresh_coordinator() = default;
  refresh_coordinator(const refresh_coordinator&) = delete;
  refresh_coordinator& operator=(const refresh_coordinator&) = delete;

  /// This thread is inside the user's functions for as long as this object lives. Whoever is inside already (an event
  /// loop that runs within one of them) does not wait for itself.
  class visit {
   public:
    explicit visit(refresh_coordinator& to) : to_(to) {
      std::unique_lock<std::mutex> lock{to_.mutex_};
      to_.left_.wait(lock, [this] { return !to_.others_are_inside(); });
      before_ = std::exchange(to_.inside_, std::this_thread::get_id());
    }
    /// For the one that went inside by first_use() or begin().
    struct already {};
    visit(refresh_coordinator& to, already) noexcept : to_(to) {}
    visit(const visit&) = delete;
    visit& operator=(const visit&) = delete;
    ~visit() {
      {
        const std::lock_guard<std::mutex> lock{to_.mutex_};
        to_.inside_ = before_;
      }
      to_.left_.notify_all();
    }

   private:
    refresh_coordinator& to_;
    std::thread::id before_{};
  };

  /// The lease ends with this object, whatever is thrown, unless it is kept.
  class lease_end {
   public:
    explicit lease_end(refresh_coordinator& of) noexcept : of_(&of) {}
    lease_end(const lease_end&) = delete;
    lease_end& operator=(const lease_end&) = delete;
    ~lease_end() {
      if (of_ != nullptr) of_->end_lease();
    }
    void keep() noexcept { of_ = nullptr; }

   private:
    refresh_coordinator* of_;
  };

  /// The token to use; nothing: this thread is inside now, loads, and says so with loaded().
  std::optional<result<std::string>> first_use() {
    std::unique_lock<std::mutex> lock{mutex_};
    const unsigned failed_before = failed_loads_;
    left_.wait(lock, [this] { return has_token() || !others_are_inside(); });
    if (has_token()) return result<std::string>{access()};
    if (failed_loads_ != failed_before && load_failure_) return result<std::string>{*load_failure_};  // waited for it
    if (inside_ != std::thread::id{}) return result<std::string>{calls_itself()};
    inside_ = std::this_thread::get_id();
    return std::nullopt;
  }
  result<std::string> loaded(result<token_pair>&& stored) {
    const std::lock_guard<std::mutex> lock{mutex_};
    if (!stored) return failed_load(std::move(stored.error()));
    if (!has_token()) adopt(*std::move(stored));
    return access();  // an empty one is not kept: the next call loads again
  }

  /// Who refreshes. `leader` is not final: this thread is inside now, loads, and goes on with looked().
  refresh_lease begin(std::string_view refused) {
    const std::lock_guard<std::mutex> lock{mutex_};
    if (has_token() && access() != refused) return {refresh_lease::superseded, access(), {}, {}};
    if (inside_ == std::this_thread::get_id()) return {refresh_lease::failed, {}, {}, calls_itself()};
    if (flying_) waited_for_ = true;
    if (flying_ || inside_ != std::thread::id{}) return {refresh_lease::follower, {}, {}, {}};
    if (failure_ && refused_ == refused && monotonic_now() < failure_ends_)
      return {refresh_lease::failed, {}, {}, *failure_};
    failure_.reset();
    refused_ = refused;  // may need memory; from here on nothing does
    flying_ = true;
    waited_for_ = false;
    inside_ = std::this_thread::get_id();
    return {refresh_lease::leader, {}, {}, {}};
  }
  /// What the store holds now decides: a newer token ends the lease, and so does an error.
  refresh_lease looked(result<token_pair>&& stored) {
    const std::lock_guard<std::mutex> lock{mutex_};
    if (!stored) return {refresh_lease::failed, {}, {}, failed_load(std::move(stored.error()))};
    if (is_newer(*stored)) {
      adopt(*std::move(stored));
      return {refresh_lease::superseded, access(), {}, {}};
    }
    know(refused_);
    know(stored->access_token.reveal());
    known_.reserve(known_.size() + 1);
    // The store may hold an older pair than the memory: where the last one could not be stored, or nobody stores.
    const bool store_is_right = !unsaved_ && stored->access_token.reveal() == refused_;
    spending_ = store_is_right || !has_token() ? *std::move(stored) : pair_;
    if (spending_.refresh_token.reveal().empty()) spending_.refresh_token = pair_.refresh_token;
    return {refresh_lease::leader, {}, spending_, {}};
  }

  /// The pair that a refresh gave is used from now on, by those who waited too. What is missing in it stays as it was:
  /// an answer without a refresh token leaves the old one valid (RFC 6749, section 6).
  /// Needs no memory (looked() has made room), so that the pair cannot be lost on its way. The reference is good as
  /// long as the caller leads.
  const token_pair& refreshed(token_pair&& pair, bool saved) noexcept {
    const std::lock_guard<std::mutex> lock{mutex_};
    if (pair.refresh_token.reveal().empty()) pair.refresh_token = std::move(spending_.refresh_token);
    if (pair.access_token.reveal().empty()) pair.access_token = std::move(pair_.access_token);
    adopt(std::move(pair));
    unsaved_ = !saved;
    return pair_;
  }
  /// The pair in memory is in the store too.
  void mark_saved() noexcept {
    const std::lock_guard<std::mutex> lock{mutex_};
    unsaved_ = false;
  }

  /// After a refresh that failed: has another process been faster, and used the refresh token up?
  std::optional<std::string> newer_after_all(result<token_pair>&& stored) {
    const std::lock_guard<std::mutex> lock{mutex_};
    if (!stored || !is_newer(*stored)) return std::nullopt;
    adopt(*std::move(stored));
    return access();
  }
  /// Those who waited get the same error, and so does, for a second, everyone whose token it was: what the server has
  /// refused it will refuse again. What was not sent may be tried again at once by those who did not wait.
  void remember(const error& e) {
    const std::lock_guard<std::mutex> lock{mutex_};
    const bool reached =
        e.was_sent != sent::no || e.kind == error_kind::status || e.kind == error_kind::decode;
    if (!reached && !waited_for_) return;
    failure_ = e;
    failure_ends_ = milliseconds{monotonic_now().count() + (reached ? 1'000 : 100)};
  }
  /// Takes out of an error what it must not hold.
  void tidy(error& e) const {
    const std::lock_guard<std::mutex> lock{mutex_};
    tidied(e);
  }

  void end_lease() noexcept {
    const std::lock_guard<std::mutex> lock{mutex_};
    flying_ = false;
    spending_ = {};
  }

 private:
  // All of these under the lock.
  [[nodiscard]] const std::string& access() const noexcept { return pair_.access_token.reveal(); }
  [[nodiscard]] bool has_token() const noexcept { return !access().empty(); }
  [[nodiscard]] bool others_are_inside() const noexcept {
    return inside_ != std::thread::id{} && inside_ != std::this_thread::get_id();
  }

  /// FNV-1a: tokens are to be known again, and not to be kept for years.
  static std::uint64_t print_of(std::string_view token) noexcept {
    std::uint64_t print = 0xCBF29CE484222325U;
    for (const char c : token) print = (print ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    return print;
  }
  /// A token that was never here. One that was is an old one, whatever the store says.
  [[nodiscard]] bool is_newer(const token_pair& stored) const noexcept {
    const std::string& token = stored.access_token.reveal();
    return !token.empty() && token != refused_ && !is_known(print_of(token));
  }
  [[nodiscard]] bool is_known(std::uint64_t print) const noexcept {
    for (const std::uint64_t known : known_)
      if (known == print) return true;
    return false;
  }
  void know(std::string_view token) {
    if (const std::uint64_t print = print_of(token); !is_known(print)) known_.push_back(print);
  }
  void adopt(token_pair&& pair) {
    know(pair.access_token.reveal());
    pair_ = std::move(pair);
    unsaved_ = false;
    failure_.reset();
  }

  void tidied(error& e) const {
    redact(e, pair_);
    redact(e, spending_);
    for (const token_pair& unsaved : e.unsaved_tokens) redact(e, unsaved);
  }
  error failed_load(error&& e) {
    tidied(e);
    ++failed_loads_;
    load_failure_ = e;
    return std::move(e);
  }
  static error calls_itself() {
    return invalid_request(fault::empty_token, "the token",
                           "load, refresh or store made a call with the token that it is to provide");
  }

  mutable std::mutex mutex_;
  std::condition_variable left_;    // somebody left the user's functions
  std::thread::id inside_;          // who is inside them
  token_pair pair_;                 // in use
  std::vector<std::uint64_t> known_;  // access tokens that were here, one for each refresh: 3 kB a year
  bool unsaved_ = false;            // the store does not hold it
  bool flying_ = false;             // a caller has the lease
  bool waited_for_ = false;         // and others asked meanwhile
  std::string refused_;             // what it is about
  token_pair spending_;
  std::optional<error> failure_;    // of the last lease
  milliseconds failure_ends_;
  std::optional<error> load_failure_;
  unsigned failed_loads_ = 0;
};

}}}  // namespace ghl::v0::detail
