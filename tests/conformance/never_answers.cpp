// Transports that never answer, in each shape: a failure with a name after a bounded time, and the suite ends.
#include "../catch.hpp"
#include "../unit/task.hpp"
#include "raw_client.hpp"

#include <ghl/testing/blocking.hpp>
#include <ghl/testing/transport_suite.hpp>

#include <sandbox/conformance.hpp>

#include <atomic>
#include <condition_variable>
#include <coroutine>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

using ghl::http::request;
using outcome = ghl::result<ghl::http::response>;

/// What a stuck call waits for, so that its thread ends with its test.
class gate {
 public:
  void open() {
    const std::lock_guard lock{mutex_};
    open_ = true;
    opened_.notify_all();
  }
  void wait() {
    std::unique_lock lock{mutex_};
    opened_.wait(lock, [this] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable opened_;
  bool open_ = false;
};

/// What is not answered.
template <class T>
class kept_for_ever {
 public:
  void add(T what) {
    const std::lock_guard lock{mutex_};
    kept_.push_back(std::move(what));
  }
  std::vector<T> take() {
    const std::lock_guard lock{mutex_};
    return std::move(kept_);
  }

 private:
  std::mutex mutex_;
  std::vector<T> kept_;
};

std::string_view server() {
  static const ghl_sandbox::conformance_server running;
  return running.url();
}

/// With little patience, but as much as a loaded machine needs.
ghl::testing::transport_suite_options soon(std::string only = {}) {
  return {.patience = ghl::milliseconds{3000},
          .tolerance = ghl::milliseconds{5000},
          .only = std::move(only),
          .watchdog = ghl::milliseconds{1000}};
}

/// A transport that has never answered: the first check fails by its name, and the others are not run.
template <class Send>
void expect_given_up(Send send) {
  const auto report = ghl::testing::transport_suite(std::string{server()}, std::move(send), soon());
  INFO(ghl::testing::to_text(report));
  REQUIRE(report.size() == std::size(ghl::testing::transport_checks::all));
  CHECK(report[0].name == "the target is sent as it is");
  CHECK_FALSE(report[0].passed);
  CHECK(report[0].reason.starts_with("GET /echo/a%2Fb%2fc%20d+e: expected an end of the call, by its timeout of "
                                     "3000 ms; it had none 1000 ms after that, and was given up: end every call by itself"));
  CHECK(report[0].reason.ends_with(report[0].remedy));
  CHECK(ghl::testing::failed(report) == 1);
  CHECK(report[1].reason == "not run: no call of the transport has ended");
}

}  // namespace

TEST_CASE("a blocking transport that never returns is given up") {
  const auto stuck = std::make_shared<gate>();
  expect_given_up([stuck](const request&) -> outcome {
    stuck->wait();
    return ghl::transport_error(ghl::fault::timeout);
  });
  stuck->open();
}

TEST_CASE("a callback transport that keeps its completion and never calls it is given up") {
  const auto kept = std::make_shared<kept_for_ever<std::function<void(outcome)>>>();
  expect_given_up(
      ghl::testing::blocking([kept](request, std::function<void(outcome)> done) { kept->add(std::move(done)); }));
  kept->take().at(0)(ghl::http::response{.status = 200});  // much too late, and harmless
}

TEST_CASE("a future that is never ready is given up") {
  const auto kept = std::make_shared<kept_for_ever<std::promise<outcome>>>();
  expect_given_up([kept](const request&) {
    std::promise<outcome> promise;
    auto future = promise.get_future();
    kept->add(std::move(promise));
    return future.get();
  });
  kept->take().at(0).set_value(ghl::http::response{.status = 200});
}

TEST_CASE("a coroutine that is never resumed is given up") {
  struct never {
    std::shared_ptr<std::coroutine_handle<>> kept;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiting) const { *kept = waiting; }
    void await_resume() const noexcept {}
  };
  struct loop {
    std::shared_ptr<gate> stuck = std::make_shared<gate>();
    std::shared_ptr<std::coroutine_handle<>> kept = std::make_shared<std::coroutine_handle<>>();
    task<outcome> operator()(request) const {
      const never resumed{kept};
      co_await resumed;
      co_return ghl::http::response{.status = 200};
    }
  } transport;
  expect_given_up([transport](const request& r) {
    auto pending = transport(r);
    static_cast<void>(pending.start());
    transport.stuck->wait();  // a loop that waits for an event
    transport.kept->resume();
    return pending.taken();
  });
  transport.stuck->open();
}

TEST_CASE("after a call that never ended, the suite goes on with a copy") {
  const auto stuck = std::make_shared<gate>();
  struct stuck_at_308 {
    std::shared_ptr<gate> stuck;
    raw_client client{};
    outcome operator()(const request& r) {
      if (r.target().starts_with("/status/308")) stuck->wait();
      return client(r);
    }
  };
  std::vector<std::string> yielded;
  auto options = soon();
  options.patience = ghl::milliseconds{10'000};
  options.watchdog = ghl::milliseconds{5000};
  options.each = [&](const ghl::testing::check_result& c) { yielded.push_back(c.name); };
  const auto report = ghl::testing::transport_suite(std::string{server()}, stuck_at_308{stuck}, options);
  INFO(ghl::testing::to_text(report));
  CHECK(ghl::testing::failed(report) == 1);
  const auto* const redirects = ghl::testing::find(report, "redirects are returned, not followed");
  REQUIRE(redirects != nullptr);
  CHECK_FALSE(redirects->passed);
  CHECK(redirects->reason.starts_with("GET /status/308"));
  CHECK(ghl::testing::not_run(report) == 4);  // those of cancelling
  CHECK(yielded.size() == report.size());
  stuck->open();
}

TEST_CASE("a transport whose only object is stuck is not called again") {
  const auto stuck = std::make_shared<gate>();
  const auto report = ghl::testing::transport_suite(
      std::string{server()},
      [stuck, client = std::make_unique<raw_client>()](const request& r) -> outcome {
        if (r.method == ghl::method::patch) stuck->wait();
        return (*client)(r);
      },
      soon());
  CHECK(ghl::testing::failed(report) == 1);
  CHECK_FALSE(report[1].passed);
  CHECK(report[2].reason ==
        "not run: a call has not ended, and there is no other transport: this one cannot be copied");
  stuck->open();
}

TEST_CASE("a transport whose copies are stuck as well is not called again") {
  struct sticks {
    std::shared_ptr<gate> stuck = std::make_shared<gate>();
    std::shared_ptr<std::atomic<bool>> is_stuck = std::make_shared<std::atomic<bool>>(false);
    raw_client client{};
    outcome operator()(const request& r) {
      if (r.method == ghl::method::patch) *is_stuck = true;
      if (*is_stuck) stuck->wait();
      return client(r);
    }
  } transport;
  const auto report = ghl::testing::transport_suite(std::string{server()}, transport, soon());
  CHECK(ghl::testing::failed(report) == 1);
  CHECK(report[2].reason == "not run: a call has not ended, and a copy of the transport does not answer either");
  transport.stuck->open();
}

TEST_CASE("a second thread that is stuck is noticed") {
  const auto stuck = std::make_shared<gate>();
  const std::string check = "two threads get their own answers";
  const auto report = ghl::testing::transport_suite(
      std::string{server()},
      [stuck, client = raw_client{}](const request& r) mutable -> outcome {
        if (r.target().starts_with("/say/thread-b-7")) stuck->wait();
        return client(r);
      },
      soon(check));
  REQUIRE(report.size() == 1);
  CHECK_FALSE(report[0].passed);
  CHECK(report[0].reason.starts_with("GET /say/thread-b-7: expected an end of the call"));
  stuck->open();
}

TEST_CASE("a call that ends late, but before it is given up, is judged by its check") {
  auto options = soon("waiting for an answer is bounded by the timeout");
  options.tolerance = ghl::milliseconds{300};
  options.watchdog = ghl::milliseconds{30'000};
  const auto report = ghl::testing::transport_suite(
      std::string{server()},
      [client = raw_client{}](request r) mutable {
        r.timeout = ghl::milliseconds{r.timeout.count() * 4};
        return client(r);
      },
      options);
  REQUIRE(report.size() == 1);
  CHECK(report[0].reason.find("with a timeout of 300 ms the call took ") != std::string::npos);
}

TEST_CASE("without a watchdog, calls come from the thread that called the suite") {
  const auto here = std::this_thread::get_id();
  std::vector<std::thread::id> from;
  const auto transport = [&, client = raw_client{}](const request& r) mutable {
    from.push_back(std::this_thread::get_id());
    return client(r);
  };
  const std::string check = "a connection is used again";
  CHECK(ghl::testing::transport_suite(std::string{server()}, transport,
                                      {.only = check, .watchdog = ghl::milliseconds{0}})[0].passed);
  CHECK(from == std::vector{here, here, here});
  from.clear();
  CHECK(ghl::testing::transport_suite(std::string{server()}, transport, {.only = check})[0].passed);
  CHECK(from.size() == 3);
  CHECK(from[0] != here);
  CHECK((from[0] == from[1] && from[1] == from[2]));  // always the same
}

TEST_CASE("an exception of the transport comes out of the thread that calls it") {
  const auto report = ghl::testing::transport_suite(
      std::string{server()}, [](const request&) -> outcome { throw std::runtime_error{"no socket"}; },
      {.only = "an answer may be empty"});
  REQUIRE(report.size() == 1);
  CHECK(report[0].reason == "an exception came out: no socket: catch it where it comes from, and return an error");
}

// ---- completions that are not called exactly once ----

namespace {

/// Calls back from a thread that has ended before the call waits.
template <class Completion>
void answer_twice(raw_client& client, const request& r, const Completion& done) {
  std::thread{[&] {
    outcome o = client(r);
    done(o);
    done(std::move(o));
  }}.join();
}

}  // namespace

TEST_CASE("a completion that is called twice is a failure that says so") {
  const auto client = std::make_shared<raw_client>();
  const auto report = ghl::testing::transport_suite(
      std::string{server()}, ghl::testing::blocking([client](const request& r, const auto& done) {
        answer_twice(*client, r, done);
      }),
      {.only = "an answer may be empty"});
  REQUIRE(report.size() == 1);
  CHECK_FALSE(report[0].passed);
  CHECK(report[0].reason.find("the transport called a completion twice") != std::string::npos);
}

TEST_CASE("a second call that comes late is told by the next call") {
  std::function<void(outcome)> last;
  ghl::testing::blocking transport{[&](const request&, std::function<void(outcome)> done) {
    done(ghl::http::response{.status = 200});
    last = std::move(done);
  }};
  CHECK(transport(request{}));
  last(ghl::http::response{.status = 201});
  const outcome told = transport(request{});
  REQUIRE(!told);
  CHECK(told.error().detail == "the transport called a completion twice");
  CHECK(transport(request{}));
}

TEST_CASE("a completion that is thrown away is the end of its call") {
  const auto report = ghl::testing::transport_suite(
      std::string{server()}, ghl::testing::blocking([](request, std::function<void(outcome)>) {}),
      {.only = "an answer may be empty"});
  REQUIRE(report.size() == 1);
  CHECK(report[0].reason.find("the transport destroyed the completion without calling it") != std::string::npos);
}

TEST_CASE("a transport that calls back when its pool is destroyed is given up, and may do so after the suite") {
  struct pool {
    kept_for_ever<std::function<void(outcome)>> kept{};
    pool() = default;
    pool(const pool&) = delete;
    pool& operator=(const pool&) = delete;
    ~pool() {
      for (const auto& done : kept.take()) done(ghl::transport_error(ghl::fault::cancelled));
    }
  } connections;
  expect_given_up(ghl::testing::blocking(
      [&connections](request, std::function<void(outcome)> done) { connections.kept.add(std::move(done)); }));
}
