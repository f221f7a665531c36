// The mock in the box: what it answers in every shape, and how loud it is about what was not expected.
#include "../catch.hpp"
#include "delete_link_call.hpp"
#include "stop_flag.hpp"
#include "task.hpp"

#include <ghl/future.hpp>
#include <ghl/ghl.hpp>
#include <ghl/api/links.hpp>
#include <ghl/api/opportunities.hpp>
#include <ghl/testing/scripted_coroutine.hpp>
#include <ghl/testing/scripted_future.hpp>
#include <ghl/testing/scripted_transport.hpp>

#include <algorithm>
#include <chrono>
#include <coroutine>
#include <csignal>
#include <exception>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#if !defined(_WIN32)
#include <sys/wait.h>
#include <unistd.h>
#endif

using namespace fixture;
using ghl::http::response;
using ghl::testing::script;
using ghl::testing::script_failure;
using ghl::testing::scripted_callback_transport;
using ghl::testing::scripted_future_transport;
using ghl::testing::scripted_transport;
using ghl::testing::unexpected_request;

namespace {

const delete_link x{.link_id = "x"};
const delete_link y{.link_id = "y"};
const delete_link z{.link_id = "z"};

template <class Transport>
auto client_of(Transport transport) {
  return ghl::client{std::move(transport), json, token};
}

template <class F>
std::string thrown_by(F&& f) {
  try {
    std::forward<F>(f)();
  } catch (const script_failure& e) {
    return e.what();
  }
  return "(nothing)";
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

using transport_of_tasks = ghl::testing::scripted_coroutine_transport<task>;

static_assert(ghl::blocking_transport<scripted_transport>);
static_assert(ghl::callback_transport<scripted_callback_transport>);
static_assert(ghl::coroutine_transport<transport_of_tasks>);
static_assert(ghl::future_transport<scripted_future_transport>);

}  // namespace

// ---- answers ----

TEST_CASE("a script answers in order, and keeps what was sent") {
  script server;
  server.expect(ghl::method::del, "/links/x").header("version", "2021-07-28").answer(201, "{}");
  server.expect(ghl::method::del, "/links/y").answer(401, "no", {{"Content-Type", "text/plain"}}).times(2);
  server.expect(ghl::method::del, "/links/z").fails(ghl::fault::timeout, ghl::sent::maybe, "after 30 s");
  CHECK(server.rest() == 4);
  CHECK(!server.done());

  auto api = client_of(scripted_transport{server});
  CHECK(api.call(x).value().succeeded == true);
  const deleted refused = api.call(y);
  CHECK(refused.error().status == 401);
  CHECK(refused.error().content_type == "text/plain");
  CHECK(api.call(y).error().excerpt == "no");
  const deleted late = api.call(z);
  CHECK(late.error().fault == ghl::fault::timeout);
  CHECK(late.error().was_sent == ghl::sent::maybe);
  CHECK(late.error().detail == "after 30 s");

  CHECK(server.rest() == 0);
  CHECK(server.done());
  const auto came = server.requests();
  REQUIRE(came.size() == 4);
  CHECK(came[0].target() == "/links/x");
  CHECK(came[3].target() == "/links/z");
  CHECK(came[0].headers.get("Authorization") == "Bearer hush-hush-hush");
}

TEST_CASE("steps may be added while the calls go on, and a step may be kept and refined") {
  script server;
  auto first = server.expect(ghl::method::del, "/links/x");
  first.header("Version", "2021-07-28");
  auto unwanted = server.expect(ghl::method::del, "/links/z").times(0);
  first.answer(201, "{}");
  auto api = client_of(scripted_transport{server});
  CHECK(api.call(x));
  for (int i = 0; i < 100; ++i) server.expect(ghl::method::del, "/links/y").answer(201, "{}");
  for (int i = 0; i < 100; ++i) CHECK(api.call(y));
  server.abandon();
  unwanted.answer(201, "{}");  // a handle may outlive what it stands for
  CHECK(server.done());
}

TEST_CASE("a request that fits a later step is unexpected now") {
  script server;
  server.expect(ghl::method::del, "/links/x").answer(201, "{}");
  server.expect(ghl::method::del, "/links/y").answer(201, "{}");
  auto api = client_of(scripted_transport{server});
  CHECK(contains(thrown_by([&] { static_cast<void>(api.call(y)); }), "but DELETE '/links/x' (step 1 of 2)"));
  server.abandon();
}

TEST_CASE("every part of a request can be expected") {
  script server;
  server.expect(ghl::method::del, "/opportunities/x/followers")
      .header("Content-Type", "application/json")
      .header("Version", "2021-07-28")
      .no_header("X-Debug")
      .body(R"({"followers":["a"]})")
      .origin("http://127.0.0.1:8080")
      .timeout(std::chrono::seconds{2})
      .fails(ghl::fault::connect, ghl::sent::no);
  ghl::client api{scripted_transport{server}, json, token, ghl::base_url{"http://127.0.0.1:8080"}};
  const ghl::opportunities::remove_followers removal{.id = "x", .body = {.followers = {"a"}}};
  CHECK(api.call(removal, ghl::deadline{std::chrono::seconds{2}}).error().fault == ghl::fault::connect);
}

TEST_CASE("in any order a request gets the first unused step that it fits") {
  script server;
  server.in_any_order();
  server.expect(ghl::method::del, "/links/x").answer(201, "{}");
  server.expect(ghl::method::del, "/links/x").answer(400, "{}");
  server.expect(ghl::method::del, "/links/y").answer(404, "{}");
  auto api = client_of(scripted_transport{server});
  CHECK(api.call(y).error().status == 404);
  CHECK(api.call(x));
  CHECK(api.call(x).error().status == 400);
  CHECK(contains(thrown_by([&] { static_cast<void>(api.call(x)); }), "all 3 steps were used"));
  server.abandon();
}

TEST_CASE("something can happen while a request is on its way: the call is stopped, or another is made") {
  script server;
  bool stopped = false;
  server.expect(ghl::method::del, "/links/x").meanwhile([&] { stopped = true; }).answer(201, "{}");
  auto api = client_of(scripted_transport{server});
  const deleted cancelled = api.call(x, flag{&stopped});
  CHECK(cancelled.error().fault == ghl::fault::cancelled);
  CHECK(cancelled.error().was_sent == ghl::sent::maybe);

  deleted inner = ghl::transport_error(ghl::fault::other);
  server.expect(ghl::method::del, "/links/y").answer(500, "{}").meanwhile([&] { inner = api.call(z); });
  server.expect(ghl::method::del, "/links/z").answer(201, "{}");
  CHECK(api.call(y).error().status == 500);
  CHECK(inner);
}

TEST_CASE("one script may serve threads") {
  script server;
  server.expect(ghl::method::del, "/links/x").answer(201, "{}").times(200);
  int good[2] = {0, 0};
  {
    std::vector<std::thread> threads;
    for (int& count : good)
      threads.emplace_back([&server, &count] {
        auto api = client_of(scripted_transport{server});
        for (int i = 0; i < 100; ++i) count += api.call(x) ? 1 : 0;
      });
    for (auto& t : threads) t.join();
  }
  CHECK(good[0] + good[1] == 200);
  CHECK(server.requests().size() == 200);
}

// ---- callbacks ----

TEST_CASE("a callback is called inside the call, or, held, when the test says so and in the order that it says") {
  script server;
  server.expect(ghl::method::del, "/links/x").answer(201, "{}").times(2);
  server.expect(ghl::method::del, "/links/y").answer(201, "{}");
  server.expect(ghl::method::del, "/links/z").answer(201, "{}");
  auto api = client_of(scripted_callback_transport{server});
  std::string order;
  api.call(x, [&](const deleted& d) { order += d ? "x" : "?"; });
  CHECK(order == "x");

  server.hold();
  api.call(x, [&, owned = std::make_unique<char>('X')](const deleted&) { order += *owned; });
  api.call(y, [&](const deleted&) { order += 'y'; });
  CHECK(order == "x");
  CHECK(server.waiting() == 2);
  CHECK(server.rest() == 1);
  server.deliver(1);
  CHECK(order == "xy");
  api.call(z, [&](const deleted&) { order += 'z'; });
  CHECK(server.deliver() == 2);
  CHECK(order == "xyXz");
  CHECK(server.waiting() == 0);
  CHECK(thrown_by([&] { server.deliver(0); }) == "ghl::testing::script: deliver(0), but only 0 waited");
  server.abandon();
}

TEST_CASE("a held answer outlives the client, and what a handler calls is delivered too") {
  script server;
  server.hold();
  server.expect(ghl::method::del, "/links/x").answer(201, "{}");
  server.expect(ghl::method::del, "/links/y").answer(201, "{}");
  int handled = 0;
  {
    auto api = std::make_shared<decltype(client_of(scripted_callback_transport{server}))>(
        client_of(scripted_callback_transport{server}));
    api->call(x, [&handled, api](const deleted&) { api->call(y, [&handled](const deleted&) { ++handled; }); });
  }
  CHECK(server.deliver() == 2);
  CHECK(handled == 1);
}

TEST_CASE("a held answer is cancelled by a stop token that was stopped before it came") {
  script server;
  server.hold();
  server.expect(ghl::method::del, "/links/x").answer(201, "{}").times(2);
  auto api = client_of(scripted_callback_transport{server});
  bool stopped = false;
  std::vector<deleted> got;
  api.call(x, flag{&stopped}, [&](deleted d) { got.push_back(std::move(d)); });
  api.call(x, [&](deleted d) { got.push_back(std::move(d)); });
  stopped = true;
  server.deliver();
  REQUIRE(got.size() == 2);
  CHECK(got[0].error().fault == ghl::fault::cancelled);
  CHECK(got[1]);
}

TEST_CASE("waits are recorded, and nobody sleeps") {
  script server;
  const scripted_callback_transport with_callbacks{server};
  int done = 0;
  with_callbacks.wait(std::chrono::hours{1}, [&] { ++done; });
  CHECK(done == 1);
  server.hold();
  with_callbacks.wait(std::chrono::hours{2}, [&, owned = std::make_unique<int>(1)] { done += *owned; });
  CHECK(done == 1);
  CHECK(server.deliver() == 1);
  CHECK(done == 2);
  CHECK(server.waits() == std::vector<ghl::milliseconds>{std::chrono::hours{1}, std::chrono::hours{2}});
}

// ---- coroutines ----

TEST_CASE("a coroutine of the user's own task gets its answer at once, or stays suspended while it is held") {
  script server;
  server.expect(ghl::method::del, "/links/x").answer(201, "{}");
  server.expect(ghl::method::del, "/links/y").answer(404, "{}");
  server.expect(ghl::method::del, "/links/z").answer(201, "{}");
  auto api = client_of(transport_of_tasks{server});
  task<deleted> first = api.call(x);
  CHECK(server.requests().empty());
  REQUIRE(first.start());
  CHECK(first.taken());

  server.hold();
  task<deleted> second = api.call(y);
  task<deleted> third = api.call(z);
  CHECK(!second.start());
  CHECK(!third.start());
  CHECK(server.waiting() == 2);
  server.deliver(1);
  CHECK(third.done());
  CHECK(!second.done());
  server.deliver();
  CHECK(third.taken());
  CHECK(second.taken().error().status == 404);
}

TEST_CASE("a task may be destroyed, or stopped, while it waits") {
  script server;
  server.hold();
  server.expect(ghl::method::del, "/links/x").answer(201, "{}").times(2);
  bool stopped = false;
  auto api = client_of(transport_of_tasks{server});
  {
    task<deleted> gone = api.call(x);
    CHECK(!gone.start());
    CHECK(server.waiting() == 1);
  }
  CHECK(server.waiting() == 0);
  task<deleted> late = api.call(x, flag{&stopped});
  CHECK(!late.start());
  stopped = true;
  CHECK(server.deliver() == 1);
  CHECK(late.taken().error().fault == ghl::fault::cancelled);
}

TEST_CASE("what is unexpected comes out of the await") {
  script server;
  auto api = client_of(transport_of_tasks{server});
  task<deleted> pending = api.call(x);
  REQUIRE(pending.start());
  CHECK_THROWS_AS(static_cast<void>(pending.taken()), unexpected_request);
  server.abandon();
}

// ---- futures ----

TEST_CASE("a future is ready at once, or when it is delivered") {
  script server;
  server.expect(ghl::method::del, "/links/x").answer(201, "{}").times(3);
  auto api = client_of(scripted_future_transport{server});
  CHECK(api.call(x).get());
  server.hold();
  bool stopped = false;
  auto pending = api.call(x);
  auto late = api.call(x, flag{&stopped});
  CHECK(pending.wait_for(std::chrono::seconds{0}) == std::future_status::timeout);
  stopped = true;
  CHECK(server.deliver() == 2);
  CHECK(pending.get());
  CHECK(late.get().error().fault == ghl::fault::cancelled);
  CHECK_THROWS_AS(api.call(y), unexpected_request);
  server.abandon();
}

// ---- failing loudly ----

TEST_CASE("an unexpected request says what came, what was expected and the first difference") {
  const auto said = [](auto refine, const auto& request) {
    script server;
    server.expect(ghl::method::del, "/links/x").answer(201, "{}").times(0);
    refine(server);
    ghl::client api{scripted_transport{server}, json, token};
    const std::string text = thrown_by([&] { static_cast<void>(api.call(request)); });
    CHECK(server.requests().size() == 1);
    CHECK(!server.done());
    server.abandon();
    CHECK(server.done());
    CHECK(!contains(text, "hush"));
    return text;
  };
  const auto followers = ghl::opportunities::remove_followers{.id = "x", .body = {.followers = {"a\nb"}}};

  CHECK(said([](script&) {}, y) ==
        "ghl::testing::script: this request was not expected: DELETE '/links/y'\n"
        "  since nothing more was: all 1 steps were used");
  CHECK(said([](script& s) { s.expect(ghl::method::get, "/links/y").answer(200, ""); }, y) ==
        "ghl::testing::script: this request was not expected: DELETE '/links/y'\n"
        "  but GET '/links/y' (step 2 of 2)\n"
        "  first difference: the method: DELETE came, GET was expected");
  CHECK(contains(said([](script& s) { s.expect(ghl::method::del, "/links/yy").answer(200, ""); }, y),
                 "the target, at byte 8: '/links/y' came, '/links/yy' was expected"));
  CHECK(contains(said([](script&) {}, delete_link{.link_id = "hush-hush-hush"}), "DELETE '/links/[token]'"));
  const auto y_with = [&](auto refine) {
    return said([&](script& s) { refine(s.expect(ghl::method::del, "/links/y").answer(200, "")); }, y);
  };
  CHECK(contains(y_with([](auto step) { step.header("version", "2021-07-27"); }),
                 "the header version, at byte 9: '2021-07-28' came, '2021-07-27' was expected"));
  CHECK(contains(y_with([](auto step) { step.header("Accept", "application/json").header("Accept", "text/html"); }),
                 "the header Accept: it came 1 times, and was expected 2 times"));
  CHECK(contains(y_with([](auto step) { step.header("X-Missing", "1"); }),
                 "the header X-Missing: it came 0 times, and was expected 1 time"));
  CHECK(contains(y_with([](auto step) { step.no_header("VERSION"); }),
                 "the header VERSION: it came, and was expected not to"));
  CHECK(contains(y_with([](auto step) { step.header("Authorization", "Bearer pit-hush-now"); }),
                 "the header Authorization: another value was expected (neither is shown)"));
  CHECK(contains(y_with([](auto step) { step.origin("https://hush-hush-hush.example"); }), "https://[token].example"));
  CHECK(contains(y_with([](auto step) { step.origin("https://" + std::string(40, 'a') + "hush-hush-hush.example"); }),
                 "'https://aaa"));
  CHECK(contains(y_with([](auto step) {
                   step.header("User-Agent", "pit-hush-now").header("Authorization", "pit-hush-now");
                 }),
                 "'[token]' was expected"));
  CHECK(contains(y_with([](auto step) { step.timeout(ghl::milliseconds{5}); }),
                 "the timeout: 30000 ms came, 5 ms were expected"));
  CHECK(contains(said([](script& s) {
                   s.expect(ghl::method::del, "/opportunities/x/followers").body("").answer(200, "");
                 }, followers),
                 R"(the body, at byte 0: '{"followers":["a\nb"]}' came, nothing was expected)"));
  CHECK(contains(said([](script& s) { s.expect(ghl::method::del, "/links/y"); }, y),
                 "its step has no answer: DELETE '/links/y'\n  add .answer(status, body) or .fails(fault)"));
}

TEST_CASE("long texts are shown where they part, and on one line") {
  using ghl::detail::text_difference;
  const std::string prefix(100, 'a');
  CHECK(text_difference("it", prefix + "b\x1B\x7F\xC2\x85\xFF\xC3\xA9", prefix + std::string(100, 'c')) ==
        "it, at byte 100: ...'" + std::string(24, 'a') + "b\\x1B\\x7F\\xC2\\x85\\xFF\xC3\xA9' came, ...'" +
            std::string(24, 'a') + std::string(48, 'c') + "'... was expected");
}

TEST_CASE("a test framework can be told instead, and the call goes on with an error") {
  std::vector<std::string> told;
  {
    script server;
    server.on_failure([&](const std::string& text) { told.push_back(text); });
    server.expect(ghl::method::del, "/links/x").answer(201, "{}");
    auto api = client_of(scripted_transport{server});
    const deleted lost = api.call(y);
    REQUIRE(!lost);
    CHECK(lost.error().kind == ghl::error_kind::transport);
    CHECK(lost.error().was_sent == ghl::sent::no);
    CHECK(told.size() == 1);
    CHECK(lost.error().detail == told[0]);
  }
  REQUIRE(told.size() == 2);
  CHECK(told[1] == "ghl::testing::script: at its end 1 answer was not used, for DELETE '/links/x' (step 1 of 1)");
}

TEST_CASE("the end of a script tells of what was not used, not delivered, and thrown in vain") {
  std::vector<std::string> told;
  {
    script server;
    auto api = client_of(scripted_callback_transport{server});
    CHECK_THROWS_AS(api.call(z, [](const deleted&) {}), unexpected_request);  // as if the tested code had caught it
    server.on_failure([&](const std::string& text) { told.push_back(text); });
    server.expect(ghl::method::del, "/links/x").answer(201, "{}").times(3);
    server.expect(ghl::method::del, "/links/y").answer(201, "{}");
    server.hold();
    api.call(x, [](const deleted&) {});
    CHECK(told.empty());
  }
  REQUIRE(told.size() == 1);
  CHECK(contains(told[0], "at its end 3 answers were not used, the first of them for DELETE '/links/x' (step 1 of 2)\n"
                          "  and 1 waited to be delivered: call deliver()\n"
                          "  and what it threw was caught on the way to the test: ghl::testing::script: this request"));
}

TEST_CASE("conclude() makes the check of the end, once") {
  script server;
  server.expect(ghl::method::del, "/links/x").answer(201, "{}");
  CHECK_THROWS_AS(server.conclude(), script_failure);
  CHECK(server.done());
  server.conclude();
}

TEST_CASE("the end is silent while an exception leaves the test") {
  try {
    script server;
    server.expect(ghl::method::del, "/links/x").answer(201, "{}");
    throw std::runtime_error{"what the test says"};
  } catch (const std::runtime_error& e) {
    CHECK(std::string{e.what()} == "what the test says");
  }
}

#if !defined(_WIN32)
TEST_CASE("the end aborts where nobody is told, and says why on stderr") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGABRT, SIG_DFL);  // Catch2 listens
    ::dup2(ends[1], STDERR_FILENO);
    {
      script server;
      server.expect(ghl::method::del, "/links/x").answer(201, "{}");
    }
    ::_exit(0);
  }
  REQUIRE(child > 0);
  ::close(ends[1]);
  std::string said(1000, '\0');
  said.resize(static_cast<std::size_t>((std::max)(ssize_t{0}, ::read(ends[0], said.data(), said.size()))));
  ::close(ends[0]);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGABRT);
  CHECK(contains(said, "1 answer was not used, for DELETE '/links/x' (step 1 of 1)"));
}
#endif

TEST_CASE("a request after the end of the script is as loud") {
  std::optional<script> server{std::in_place};
  auto api = client_of(scripted_transport{*server});
  server->on_failure([](const std::string&) {});
  server.reset();
  CHECK(contains(thrown_by([&] { static_cast<void>(api.call(x)); }), "since the script has ended"));
}

// ---- a task that waits for its own kind alone, as Boost.Asio's ----

namespace {

/// It runs at once.
template <class T>
class narrow_task {
 public:
  struct promise_type {
    std::optional<T> value;
    std::exception_ptr thrown;
    narrow_task get_return_object() { return narrow_task{std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_value(T v) { value.emplace(std::move(v)); }
    void unhandled_exception() { thrown = std::current_exception(); }
    template <class U>
    narrow_task<U>&& await_transform(narrow_task<U>&& of) {
      return std::move(of);
    }
  };
  narrow_task(narrow_task&& other) noexcept : self_(std::exchange(other.self_, {})) {}
  narrow_task& operator=(narrow_task&&) = delete;
  ~narrow_task() {
    if (self_) self_.destroy();
  }
  bool await_ready() const noexcept { return true; }
  void await_suspend(std::coroutine_handle<>) const noexcept {}
  T await_resume() {
    if (self_.promise().thrown) std::rethrow_exception(self_.promise().thrown);
    return *std::move(self_.promise().value);
  }

 private:
  explicit narrow_task(std::coroutine_handle<promise_type> self) : self_(self) {}
  std::coroutine_handle<promise_type> self_;
};

static_assert(ghl::detail::awaits_gates<task<deleted>> && !ghl::detail::awaits_gates<narrow_task<deleted>>);

}  // namespace

TEST_CASE("such a task gets its answers at once, and hold() is refused") {
  script server;
  server.expect(ghl::method::del, "/links/x").answer(201, "{}").times(2);
  auto api = client_of(ghl::testing::scripted_coroutine_transport<narrow_task>{server});
  CHECK(api.call(x).await_resume());
  server.hold();
  CHECK(contains(thrown_by([&] { static_cast<void>(api.call(x).await_resume()); }), "hold() is for tasks that"));
  server.abandon();
}
