// A transport that throws: in each shape the exception passes through the call, after its observers were told. And one
// that calls back twice.
#include "../catch.hpp"
#include "delete_link_call.hpp"
#include "task.hpp"

#include <ghl/ghl.hpp>
#include <ghl/observe.hpp>
#include <ghl/throttle.hpp>

#include <coroutine>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace fixture;

namespace {

struct seen {
  int attempt;
  int status;
  std::string error_type;
  bool last;
  friend bool operator==(const seen&, const seen&) = default;
};
using events = std::vector<seen>;

/// 503 once, then an exception.
struct server {
  int calls = 0;
  ghl::http::response answer() {
    if (++calls > 1) throw std::runtime_error{"no route to host"};
    return {.status = 503};
  }
};
struct blocking {
  server* at;
  ghl::http::response operator()(const ghl::http::request&) const { return at->answer(); }
  static void wait(ghl::milliseconds) {}
};
struct coroutine {
  server* at;
  task<answer> operator()(ghl::http::request) const { co_return at->answer(); }
  static task<void> wait(ghl::milliseconds) { co_return; }
};
struct callback {
  server* at;
  template <class Done>
  void operator()(const ghl::http::request&, Done done) const {
    done(answer{at->answer()});
  }
  template <class Done>
  static void wait(ghl::milliseconds, Done done) {
    done();
  }
};

struct answering {
  template <class Done>
  void operator()(const ghl::http::request&, Done done) const {
    done(answer{created});
  }
  template <class Done>
  static void wait(ghl::milliseconds, Done done) {
    done();
  }
};

struct answering_twice {
  int* waits;
  template <class Done>
  void operator()(const ghl::http::request&, Done done) const {
    const Done& same = done;
    same(answer{*waits == 0 ? ghl::http::response{.status = 503} : created});
    same(answer{created});
  }
  template <class Done>
  void wait(ghl::milliseconds, Done done) const {
    ++*waits;
    done();
    done();
  }
};

template <class Transport>
auto observed_client(server& at, events& log) {
  return ghl::client{Transport{&at}, json, token, ghl::retry{.attempts = 5},
                     ghl::observe{[&log](const ghl::observation& o) {
                       log.push_back({o.attempt, o.status, std::string{o.error_type}, o.last});
                     }}};
}
const events both{{1, 503, "503", false}, {2, 0, "_OTHER", true}};

}  // namespace

TEST_CASE("what a blocking transport throws ends the call, is not repeated, and is observed") {
  server at;
  events log;
  auto api = observed_client<blocking>(at, log);
  CHECK_THROWS_AS(static_cast<void>(api.call(call)), std::runtime_error);
  CHECK(at.calls == 2);
  CHECK(log == both);
}

TEST_CASE("what a coroutine transport throws ends the call, is not repeated, and is observed") {
  server at;
  events log;
  auto api = observed_client<coroutine>(at, log);
  auto running = api.call(call);
  REQUIRE(running.start());
  CHECK_THROWS_AS(static_cast<void>(running.taken()), std::runtime_error);
  CHECK(at.calls == 2);
  CHECK(log == both);
}

TEST_CASE("what a callback transport throws instead of calling back ends the call, and is observed") {
  server at;
  events log;
  auto api = observed_client<callback>(at, log);
  bool called = false;
  CHECK_THROWS_AS(api.call(call, [&](const deleted&) { called = true; }), std::runtime_error);
  CHECK(!called);
  CHECK(at.calls == 2);
  CHECK(log == both);
}

TEST_CASE("what a handler throws is no failure of the transport") {
  events log;
  ghl::client api{answering{}, json, token, ghl::observe{[&log](const ghl::observation& o) {
                    log.push_back({o.attempt, o.status, std::string{o.error_type}, o.last});
                  }}};
  CHECK_THROWS_AS(api.call(call, [](const deleted&) { throw std::logic_error{"mine"}; }), std::logic_error);
  CHECK(log == events{{1, 201, "", true}});
}

TEST_CASE("an observer that throws while a transport has thrown ends nothing") {
  server at{.calls = 1};
  ghl::client api{blocking{&at}, json, token,
                  ghl::observe{[](const ghl::observation&) { throw std::logic_error{"log"}; }}};
  CHECK_THROWS_AS(static_cast<void>(api.call(call)), std::runtime_error);
}

TEST_CASE("a coroutine that is destroyed before its answer is not observed") {
  struct never {
    static task<answer> answering() {
      co_await std::suspend_always{};
      co_return created;
    }
    task<answer> operator()(ghl::http::request) const { return answering(); }
    static task<void> wait(ghl::milliseconds) { co_return; }
  };
  int observed = 0;
  ghl::client api{never{}, json, token, ghl::observe{[&](const ghl::observation&) { ++observed; }}};
  {
    auto running = api.call(call);
    CHECK(!running.start());
  }
  CHECK(observed == 0);
}

TEST_CASE("a call whose transport has thrown does not stay in the throttle's line") {
  server at{.calls = 1};
  const ghl::throttle limit{ghl::throttle_options{.max = 1}};
  ghl::client throwing{blocking{&at}, json, token, limit};
  CHECK_THROWS_AS(static_cast<void>(throwing.call(call)), std::runtime_error);
  ghl::client api{[](const ghl::http::request&) { return created; }, json, token, limit,
                  ghl::deadline{ghl::milliseconds{50}}};
  CHECK(api.call(call).error().fault == ghl::fault::held_back);  // the one that threw was sent, as far as anybody knows
}

TEST_CASE("who calls a completion again is not heard") {
  int waits = 0;
  int handled = 0;
  ghl::client plain{answering_twice{&waits}, json, token};
  ghl::client retrying{answering_twice{&waits}, json, token, ghl::retry{.attempts = 2}};
  retrying.call(call, [&](const deleted& d) { handled += d ? 1 : 100; });
  CHECK(handled == 1);
  CHECK(waits == 1);
  plain.call(call, [&](const deleted& d) { handled += d ? 1 : 100; });
  CHECK(handled == 2);
}
