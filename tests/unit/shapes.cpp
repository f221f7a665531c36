// The shape of the transport decides the shape of a call: coroutine, callback, future; each with the same rules.
#include "../catch.hpp"
#include "delete_link_call.hpp"
#include "event_loop.hpp"
#include "stop_flag.hpp"
#include "run_task.hpp"
#include "task.hpp"

#include <ghl/any_transport.hpp>
#include <ghl/future.hpp>
#include <ghl/ghl.hpp>
#include <ghl/api/links.hpp>

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace fixture;
using ghl::http::request;
using ghl::http::response;

namespace {

/// What a transport was asked to do, and what it is to answer.
struct journal {
  std::vector<request> seen;
  std::vector<std::string> how;
  answer next = created;
};

// ---- coroutines ----

struct coroutine {
  std::shared_ptr<journal> to;
  task<answer> operator()(request r) const {
    to->seen.push_back(std::move(r));
    to->how.emplace_back("plain");
    co_return to->next;
  }
};

/// One that can be stopped, and whose answer is a plain response.
struct stoppable_coroutine {
  std::shared_ptr<journal> to;
  task<response> operator()(request r) const {
    to->seen.push_back(std::move(r));
    to->how.emplace_back("plain");
    co_return *to->next;
  }
  template <ghl::stop_token_like Stop>
  task<response> operator()(request r, Stop stop) const {
    to->seen.push_back(std::move(r));
    to->how.emplace_back(stop.stop_requested() ? "stopped" : "with a stop token");
    co_return *to->next;
  }
};

/// A task that is no template over its value alone; it runs at once.
template <class T, int Lanes>
class wide_task {
 public:
  struct promise_type {
    std::optional<T> value;
    wide_task get_return_object() { return wide_task{std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_value(T v) { value.emplace(std::move(v)); }
    void unhandled_exception() { std::terminate(); }
  };
  wide_task(wide_task&& other) noexcept : self_(std::exchange(other.self_, {})) {}
  wide_task& operator=(wide_task&&) = delete;
  ~wide_task() {
    if (self_) self_.destroy();
  }
  auto operator co_await() && {
    struct awaiter {
      std::coroutine_handle<promise_type> self;
      bool await_ready() const noexcept { return true; }
      void await_suspend(std::coroutine_handle<>) const noexcept {}
      T await_resume() const { return *std::move(self.promise().value); }
    };
    return awaiter{self_};
  }
  T taken() { return *std::move(self_.promise().value); }

 private:
  explicit wide_task(std::coroutine_handle<promise_type> self) : self_(self) {}
  std::coroutine_handle<promise_type> self_;
};
struct transport_that_names_its_task {
  template <class T>
  using task = wide_task<T, 4>;
  task<answer> operator()(request) const { co_return created; }
};

static_assert(ghl::coroutine_transport<coroutine> && ghl::coroutine_transport<stoppable_coroutine>);
static_assert(ghl::coroutine_transport<transport_that_names_its_task>);
static_assert(ghl::coroutine_transport<std::reference_wrapper<coroutine>>);
static_assert(!ghl::blocking_transport<coroutine> && !ghl::callback_transport<coroutine>);
static_assert(ghl::transport<coroutine> && !ghl::transport<task<int> (*)(request)>);

}  // namespace

TEST_CASE("a coroutine transport makes the call a task of the same kind, which sends when it is awaited") {
  const auto to = std::make_shared<journal>();
  ghl::client api{coroutine{to}, json, token, ghl::user_agent{"tests/1"}};
  auto pending = api.call(call, ghl::deadline{ghl::milliseconds{250}});
  static_assert(std::same_as<decltype(pending), task<deleted>>);
  CHECK(to->seen.empty());
  const deleted done = run(std::move(pending));
  REQUIRE(done);
  CHECK(done->succeeded == true);
  REQUIRE(to->seen.size() == 1);
  CHECK(to->seen[0].target() == "/links/x");
  CHECK(to->seen[0].timeout.count() == 250);
  CHECK(to->seen[0].headers.get("Authorization") == "Bearer hush-hush-hush");
  CHECK(to->seen[0].headers.get("User-Agent") == "tests/1");

  ghl::client plain{stoppable_coroutine{to}, json, token};
  static_assert(std::same_as<decltype(plain.call(call)), task<deleted>>);
  CHECK(run(plain.call(call)).value().succeeded == true);
}

TEST_CASE("any task template does, or one that the transport names") {
  ghl::client api{transport_that_names_its_task{}, json, token};
  static_assert(ghl::coroutine_transport<transport_that_names_its_task>);
  static_assert(std::same_as<ghl::detail::task_of<transport_that_names_its_task, wide_task<answer, 4>>::with<int>,
                             wide_task<int, 4>>);
  auto pending = api.call(call);
  static_assert(std::same_as<decltype(pending), wide_task<deleted, 4>>);
  CHECK(pending.taken().value().succeeded == true);
}

TEST_CASE("a coroutine call owns what it needs: request, client and transport may go before it runs") {
  const auto to = std::make_shared<journal>();
  std::optional<task<deleted>> pending;
  {
    auto gone = std::make_unique<delete_link>(delete_link{.link_id = std::string(100, 'x')});
    ghl::client api{coroutine{to}, json, ghl::private_integration_token{std::string(100, 't')}};
    pending.emplace(api.call(*gone));
    gone.reset();
  }
  to->next = response{.status = 500, .body = std::string(100, 't')};
  REQUIRE(pending->start());
  const deleted done = pending->taken();
  REQUIRE(!done);
  CHECK(to->seen.at(0).target() == "/links/" + std::string(100, 'x'));
  CHECK(done.error().endpoint == "Delete Link");
  CHECK(done.error().excerpt == "[token]");
}

TEST_CASE("a request that is refused is the value of the task, and nothing is sent") {
  const auto to = std::make_shared<journal>();
  ghl::client api{coroutine{to}, json, token};
  const deleted refused = run(api.call(delete_link{.link_id = ".."}));
  REQUIRE(!refused);
  CHECK(refused.error().fault == ghl::fault::dot_segment);
  CHECK(refused.error().endpoint == "Delete Link");
  to->next = ghl::transport_error(ghl::fault::connect, ghl::sent::no, "refused");
  CHECK(run(api.call(call)).error().fault == ghl::fault::connect);
  CHECK(to->seen.size() == 1);
}

TEST_CASE("what a coroutine transport throws comes out of the await") {
  ghl::client api{[](request r) -> task<answer> {
                    if (!r.target().empty()) throw std::runtime_error{"out of sockets"};
                    co_return response{};
                  },
                  json, token};
  auto pending = api.call(call);
  REQUIRE(pending.start());
  CHECK_THROWS_AS(static_cast<void>(pending.taken()), std::runtime_error);
}

TEST_CASE("a stop token reaches a transport that takes one, and stops any before it starts") {
  const auto to = std::make_shared<journal>();
  bool stopped = false;
  const flag stop{&stopped};
  ghl::client api{stoppable_coroutine{to}, json, token};
  CHECK(run(api.call(call, stop)));
  CHECK(run(api.call(call, ghl::deadline{ghl::milliseconds{5}}, stop)));
  CHECK(run(api.call(call)));
  CHECK(to->how == std::vector<std::string>{"with a stop token", "with a stop token", "plain"});
  CHECK(run(api.call(call, stops_later{.from = 2})));  // the runner asks first
  CHECK(to->how.back() == "stopped");
  auto late = api.call(call, stop);
  stopped = true;
  const deleted never = run(std::move(late));
  CHECK(to->how.size() == 4);
  REQUIRE(!never);
  CHECK(never.error().fault == ghl::fault::cancelled);
  CHECK(never.error().was_sent == ghl::sent::no);
  CHECK(never.error().endpoint == "Delete Link");

  std::vector<std::string> how;
  const auto blocking = [&how](const request&, auto... more) -> response {
    how.emplace_back(sizeof...(more) == 1 ? "with a stop token" : "plain");
    return created;
  };
  stopped = false;
  ghl::client waiting{blocking, json, token};
  CHECK(waiting.call(call, stop));
  CHECK(waiting.call(call));
  ghl::client deaf{[](const request&) -> response { return created; }, json, token};
  CHECK(deaf.call(call, stop));
  stopped = true;
  CHECK(waiting.call(call, stop).error().fault == ghl::fault::cancelled);
  CHECK(deaf.call(call, stop).error().fault == ghl::fault::cancelled);
  CHECK(how == std::vector<std::string>{"with a stop token", "plain"});
}

// ---- callbacks ----

namespace {

/// Answers from an event loop; has no wait.
struct on_loop {
  std::shared_ptr<event_loop> where;
  std::shared_ptr<journal> to;
  void operator()(request r, std::function<void(answer)> done) const {
    to->seen.push_back(std::move(r));
    where->post([done = std::move(done), to = to] { done(to->next); });
  }
};

/// Answers inside the call, through a completion of any type, which it holds in a lambda that is not mutable.
struct at_once {
  std::shared_ptr<journal> to;
  template <class Completion>
  void operator()(request r, Completion done) const {
    to->seen.push_back(std::move(r));
    to->how.emplace_back("plain");
    [done = std::move(done)] { done(created); }();
  }
  template <ghl::stop_token_like Stop, class Completion>
  void operator()(request r, Stop, Completion done) const {
    to->seen.push_back(std::move(r));
    to->how.emplace_back("with a stop token");
    done(created);
  }
};
static_assert(ghl::callback_transport<on_loop> && !ghl::blocking_transport<on_loop>);
static_assert(!ghl::coroutine_transport<on_loop> && ghl::transport<on_loop>);

}  // namespace

TEST_CASE("a callback transport makes the call one with a handler, which owns what it needs") {
  const auto where = std::make_shared<event_loop>();
  const auto to = std::make_shared<journal>();
  std::vector<deleted> got;
  {
    auto gone = std::make_unique<delete_link>(delete_link{.link_id = std::string(100, 'x')});
    ghl::client api{on_loop{where, to}, json, ghl::private_integration_token{std::string(100, 't')}};
    static_assert(std::is_void_v<decltype(api.call(*gone, [](const deleted&) {}))>);
    api.call(*gone, [&](deleted d) { got.push_back(std::move(d)); });
    gone.reset();
  }
  CHECK(got.empty());
  CHECK(to->seen.at(0).target() == "/links/" + std::string(100, 'x'));
  to->next = response{.status = 500, .body = std::string(100, 't')};
  where->run();
  REQUIRE(got.size() == 1);
  REQUIRE(!got[0]);
  CHECK(got[0].error().endpoint == "Delete Link");
  CHECK(got[0].error().excerpt == "[token]");
}

TEST_CASE("options stand before or after the handler; a handler may be move-only") {
  const auto to = std::make_shared<journal>();
  ghl::client api{at_once{to}, json, token};
  int handled = 0;
  const bool stopped = false;
  auto owned = std::make_unique<int>(1);
  api.call(call, ghl::deadline{ghl::milliseconds{7}}, [&, owned = std::move(owned)](const deleted& d) {
    handled += d->succeeded == true ? *owned : 0;
  });
  api.call(call, flag{&stopped}, [&](const deleted&) { ++handled; }, ghl::deadline{ghl::milliseconds{8}});
  const auto kept = [&](auto&& d) { handled += d ? 1 : 0; };
  api.call(call, kept);
  CHECK(handled == 3);
  CHECK(to->how == std::vector<std::string>{"plain", "with a stop token", "plain"});
  REQUIRE(to->seen.size() == 3);
  CHECK(to->seen[0].timeout.count() == 7);
  CHECK(to->seen[1].timeout.count() == 8);
  CHECK(to->seen[2].timeout.count() == 30'000);
}

TEST_CASE("a request that is refused reaches the handler inside the call") {
  const auto to = std::make_shared<journal>();
  const ghl::client api{on_loop{std::make_shared<event_loop>(), to}, json, token};
  ghl::fault seen = ghl::fault::none;
  api.call(delete_link{.link_id = ""}, [&](const deleted& d) { seen = d.error().fault; });
  CHECK(seen == ghl::fault::empty_value);
  const bool stopped = true;
  api.call(call, flag{&stopped}, [&](const deleted& d) { seen = d.error().fault; });
  CHECK(seen == ghl::fault::cancelled);
  CHECK(to->seen.empty());
}

// ---- futures ----

TEST_CASE("a transport of std::future makes the call a pending result") {
  std::promise<response> server;
  std::vector<std::string> targets;
  const auto transport = [&](request r) {
    targets.emplace_back(r.target());
    return server.get_future();
  };
  static_assert(ghl::future_transport<std::remove_const_t<decltype(transport)>>);
  auto pending = [&] {
    ghl::client api{transport, json, ghl::private_integration_token{std::string(100, 't')}};
    return api.call(call);
  }();
  using namespace std::chrono_literals;
  CHECK(pending.valid());
  CHECK(pending.wait_for(0ms) == std::future_status::timeout);
  server.set_value({.status = 500, .body = std::string(100, 't')});
  CHECK(pending.wait_for(1s) == std::future_status::ready);
  CHECK(pending.wait_until(std::chrono::steady_clock::now()) == std::future_status::ready);
  pending.wait();
  const deleted done = pending.get();
  CHECK(!pending.valid());
  REQUIRE(!done);
  CHECK(done.error().excerpt == "[token]");
  CHECK(targets == std::vector<std::string>{"/links/x"});
}

TEST_CASE("a pending result that was refused is ready, and any of them becomes a std::future") {
  const auto transport = [](request) {
    return std::async(std::launch::deferred, []() -> answer { return created; });
  };
  ghl::client api{transport, json, token};
  auto refused = api.call(delete_link{.link_id = "."});
  CHECK(refused.valid());
  CHECK(refused.wait_for(std::chrono::seconds{0}) == std::future_status::ready);
  CHECK(refused.get().error().fault == ghl::fault::dot_segment);
  CHECK(!refused.valid());
  std::future<deleted> future = api.call(call);
  CHECK(future.get().value().succeeded == true);

  ghl::client broken{[](request) { return std::promise<response>{}.get_future(); }, json, token};
  CHECK_THROWS_AS(static_cast<void>(broken.call(call).get()), std::future_error);
}

// ---- a transport without its type ----

namespace {

/// A class that is no template, as it would stand in a header with <ghl/fwd.hpp> alone.
class crm {
 public:
  explicit crm(ghl::any_transport transport);
  bool remove(const std::string& link);

 private:
  using client = ghl::client<ghl::any_transport, scripted_json, ghl::private_integration_token<>>;
  std::shared_ptr<client> api_;
};

crm::crm(ghl::any_transport transport) : api_(std::make_shared<client>(std::move(transport), json, token)) {}
bool crm::remove(const std::string& link) { return api_->call(delete_link{.link_id = link}).has_value(); }

/// Move-only, as a transport with a connection may be.
struct with_connection {
  std::unique_ptr<int> calls = std::make_unique<int>(0);
  std::vector<std::string>* how;
  answer operator()(const request&) {
    how->emplace_back("call " + std::to_string(++*calls));
    return created;
  }
  template <ghl::stop_token_like Stop>
  answer operator()(const request&, Stop stop) {
    how->emplace_back(stop.stop_requested() ? "stopped" : "with a stop token");
    return created;
  }
};

}  // namespace

TEST_CASE("any_transport holds a blocking transport; copies share it") {
  std::vector<std::string> how;
  ghl::any_transport any{with_connection{.how = &how}};
  const ghl::any_transport copy = any;
  crm first{any};
  crm second{copy};
  CHECK(first.remove("a"));
  CHECK(second.remove("b"));
  CHECK(any(request{}));
  CHECK(copy(request{}));
  bool stopped = false;
  CHECK(copy(request{}, flag{&stopped}));
  stopped = true;
  CHECK(any(request{}, flag{&stopped}));
  CHECK(how == std::vector<std::string>{"call 1", "call 2", "call 3", "call 4", "with a stop token", "stopped"});

  ghl::any_transport lambda = [](const request&) { return response{.status = 404}; };
  CHECK(lambda(request{}).value().status == 404);
  static_assert(!std::is_constructible_v<ghl::any_transport, int>);
  static_assert(!std::is_constructible_v<ghl::any_transport, on_loop>);
}

namespace {

/// The same that can wait.
struct waits_on_loop : on_loop {
  void wait(ghl::milliseconds span, std::function<void()> done) const { where->post_after(span, std::move(done)); }
};
struct coroutine_that_waits : coroutine {
  task<void> wait(ghl::milliseconds) const { co_return; }
};

template <class Any, class Transport>
void make_two_calls(Transport transport, event_loop& loop) {
  int handled = 0;
  {
    ghl::client<Any, scripted_json, ghl::private_integration_token<>> api{std::move(transport), json, token};
    // Move-only, although the transport inside keeps it in a std::function.
    api.call(call, [&, owned = std::make_unique<int>(1)](const deleted& d) { handled += d ? *owned : 0; });
    const bool stopped = false;
    api.call(call, flag{&stopped}, [&](const deleted& d) { handled += d ? 1 : 0; });
  }
  CHECK(handled == 0);
  loop.run();
  CHECK(handled == 2);
}

template <class Any, class Transport>
void make_one_call(Transport transport) {
  std::optional<task<deleted>> pending;
  {
    ghl::client<Any, scripted_json, ghl::private_integration_token<>> api{std::move(transport), json, token};
    pending.emplace(api.call(call));
  }
  REQUIRE(pending->start());
  CHECK(pending->taken().value().succeeded == true);
}

}  // namespace

TEST_CASE("any_callback_transport holds a callback transport that can wait, its sister one that cannot") {
  const auto loop = std::make_shared<event_loop>();
  const auto to = std::make_shared<journal>();
  make_two_calls<ghl::any_callback_transport>(waits_on_loop{{loop, to}}, *loop);
  make_two_calls<ghl::any_unwaiting_callback_transport>(on_loop{loop, to}, *loop);
  static_assert(!std::is_constructible_v<ghl::any_callback_transport, with_connection>);
}

TEST_CASE("any_coroutine_transport holds a coroutine transport that can wait, its sister one that cannot") {
  const auto to = std::make_shared<journal>();
  using waiting = ghl::any_coroutine_transport<task<answer>>;
  using unwaiting = ghl::any_unwaiting_coroutine_transport<task<answer>>;
  make_one_call<waiting>(coroutine_that_waits{{to}});
  make_one_call<unwaiting>(coroutine{to});
  static_assert(!std::is_constructible_v<unwaiting, stoppable_coroutine>);  // its task is another one
}

// What ghl::retry and the like ask of a transport; tests/compile has the sentence for one that cannot.
static_assert(ghl::waiting_transport<ghl::any_transport>);
static_assert(ghl::waiting_transport<ghl::any_callback_transport>);
static_assert(!ghl::waiting_transport<ghl::any_unwaiting_callback_transport>);
static_assert(ghl::waiting_transport<ghl::any_coroutine_transport<task<answer>>>);
static_assert(!ghl::waiting_transport<ghl::any_unwaiting_coroutine_transport<task<answer>>>);
