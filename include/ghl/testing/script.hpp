/// The script of the scripted transports: what is expected, what is answered, and what came.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/method.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/testing/scripted_state.hpp>

#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace testing {

/// Purpose: one request that a script expects, and its answer. What is not named here may be anything in the request.
/// Example: `server.expect(ghl::method::get, "/links/?locationId=x").answer(200, R"({"links":[]})").times(2);`
/// Lifetime: a handle; the step itself is the script's.
class step {
 public:
  step(std::shared_ptr<detail::script_state> of, detail::script_step& self) : of_(std::move(of)), self_(&self) {}

  /// The request has this header with exactly this value, exactly as often as it is named here.
  step& header(std::string_view name, std::string_view value) {
    return set([&](auto& s) { s.expected.headers.add(name, value); });
  }
  /// The request carries no header of this name.
  step& no_header(std::string name) {
    return set([&](auto& s) { s.expected.no_headers.push_back(std::move(name)); });
  }
  /// The body has exactly these bytes; "" for no body.
  step& body(std::string bytes) {
    return set([&](auto& s) { s.expected.body = std::move(bytes); });
  }
  step& origin(std::string text) {
    return set([&](auto& s) { s.expected.origin = std::move(text); });
  }
  step& (timeout)(milliseconds limit) {  // in parentheses, since curses.h has a macro timeout()
    return set([&](auto& s) { s.expected.timeout = limit; });
  }
  /// This many such requests in a row, each with the same answer. Default: 1.
  step& times(std::size_t n) {
    return set([&](auto& s) { s.times = n; });
  }

  /// The answer. The headers are those that are given, and no others.
  step& answer(int status, std::string text, http::headers headers = {}) {
    return answer(http::response{.status = status, .headers = std::move(headers), .body = std::move(text)});
  }
  step& answer(http::response whole) {
    return set([&](auto& s) { s.answer = std::move(whole); });
  }
  /// No answer: ghl::transport_error(what, was_sent, detail).
  step& fails(fault what, sent was_sent = sent::maybe, std::string detail = {}) {
    return set([&](auto& s) { s.answer = transport_error(what, was_sent, std::move(detail)); });
  }
  /// Called while the request is on its way, after it was recorded and before its answer: for stopping the call,
  /// destroying the client of an asynchronous one, or making another call in between.
  step& meanwhile(std::function<void()> happens) {
    return set([&](auto& s) { s.meanwhile = std::move(happens); });
  }

 private:
  template <class F>
  step& set(F&& change) {
    of_->locked([&](auto&) { std::forward<F>(change)(*self_); });
    return *this;
  }

  std::shared_ptr<detail::script_state> of_;
  detail::script_step* self_;
};

/// Purpose: the expected requests and their answers, in order, and a record of what came. Make it first, then make
/// transports from it.
/// Errors: an unexpected request is passed to the on_failure() function; if there is none,
/// ghl::testing::unexpected_request is thrown through the call; without exceptions, the text goes to stderr and the
/// program aborts. The text has the request, the expectation and the first difference. It holds no token and no value
/// of an Authorization header; requests() does, since it is what was sent.
/// The destructor reports answers that were not used, a forgotten deliver(), and an exception of the script that did
/// not reach the test: to on_failure(), else on stderr, and the program aborts. It reports nothing while an exception
/// leaves the test, or after abandon(). conclude() does the same earlier, and throws.
/// Lifetime: a transport may outlive its script; a request that comes after the end is an unexpected one. With a test
/// framework whose fixtures outlive a test that threw or gave up (GoogleTest), set on_failure.
/// Thread safety: every member may be called from any thread at any time; code of the test runs outside the lock, in
/// the thread that sends or delivers. Set a step up before its request comes.
class script {
 public:
  template <class Fails = detail::script_fails>  // deduced from nothing: in each unit its own
  script() : state_(std::make_shared<detail::script_state>(Fails::ways())) {}
  script(const script&) = delete;  // its destructor reports, so it is not copied; pass it by reference
  script& operator=(const script&) = delete;
  ~script() {
    std::string text;
    std::function<void(const std::string&)> last_words;
    const auto dropped = state_->locked([&](auto& shared) {
      text = shared.complaint();
      last_words = std::exchange(shared.tell, nullptr);  // it may not outlive the test
      shared.over = true;
      return std::exchange(shared.waiting, {});
    });
    if (text.empty() || std::uncaught_exceptions() > exceptions_) return;
    if (last_words) last_words(text);
    else detail::die_of_script(text);
  }

  /// The next request that will come: its method and its target, path and query as they go over the wire. (The name is
  /// in parentheses because many codebases have a macro expect(): where one is in force, write `(server.expect)(...)`.)
  step (expect)(method m, std::string target) {
    return state_->locked([&](auto& s) {
      s.steps.push_back({.expected = {.method = m, .target = std::move(target)}});
      return step{state_, s.steps.back()};
    });
  }
  /// From now on a request gets the first unused step that it matches: for calls in no fixed order.
  void in_any_order() {
    state_->locked([](auto& s) { s.any_order = true; });
  }
  /// From now on asynchronous answers (and waits) wait for deliver(), as they do in a real program; before, they come
  /// inside the call. A blocking transport answers at once in any case.
  void hold() {
    state_->locked([](auto& s) { s.holding = true; });
  }
  /// Delivers everything that waits, in the order of the requests, also what starts to wait meanwhile. Returns the
  /// number of deliveries.
  std::size_t deliver() {
    std::size_t n = 0;
    while (state_->deliver(0)) ++n;
    return n;
  }
  /// Delivers the one at this position; the oldest is 0. It is a failure if there is none.
  void deliver(std::size_t place) {
    if (!state_->deliver(place))
      state_->fail<script_failure>("ghl::testing::script: deliver(" + std::to_string(place) + "), but only " +
                                   std::to_string(waiting()) + " waited");
  }
  /// How many wait for deliver().
  [[nodiscard]] std::size_t waiting() const {
    return state_->locked([](auto& s) { return s.waiting.size(); });
  }

  /// Every request that came, in order, the unexpected included.
  [[nodiscard]] std::vector<http::request> requests() const {
    return state_->locked([](auto& s) { return s.seen; });
  }
  /// How long the transports were told to wait, in order. None of them sleeps.
  [[nodiscard]] std::vector<milliseconds> waits() const {
    return state_->locked([](auto& s) { return s.waits; });
  }
  /// How many answers were not used yet.
  [[nodiscard]] std::size_t rest() const {
    return state_->locked([](auto& s) { return s.rest(); });
  }
  /// Whether all answers were used and delivered, and no exception of the script is unreported.
  [[nodiscard]] bool done() const {
    return state_->locked([](auto& s) { return s.complaint().empty(); });
  }

  /// Where failures go instead of being thrown:
  ///     server.on_failure([](const std::string& text) { ADD_FAILURE() << text; });  // Catch2: FAIL_CHECK(text)
  /// An unexpected request then gets a transport error as its answer. At the end of the script it is called from a
  /// destructor, so it must not throw there.
  void on_failure(std::function<void(const std::string&)> tell) {
    state_->locked([&](auto& s) { s.tell = std::move(tell); });
  }
  /// Reports now what the destructor would, with an exception (ghl::testing::script_failure) if no on_failure() is set.
  void conclude() {
    const std::string text = state_->locked([](auto& s) { return s.complaint(); });
    abandon();
    if (!text.empty()) state_->say<script_failure>(text);
  }
  /// Drops what was not used or delivered, and forgets what was thrown.
  void abandon() {
    const auto dropped = state_->locked([](auto& s) {
      for (auto& each : s.steps) each.times = 0;
      s.untold.clear();
      return std::exchange(s.waiting, {});
    });
  }

  /// For the transports.
  [[nodiscard]] const std::shared_ptr<detail::script_state>& state() const noexcept { return state_; }

 private:
  std::shared_ptr<detail::script_state> state_;
  int exceptions_ = std::uncaught_exceptions();
};

}}}  // namespace ghl::v0::testing
