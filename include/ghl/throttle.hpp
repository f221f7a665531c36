/// Keeps calls, and those of all who share it, under the API's rate limit: ghl::throttle, the admission policy in the
/// box, and all that a client needs to follow one.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/client/retrying.hpp>
#include <ghl/options/budget.hpp>
#include <ghl/policy/admission.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/rate_limit.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 {

namespace detail {

/// One allowance, and the line before it: the tickets of those who wait, in the order in which they came.
struct throttled_location {
  explicit throttled_location(const throttle_options& options) noexcept : budget(options) {}

  std::mutex mutex;
  ghl::budget budget;
  std::vector<std::uint64_t> line;
  std::uint64_t tickets = 0;

  void release(std::uint64_t ticket) noexcept {
    const std::lock_guard<std::mutex> lock{mutex};
    if (const auto found = std::lower_bound(line.begin(), line.end(), ticket); found != line.end() && *found == ticket)
      line.erase(found);
  }
  [[nodiscard]] bool idle(milliseconds now) noexcept {
    const std::lock_guard<std::mutex> lock{mutex};
    return line.empty() && budget.idle(now);
  }
};

/// What all copies of a throttle share.
struct throttled_locations {
  throttle_options options;
  std::mutex mutex;
  std::unordered_map<std::string, std::shared_ptr<throttled_location>> all;
  std::size_t next_sweep = 64;
  std::atomic<std::int64_t> latest = 0;  // the time of the last acquire() or on_response(), at whichever location

  /// Drops what no throttle refers to and what a new one would not differ from. Each sweep is paid for by as many new
  /// locations as it left: what is kept is at most twice what was in use at some time, and 64.
  void sweep() {
    if (all.size() < next_sweep) return;
    const milliseconds now{latest.load(std::memory_order_relaxed)};
    // Under the lock a count of one stays one: further references come from here alone.
    std::erase_if(all, [&](const auto& entry) { return entry.second.use_count() == 1 && entry.second->idle(now); });
    next_sweep = (std::max)(std::size_t{64}, 2 * all.size());
  }
};

}  // namespace detail

/// Purpose: a budget of calls that clients share, so that a fleet of calls waits its turn instead of being refused with
/// 429. HighLevel allows 100 calls in 10 s per app and location; that is the default, and the X-RateLimit headers of
/// the answers correct it: see ghl::budget for the rules, and tests/bench (7-throttle) for a day of traffic.
///
/// Example: `ghl::throttle limit;`
///          `ghl::client api{transport, json, token, limit.for_location("ve9EPM428h8vShlRW1KT")};`
/// or, for a limit of one's own, `ghl::throttle limit{ghl::throttle_options{.max = 50, .interval = 10s}};`
///
/// First come, first served: each caller is told its own time, nobody is woken to find that it was not its turn, and
/// one who is late, or gone, delays nobody behind it. Nothing in here blocks or sleeps, so threads, coroutines and
/// callbacks can stand in one line; the calls do the waiting. A call whose turn comes after its deadline ends at once
/// with fault::held_back.
///
/// Locations: a throttle counts for one location; `for_location` gives one for another. A throttle that was not given a
/// location counts as one of its own, named "". What is idle is forgotten, so that any number of locations may come by.
/// Errors: none; std::bad_alloc where memory is short. Units: milliseconds of detail::monotonic_now().
/// Lifetime: copies share their state, which lives as long as the last of them and of their tickets.
/// Thread safety: all members may be called from any thread. The lock of a location is held for well under a
/// microsecond; that of for_location now and then as long as it takes to look at every location. Processes do not share
/// a throttle: they learn of each other by the headers.
class throttle {
 public:
  /// A caller's place in the line, kept from its first acquire() until it goes. A ticket that is destroyed gives the
  /// place up: so does that of a coroutine that is destroyed while it waits. Thread safety: one thread at a time.
  class ticket {
   public:
    ticket() noexcept = default;
    ticket(ticket&& other) noexcept
        : where_(std::move(other.where_)), ticket_(std::exchange(other.ticket_, 0)), started_(other.started_) {}
    [[gnu::noinline]] ticket& operator=(ticket&& other) noexcept {
      if (this == &other) return *this;
      release();
      where_ = std::move(other.where_);
      ticket_ = std::exchange(other.ticket_, 0);
      started_ = other.started_;
      return *this;
    }
    [[gnu::noinline]] ~ticket() { release(); }

    /// In line, that is: told to wait, and neither gone nor released.
    [[nodiscard]] bool waiting() const noexcept { return ticket_ != 0; }

   private:
    friend class throttle;
    void release() noexcept {
      if (!where_) return;
      if (ticket_ != 0) where_->release(std::exchange(ticket_, 0));
      where_.reset();
    }

    std::shared_ptr<detail::throttled_location> where_;
    std::uint64_t ticket_ = 0;  // 0: not in line
    std::optional<milliseconds> started_;
  };

  throttle() : throttle(throttle_options{}) {}
  explicit throttle(const throttle_options& options) : shared_(std::make_shared<detail::throttled_locations>()) {
    shared_->options = options;
    here_ = location("");
  }
  // A throttle that was moved from would share with nobody, so moving is copying.
  [[gnu::noinline]] throttle(const throttle&) noexcept = default;
  throttle& operator=(const throttle&) noexcept = default;
  [[gnu::noinline]] ~throttle() {}

  /// A throttle with the same options that counts for that location, together with all others that do.
  [[nodiscard]] throttle for_location(std::string_view id) const {
    throttle other{*this};
    other.here_ = location(id);
    return other;
  }

  /// Asks for a turn. 0: start the call now, it is counted. Otherwise: wait that long and ask again with the same
  /// ticket, which keeps its turn. The wait is the caller's own. Asked again earlier it may be shorter, since somebody
  /// has left, or longer, since an answer has told of a 429 or of other processes.
  [[nodiscard]] milliseconds acquire(ticket& p, milliseconds now) const {
    tick(now);
    if (p.where_ && p.where_ != here_) p.release();
    const std::lock_guard<std::mutex> lock{here_->mutex};
    auto& line = here_->line;
    const auto found = p.ticket_ == 0 ? line.end() : std::lower_bound(line.begin(), line.end(), p.ticket_);
    // Those ahead keep their slots, whether or not they have asked for them yet.
    const auto turn = here_->budget.when(static_cast<std::size_t>(found - line.begin()), now);
    if (turn > now) {
      if (p.ticket_ == 0) {
        line.push_back(here_->tickets + 1);
        p.ticket_ = ++here_->tickets;
        p.where_ = here_;
      }
      return milliseconds{turn.count() - now.count()};
    }
    here_->budget.start(now);
    if (p.ticket_ != 0) line.erase(found);
    p.ticket_ = 0;
    p.where_.reset();
    p.started_ = now;
    return milliseconds{0};
  }

  /// Gives the place up, at whatever point of the line. Nothing was counted for it; whoever is behind moves up, and
  /// finds so when it asks again. Releasing twice, or a ticket that never waited, is no mistake.
  void release(ticket& p) const noexcept { p.release(); }

  /// Takes in the answer to a call: its X-RateLimit headers, status and Retry-After.
  void on_response(const rate_limit& limit, int status, const std::optional<milliseconds>& retry_after,
             milliseconds now) const {
    on_response(ticket{}, limit, status, retry_after, now);
  }
  /// The same, with the ticket that the call went by: knowing when the call started, it can tell calls of other
  /// processes from its own, and a late answer from a new one.
  void on_response(const ticket& p, const rate_limit& limit, int status, const std::optional<milliseconds>& retry_after,
             milliseconds now) const {
    tick(now);
    const std::lock_guard<std::mutex> lock{here_->mutex};
    const milliseconds guess{now.count() - here_->budget.interval().count()};
    here_->budget.on_response(limit, status, retry_after, p.started_.value_or(guess), now);
  }

  /// How many locations are remembered now, and how many callers wait at this one. For monitoring and tests.
  [[nodiscard]] std::size_t locations() const {
    const std::lock_guard<std::mutex> lock{shared_->mutex};
    return shared_->all.size();
  }
  [[nodiscard]] std::size_t waiting() const {
    const std::lock_guard<std::mutex> lock{here_->mutex};
    return here_->line.size();
  }

 private:
  void tick(milliseconds now) const noexcept {
    if (shared_->latest.load(std::memory_order_relaxed) < now.count())
      shared_->latest.store(now.count(), std::memory_order_relaxed);
  }

  [[nodiscard]] std::shared_ptr<detail::throttled_location> location(std::string_view id) const {
    std::string key{id};
    const std::lock_guard<std::mutex> lock{shared_->mutex};
    if (const auto found = shared_->all.find(key); found != shared_->all.end()) return found->second;
    shared_->sweep();
    auto fresh = std::make_shared<detail::throttled_location>(shared_->options);
    shared_->all.emplace(std::move(key), fresh);
    return fresh;
  }

  std::shared_ptr<detail::throttled_locations> shared_;
  std::shared_ptr<detail::throttled_location> here_;
};

}}  // namespace ghl::v0
