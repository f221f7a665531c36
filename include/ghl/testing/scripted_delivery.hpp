/// How an answer of a script is delivered. Internal.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/result.hpp>

#include <memory>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace detail {

/// A delivery that waits for script::deliver(); type-erased, since a completion may be move-only.
class script_delivery {
 public:
  script_delivery() = default;
  script_delivery(const script_delivery&) = delete;
  script_delivery& operator=(const script_delivery&) = delete;
  virtual ~script_delivery() = default;
  virtual void run() = 0;
};
template <class F>
class script_delivery_of final : public script_delivery {
 public:
  explicit script_delivery_of(F f) : f_(std::move(f)) {}
  void run() override { f_(); }

 private:
  F f_;
};

struct script_turn {
  std::vector<std::unique_ptr<script_delivery>> waiting{};
  bool running = false;
};
inline script_turn& turn_of_thread() {
  thread_local script_turn turn;
  return turn;
}
/// A wait of a script that takes no time. One that is begun within another, in the same thread, is over after it, so
/// that any number of them needs no more of the stack.
template <class F>
void run_in_turn(F f) {
  script_turn& turn = turn_of_thread();
  turn.waiting.push_back(std::make_unique<script_delivery_of<F>>(std::move(f)));
  if (turn.running) return;
  struct end_of_turn {
    script_turn& turn;
    explicit end_of_turn(script_turn& of) noexcept : turn(of) { turn.running = true; }
    end_of_turn(const end_of_turn&) = delete;
    end_of_turn& operator=(const end_of_turn&) = delete;
    ~end_of_turn() {
      turn.running = false;
      turn.waiting.clear();  // where one has thrown
    }
  } const running{turn};
  while (!turn.waiting.empty()) {
    const std::unique_ptr<script_delivery> next = std::move(turn.waiting.back());
    turn.waiting.pop_back();
    next->run();
  }
}

/// Replaces the answer if the stop token was stopped meanwhile: the call was cancelled.
template <class Stop>
result<http::response> unless_stopped(result<http::response> answer, const Stop& stop) {
  if (stop.stop_requested()) return transport_error(fault::cancelled, sent::maybe);
  return answer;
}

}}}  // namespace ghl::v0::detail
