/// Coroutines with a task type of your own. `house` stands for the code that you have: a task, a loop, and a function
/// that fetches and calls back. The plumbing is the usual bridge from a callback to a coroutine; with it every
/// `api.call(...)` is a task of yours, of the endpoint's result.
#include "chosen_json.hpp"
#include "sandbox/sandbox.hpp"

#include <ghl/ghl.hpp>
#include <ghl/api/links.hpp>
#include <ghl/transport/httplib.hpp>

#include <coroutine>
#include <cstdio>
#include <deque>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <utility>

/// An imaginary code base with coroutines.
namespace house {

/// Starts when it is awaited, and then resumes whoever awaited it.
template <class T>
class task {
 public:
  struct promise_type {
    std::optional<T> value;
    std::exception_ptr thrown;
    std::coroutine_handle<> awaiting = std::noop_coroutine();

    task get_return_object() { return task{std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    auto final_suspend() noexcept {
      struct resume_awaiting {
        bool await_ready() noexcept { return false; }
        std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> self) noexcept {
          return self.promise().awaiting;
        }
        void await_resume() noexcept {}
      };
      return resume_awaiting{};
    }
    void return_value(T v) { value.emplace(std::move(v)); }
    void unhandled_exception() { thrown = std::current_exception(); }
  };

  task(task&& other) noexcept : self_(std::exchange(other.self_, {})) {}
  task& operator=(task&&) = delete;
  ~task() {
    if (self_) self_.destroy();
  }

  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> awaiting) noexcept {
    self_.promise().awaiting = awaiting;
    return self_;
  }
  T await_resume() { return get(); }

  void start() { self_.resume(); }
  T get() {
    if (self_.promise().thrown) std::rethrow_exception(self_.promise().thrown);
    return *std::move(self_.promise().value);
  }

 private:
  explicit task(std::coroutine_handle<promise_type> self) : self_(self) {}
  std::coroutine_handle<promise_type> self_;
};

class loop {
 public:
  void post(std::function<void()> job) { jobs_.push_back(std::move(job)); }
  void run() {
    while (!jobs_.empty()) {
      const auto job = std::move(jobs_.front());
      jobs_.pop_front();
      job();
    }
  }

 private:
  std::deque<std::function<void()>> jobs_;
};

/// Calls `done` from the loop.
using answer = ghl::result<ghl::http::response>;
void fetch(loop& on, ghl::http::request request, std::function<void(answer)> done);

}  // namespace house

namespace {

// ---- the plumbing ----

/// From a callback to a coroutine: `co_await fetching{...}` is what the callback was given.
struct fetching {
  house::loop& on;
  ghl::http::request request;
  std::optional<house::answer> came{};

  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> waiting) {
    house::fetch(on, std::move(request), [this, waiting](house::answer a) {
      came.emplace(std::move(a));
      waiting.resume();  // *this lives in the frame of the one that waits
    });
  }
  house::answer await_resume() { return *std::move(came); }
};

/// A call keeps a copy of the transport, so the coroutine may use its members.
struct loop_transport {
  house::loop* on;

  house::task<house::answer> operator()(ghl::http::request request) const {
    fetching answer{*on, std::move(request)};
    co_return co_await answer;
  }
};
static_assert(ghl::coroutine_transport<loop_transport>);

// ---- the end of the plumbing ----

/// A coroutine of yours: how many links were deleted, or why not. Each request has a name, since g++ 11 and 12 destroy
/// a temporary in braces twice where it stands inside a co_await; clang does not.
template <class Client>
house::task<ghl::result<int>> delete_links_of(Client& api, std::string location) {
  const ghl::links::get_links all{.location_id = location};
  auto found = co_await api.call(all);
  if (!found) co_return found.error();
  int deleted = 0;
  for (const auto& link : found->links) {
    const ghl::links::delete_link one{.link_id = link.id.value_or("")};
    auto gone = co_await api.call(one);
    if (!gone) co_return gone.error();
    ++deleted;
  }
  co_return deleted;
}

}  // namespace

int main() try {
  ghl_sandbox::sandbox server;
  server.add_link({.id = "b1", .name = "b", .redirect_to = {}, .field_key = {}, .location_id = "branch"});
  server.add_link({.id = "b2", .name = "b", .redirect_to = {}, .field_key = {}, .location_id = "branch"});

  house::loop loop;
  ghl::client api{loop_transport{&loop}, example::chosen_json{}, ghl::private_integration_token{"sandbox-token"},
                  ghl::base_url{server.url()}};

  // Three at the same time, in one thread.
  auto first = delete_links_of(api, "ve9EPM428h8vShlRW1KT");
  auto second = delete_links_of(api, "branch");
  auto third = delete_links_of(api, "nowhere");
  for (auto* each : {&first, &second, &third}) each->start();
  loop.run();

  const ghl::result<int> in_the_first = first.get();
  const ghl::result<int> in_the_branch = second.get();
  const ghl::result<int> in_no_place = third.get();
  std::printf("%d and %d deleted\n", in_the_first.value_or(-1), in_the_branch.value_or(-1));
  if (!in_no_place) std::printf("%s\n", in_no_place.error().message().c_str());
  return in_the_first == 1 && in_the_branch == 2 && !in_no_place && in_no_place.error().status == 403 ? 0 : 1;
} catch (const std::exception& e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}

// What is inside the imaginary code base does not matter here; cpp-httplib does its work, in the loop's thread.
void house::fetch(loop& on, ghl::http::request request, std::function<void(answer)> done) {
  on.post([request = std::move(request), done = std::move(done)] { done(ghl::httplib_transport{}(request)); });
}
