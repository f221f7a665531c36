/// What a script and its transports share. Internal.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/result.hpp>
#include <ghl/testing/script_failure.hpp>
#include <ghl/testing/scripted_delivery.hpp>
#include <ghl/testing/scripted_text.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 {

namespace detail {

/// One line of a script.
struct script_step {
  script_expectation expected;
  std::optional<result<http::response>> answer{};
  std::function<void()> meanwhile{};
  std::size_t times = 1;
};

/// Everything is guarded by one lock, which is never held while code of the test runs.
struct script_state {
  explicit script_state(script_failing how) noexcept : failing(how) {}
  script_state(const script_state&) = delete;
  script_state& operator=(const script_state&) = delete;

  // ---- what the transports do ----

  /// Records a request and finds its answer. If there is none it throws or aborts; if the test has set on_failure(), it
  /// reports there and returns an error.
  result<http::response> answer_to(http::request request) {
    std::function<void()> meanwhile;
    std::optional<result<http::response>> answer;
    std::string trouble;
    {
      const std::lock_guard<std::mutex> lock{mutex_};
      script_step* const step = find(request);
      if (!step || !step->answer) {
        trouble = step ? unanswered(request) : unexpected(request);
      } else {
        answer = step->answer;
        meanwhile = step->meanwhile;
      }
      if (step) --step->times;
      seen.push_back(std::move(request));
    }
    if (!trouble.empty()) {
      fail<testing::unexpected_request>(trouble);
      return transport_error(fault::other, sent::no, std::move(trouble));
    }
    if (meanwhile) meanwhile();
    return *std::move(answer);
  }

  void record_wait(milliseconds time) {
    const std::lock_guard<std::mutex> lock{mutex_};
    waits.push_back(time);
  }

  [[nodiscard]] bool holds() const {
    const std::lock_guard<std::mutex> lock{mutex_};
    return holding && !over;
  }
  /// A number for a delivery that is about to be enqueued, by which it can be removed again.
  [[nodiscard]] std::uint64_t next_id() {
    const std::lock_guard<std::mutex> lock{mutex_};
    return ++last_id_;
  }
  template <class F>
  void enqueue(std::uint64_t id, F run) {
    auto delivery = std::make_unique<script_delivery_of<F>>(std::move(run));
    const std::lock_guard<std::mutex> lock{mutex_};
    if (!over) waiting.emplace_back(id, std::move(delivery));
  }
  void take_back(std::uint64_t id) {
    const std::lock_guard<std::mutex> lock{mutex_};
    std::erase_if(waiting, [&](const auto& w) { return w.first == id; });
  }

  // ---- what the script does ----

  /// Runs the delivery at that position, the oldest at 0; false if there is none.
  bool deliver(std::size_t place) {
    std::unique_ptr<script_delivery> next;
    {
      const std::lock_guard<std::mutex> lock{mutex_};
      if (place >= waiting.size()) return false;
      const auto at = waiting.begin() + static_cast<std::ptrdiff_t>(place);
      next = std::move(at->second);
      waiting.erase(at);
    }
    next->run();
    return true;
  }

  /// Changes or reads what is shared, under the lock.
  template <class F>
  decltype(auto) locked(F&& f) {
    const std::lock_guard<std::mutex> lock{mutex_};
    return std::forward<F>(f)(*this);
  }

  [[nodiscard]] std::size_t rest() const {
    std::size_t n = 0;
    for (const script_step& step : steps) n += step.times;
    return n;
  }

  /// What is wrong at the end; empty if nothing is.
  [[nodiscard]] std::string complaint() const {
    std::string out;
    const auto part = [&] { out.append(out.empty() ? "ghl::testing::script: at its end " : "\n  and "); };
    if (const std::size_t left = rest(); left > 0) {
      part();
      out.append(std::to_string(left)).append(left == 1 ? " answer was" : " answers were").append(" not used, ");
      std::size_t at = 0;
      while (steps[at].times == 0) ++at;
      append_step(out.append(left == 1 ? "for " : "the first of them for "), at,
                  without_tokens{{}, steps[at].expected}.expected);
    }
    if (!waiting.empty()) {
      part();
      out.append(std::to_string(waiting.size())).append(" waited to be delivered: call deliver()");
    }
    if (!untold.empty()) {
      part();
      out.append("what it threw was caught on the way to the test: ").append(untold);
    }
    return out;
  }

  /// Reports that the requests differ from the script. If that is an exception, which may be caught before it reaches
  /// the test, it is also remembered.
  template <class Exception>
  void fail(const std::string& text) {
    locked([&](script_state& s) {
      if (!s.tell) s.untold = text;
    });
    say<Exception>(text);
  }
  /// Reports to on_failure(); without one, by an exception; without exceptions, on stderr, and aborts.
  template <class Exception>
  void say(const std::string& text) {
    const auto listener = locked([](script_state& s) { return s.tell; });
    if (listener) return listener(text);
    if constexpr (std::is_same_v<Exception, testing::unexpected_request>) failing.unexpected(text);
    else failing.other(text);
  }

  const script_failing failing;

  // To be accessed under the lock only.
  std::deque<script_step> steps{};  // a deque, whose elements do not move when it grows
  std::vector<http::request> seen{};
  std::vector<milliseconds> waits{};
  std::vector<std::pair<std::uint64_t, std::unique_ptr<script_delivery>>> waiting{};
  std::function<void(const std::string&)> tell{};
  std::string untold{};  // the last failure that went out as an exception
  bool holding = false;
  bool any_order = false;
  bool over = false;

 private:
  /// The step for this request: the next one, or, in any order, the first that matches.
  script_step* find(const http::request& request) {
    if (over) return nullptr;
    for (script_step& step : steps) {
      if (step.times == 0) continue;
      if (difference(request, step.expected).empty()) return &step;
      if (!any_order) return nullptr;
    }
    return nullptr;
  }

  void append_step(std::string& out, std::size_t at, const script_expectation& shown) const {
    append_request_line(out, shown.method, shown.target);
    out.append(" (step ").append(std::to_string(at + 1)).append(" of ").append(std::to_string(steps.size())) += ')';
  }

  [[nodiscard]] std::string unexpected(const http::request& request) const {
    std::size_t at = 0;
    while (at < steps.size() && steps[at].times == 0) ++at;
    const bool compared = !over && at < steps.size();
    const script_expectation nothing{};
    const without_tokens shown{request, compared ? steps[at].expected : nothing};

    std::string out = "ghl::testing::script: this request was not expected: ";
    append_request_line(out, request.method, shown.came.target());
    if (over) return out + "\n  since the script has ended; let it outlive what is tested";
    if (!compared) return out + "\n  since nothing more was: all " + std::to_string(steps.size()) + " steps were used";
    append_step(out.append(any_order ? "\n  fitting none; the first unused was " : "\n  but "), at, shown.expected);
    const std::string first = difference(shown.came, shown.expected);
    return out.append("\n  first difference: ").append(first.empty() ? "a token (not shown)" : first);
  }

  [[nodiscard]] static std::string unanswered(const http::request& request) {
    std::string out = "ghl::testing::script: this request was expected, but its step has no answer: ";
    append_request_line(out, request.method, without_tokens{request, {}}.came.target());
    return out + "\n  add .answer(status, body) or .fails(fault)";
  }

  mutable std::mutex mutex_;
  std::uint64_t last_id_ = 0;
};

}  // namespace detail
}}  // namespace ghl::v0
