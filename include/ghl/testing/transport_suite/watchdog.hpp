/// How the transport suite calls a transport that may never answer: in a thread that can be left behind.
#pragma once

#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/stop.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace ghl { inline namespace v0 { namespace testing {

/// The stop token that the suite cancels with; a minimal ghl::stop_token_like.
class stop_flag {
 public:
  void request_stop() const { stop_->store(true); }
  [[nodiscard]] bool stop_requested() const { return stop_->load(); }

 private:
  std::shared_ptr<std::atomic<bool>> stop_ = std::make_shared<std::atomic<bool>>(false);
};

namespace transport_checks {

using outcome = result<http::response>;
using call = std::function<outcome(const http::request&)>;
using stoppable_call = std::function<outcome(const http::request&, stop_flag)>;

/// A thread that runs one job at a time. Always the same one, since a transport may keep its connection for a thread.
class worker {
 public:
  using job = std::packaged_task<outcome()>;

  worker() : thread_([own = state_] { own->run(); }) {}
  worker(const worker&) = delete;
  worker& operator=(const worker&) = delete;
  ~worker() {
    state_->give({});
    if (thread_.joinable()) thread_.join();
  }

  void give(job next) { state_->give(std::move(next)); }
  /// Ends when its job does, if ever; nobody waits for that.
  void leave_behind() { thread_.detach(); }

 private:
  struct state {
    std::mutex mutex{};
    std::condition_variable given{};
    job next{};
    bool has_next = false;

    /// A job that is empty ends the thread.
    void give(job j) {
      {
        const std::lock_guard<std::mutex> lock{mutex};
        next = std::move(j);
        has_next = true;
      }
      given.notify_one();
    }
    void run() {
      for (;;) {
        std::unique_lock<std::mutex> lock{mutex};
        given.wait(lock, [this] { return has_next; });
        has_next = false;
        job now = std::move(next);
        lock.unlock();
        if (!now.valid()) return;
        now();
      }
    }
  };

  std::shared_ptr<state> state_ = std::make_shared<state>();
  std::thread thread_;
};

/// What the calls of a suite have in common.
struct watch {
  milliseconds patience{};  ///< for a call without a timeout
  milliseconds spare{};     ///< how long after its timeout a call is given up; zero or less: never
  std::atomic<bool> any_answered{false};
  std::atomic<bool> given_up{false};  ///< from then on every call ends at once, until start_afresh
  std::mutex mutex{};
  std::string sentence{};  ///< which call it was
};

/// A transport and the thread that calls it. The thread owns all that a call needs, so that it can be left behind.
class lane {
 public:
  lane(std::shared_ptr<watch> w, call plain, stoppable_call stoppable)
      : watch_(std::move(w)), plain_(std::move(plain)), stoppable_(std::move(stoppable)) {}

  [[nodiscard]] bool stops() const { return static_cast<bool>(stoppable_); }
  outcome operator()(const http::request& r) {
    if (watch_->spare.count() <= 0) return plain_(r);
    return run(r, worker::job{[send = plain_, r] { return send(r); }});
  }
  outcome operator()(const http::request& r, stop_flag stop) {
    if (watch_->spare.count() <= 0) return stoppable_(r, std::move(stop));
    return run(r, worker::job{[send = stoppable_, r, stop = std::move(stop)] { return send(r, stop); }});
  }

 private:
  outcome run(const http::request& r, worker::job job) {
    if (watch_->given_up) return transport_error(fault::other, sent::maybe, "an earlier call has not ended");
    if (!worker_) worker_ = std::make_unique<worker>();
    std::future<outcome> answer = job.get_future();
    worker_->give(std::move(job));
    const milliseconds limit = r.timeout.count() > 0 ? r.timeout : watch_->patience;
    const std::chrono::milliseconds latest{limit.count() + watch_->spare.count()};
    if (answer.wait_for(latest) == std::future_status::ready) {
      watch_->any_answered = true;
      return answer.get();
    }
    worker_->leave_behind();
    worker_.reset();
    const std::lock_guard<std::mutex> lock{watch_->mutex};
    if (!watch_->given_up.exchange(true))
      watch_->sentence = std::string{r.method}.append(" ").append(r.target()) + ": expected an end of the call, by its "
          "timeout of " + std::to_string(limit.count()) + " ms; it had none " + std::to_string(watch_->spare.count()) +
          " ms after that, and was given up";
    return transport_error(fault::other, sent::maybe, "given up");
  }

  std::shared_ptr<watch> watch_;
  call plain_;
  stoppable_call stoppable_;
  std::unique_ptr<worker> worker_{};
};

}  // namespace transport_checks
}}}  // namespace ghl::v0::testing
