/// A callback transport as a blocking one, to try it with the transport suite or in a small program.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/result.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 { namespace testing {

/// For blocking(): nothing is to be run while a call waits.
struct runs_nothing {
  void operator()() const noexcept {}
};

/// Purpose: calls a callback transport and blocks until it calls back.
/// Example: a transport with a thread of its own that calls back:
///     `transport_suite(server.url(), ghl::testing::blocking(my_callback_transport{}))`
/// A transport that calls back from a loop in this very thread needs somebody to run the loop while the call waits, or
/// it waits for ever. `run` is called again and again until the answer has come; it may run one event or all there are:
///     `ghl::testing::blocking(my_callback_transport{loop}, [&] { loop.run_one(); })(request)`
/// A completion that is destroyed without having been called, and one that is called twice, are errors that say so: the
/// first of its own call, the second of that call or the next one.
/// Thread safety: as the transport's and the loop's. Copies are separate, but for what their transports share.
template <class Transport, class Run = runs_nothing>
class blocking {
 public:
  explicit blocking(Transport transport, Run run = {}) : transport_(std::move(transport)), run_(std::move(run)) {}

  result<http::response> operator()(const http::request& request) {
    const auto state = std::make_shared<waiting>(twice_);
    transport_(request, completion{state});
    return take(*state);
  }
  template <class Stop>
    requires requires(Transport& t, http::request r, Stop stop, void (*done)(result<http::response>)) {
      t(std::move(r), std::move(stop), done);
    }
  result<http::response> operator()(const http::request& request, Stop stop) {
    const auto state = std::make_shared<waiting>(twice_);
    transport_(request, std::move(stop), completion{state});
    return take(*state);
  }

 private:
  using flag = std::shared_ptr<std::atomic<bool>>;

  struct waiting {
    explicit waiting(flag f) : twice(std::move(f)) {}
    flag twice;
    std::mutex mutex{};
    std::condition_variable called{};
    std::optional<result<http::response>> answer{};
    bool answered = false;

    void finish(result<http::response> a) {
      {
        const std::lock_guard<std::mutex> lock{mutex};
        if (std::exchange(answered, true)) return twice->store(true);
        answer.emplace(std::move(a));
      }
      called.notify_one();
    }
  };

  /// Copies are one completion, since a transport may keep it in a std::function.
  struct handle {
    std::shared_ptr<waiting> to;
    explicit handle(std::shared_ptr<waiting> w) : to(std::move(w)) {}
    handle(const handle&) = delete;
    handle& operator=(const handle&) = delete;
    ~handle() {
      const std::unique_lock<std::mutex> lock{to->mutex};
      if (to->answered) return;
      to->answered = true;
      to->answer.emplace(transport_error(fault::other, sent::maybe,
                                         "the transport destroyed the completion without calling it"));
      to->called.notify_one();
    }
  };
  struct completion {
    std::shared_ptr<handle> held;
    explicit completion(std::shared_ptr<waiting> w) : held(std::make_shared<handle>(std::move(w))) {}
    void operator()(result<http::response> answer) const { held->to->finish(std::move(answer)); }
  };

  result<http::response> take(waiting& state) {
    std::unique_lock<std::mutex> lock{state.mutex};
    while (!state.answer) {
      if constexpr (std::is_same_v<Run, runs_nothing>) {
        state.called.wait(lock);
      } else {
        lock.unlock();
        run_();
        lock.lock();
        // Where the loop had nothing to do, the answer may come from another thread.
        state.called.wait_for(lock, std::chrono::milliseconds{1}, [&] { return state.answer.has_value(); });
      }
    }
    if (twice_->exchange(false))
      return transport_error(fault::other, sent::maybe, "the transport called a completion twice");
    return std::move(*state.answer);
  }

  Transport transport_;
  Run run_;
  flag twice_ = std::make_shared<std::atomic<bool>>(false);
};

}}}  // namespace ghl::v0::testing
