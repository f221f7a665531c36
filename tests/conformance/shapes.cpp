// Each shape of transport against the suite, in the way in which the guide tells to do it.
#include "../catch.hpp"
#include "../unit/event_loop.hpp"
#include "../unit/task.hpp"
#include "raw_client.hpp"
#include "report.hpp"

#include <ghl/testing/blocking.hpp>
#include <ghl/testing/transport_suite.hpp>

#include <sandbox/conformance.hpp>

#include <coroutine>
#include <future>
#include <memory>
#include <thread>
#include <utility>

namespace {

using outcome = ghl::result<ghl::http::response>;

/// What is known not to be there in these: a way to cancel.
void expect_proven(const ghl::testing::report& report) {
  expect_passed(report);
  CHECK(ghl::testing::not_run(report) == 4);
}

// ---- a callback, from another thread ----

struct threaded_transport {
  std::shared_ptr<raw_client> client = std::make_shared<raw_client>();

  template <class Completion>
  void operator()(ghl::http::request request, Completion done) const {
    std::thread{[client = client, request = std::move(request), done = std::move(done)] {
      done((*client)(request));
    }}.detach();
  }
};

// ---- a callback, from a loop that the calling thread has to run ----

struct loop_transport {
  event_loop* loop;
  std::shared_ptr<raw_client> client = std::make_shared<raw_client>();

  template <class Completion>
  void operator()(ghl::http::request request, Completion done) const {
    loop->post([client = client, request = std::move(request), done = std::move(done)] { done((*client)(request)); });
  }
};

// For the guide.
ghl::result<ghl::http::response> through_a_loop(const ghl::http::request& request) {
  thread_local event_loop loop;  // one for each thread: the suite calls from threads of its own
  thread_local loop_transport transport{&loop};
  return ghl::testing::blocking(transport, [] { loop.run(); })(request);
}

// ---- a coroutine ----

struct task_transport {
  event_loop* loop;
  std::shared_ptr<raw_client> client = std::make_shared<raw_client>();

  struct next_turn {
    event_loop* loop;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiting) const { loop->post([waiting] { waiting.resume(); }); }
    void await_resume() const noexcept {}
  };
  task<outcome> operator()(ghl::http::request request) const {
    const next_turn turn{loop};
    co_await turn;
    co_return (*client)(request);
  }
};

// For the guide.
ghl::result<ghl::http::response> through_a_task(const ghl::http::request& request) {
  thread_local event_loop loop;
  thread_local task_transport transport{&loop};
  auto pending = transport(request);
  static_cast<void>(pending.start());
  loop.run();
  return pending.taken();
}

// ---- a future ----

struct future_transport {
  std::shared_ptr<raw_client> client = std::make_shared<raw_client>();

  std::future<outcome> operator()(ghl::http::request request) const {
    return std::async(std::launch::async,
                      [client = client, request = std::move(request)] { return (*client)(request); });
  }
};

// For the guide.
ghl::result<ghl::http::response> through_a_future(const ghl::http::request& request) {
  thread_local future_transport transport;
  return transport(request).get();
}

}  // namespace

TEST_CASE("a callback transport with a thread of its own passes the suite") {
  static const auto report = [] {
    const ghl_sandbox::conformance_server server;
    const auto send = [](const ghl::http::request& request) {
      thread_local ghl::testing::blocking transport{threaded_transport{}};
      return transport(request);
    };
    return ghl::testing::transport_suite(server.url(), send);
  }();
  expect_proven(report);
}

TEST_CASE("a callback transport of a loop in the calling thread passes the suite") {
  static const auto report = [] {
    const ghl_sandbox::conformance_server server;
    return ghl::testing::transport_suite(server.url(), through_a_loop);
  }();
  expect_proven(report);
}

TEST_CASE("a coroutine transport with a task of its own passes the suite") {
  static const auto report = [] {
    const ghl_sandbox::conformance_server server;
    return ghl::testing::transport_suite(server.url(), through_a_task);
  }();
  expect_proven(report);
}

TEST_CASE("a transport of futures passes the suite") {
  static const auto report = [] {
    const ghl_sandbox::conformance_server server;
    return ghl::testing::transport_suite(server.url(), through_a_future);
  }();
  expect_proven(report);
}
