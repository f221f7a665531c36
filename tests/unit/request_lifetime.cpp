// A coroutine transport may refer to the request until it has answered: it lives in the frame of the call. Of use under
// AddressSanitizer above all.
#include "../catch.hpp"
#include "delete_link_call.hpp"
#include "task.hpp"

#include <ghl/any_transport.hpp>
#include <ghl/ghl.hpp>
#include <ghl/policy.hpp>

#include <coroutine>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace fixture;

namespace {

/// Where coroutines stay until they are told to go on.
struct waiting_room {
  std::vector<std::coroutine_handle<>> inside{};
  std::vector<std::string> read{};

  auto stay() {
    struct stays {
      waiting_room& in;
      bool await_ready() const noexcept { return false; }
      void await_suspend(std::coroutine_handle<> h) const { in.inside.push_back(h); }
      void await_resume() const noexcept {}
    };
    return stays{*this};
  }
  void go_on() {
    for (const std::coroutine_handle<> each : std::exchange(inside, {})) each.resume();
  }
};

/// Takes a reference, and suspends before it reads.
struct reads_late {
  std::shared_ptr<waiting_room> room;
  int fails = 0;  // so many of the first answers are 503

  task<answer> operator()(const ghl::http::request& request) const {
    auto stays = room->stay();
    co_await stays;
    room->read.push_back(std::string{request.method} + " " + request.url + " " +
                         std::string{request.headers.get("Authorization").value_or("")});
    if (static_cast<int>(room->read.size()) <= fails) co_return ghl::http::response{.status = 503};
    co_return created;
  }
  task<void> wait(ghl::milliseconds) const {
    auto stays = room->stay();
    co_await stays;
  }
};
static_assert(ghl::coroutine_transport<reads_late> && ghl::waiting_transport<reads_late>);

const delete_link long_call{.link_id = std::string(200, 'x')};
const std::string sent = "DELETE https://services.leadconnectorhq.com/links/" + std::string(200, 'x') + " Bearer " +
                         std::string(100, 't');

template <class... Policies>
task<deleted> started(const reads_late& transport, Policies... policies) {
  ghl::client api{transport, json, ghl::private_integration_token{std::string(100, 't')}, policies...};
  return api.call(long_call);
}

}  // namespace

TEST_CASE("a transport that takes the request by reference reads it after it was suspended and the client has gone") {
  const auto room = std::make_shared<waiting_room>();
  task<deleted> pending = started(reads_late{.room = room});
  CHECK_FALSE(pending.start());
  room->go_on();
  REQUIRE(pending.done());
  CHECK(pending.taken());
  CHECK(room->read == std::vector{sent});
}

TEST_CASE("so does one that is asked again after a wait, each time with a request of its own") {
  const auto room = std::make_shared<waiting_room>();
  const ghl::retry three_times{.attempts = 3, .base = ghl::milliseconds{5}};
  task<deleted> pending = started(reads_late{.room = room, .fails = 2}, three_times);
  CHECK_FALSE(pending.start());
  while (!room->inside.empty()) room->go_on();
  REQUIRE(pending.done());
  const deleted d = pending.taken();
  REQUIRE(d);
  CHECK(d.tried().size() == 2);
  CHECK(room->read == std::vector{sent, sent, sent});
}

TEST_CASE("a call that is destroyed while its transport is suspended takes the request along") {
  const auto room = std::make_shared<waiting_room>();
  {
    task<deleted> pending = started(reads_late{.room = room}, ghl::retry{});
    CHECK_FALSE(pending.start());
  }
  CHECK(room->read.empty());
}

TEST_CASE("so does one whose type is left out") {
  const auto room = std::make_shared<waiting_room>();
  const auto erased = [&] {
    using any = ghl::any_coroutine_transport<task<answer>>;
    ghl::client<any, scripted_json, ghl::private_integration_token<>> api{
        reads_late{.room = room}, json, ghl::private_integration_token{std::string(100, 't')}};
    return api.call(long_call);
  };
  task<deleted> pending = erased();
  CHECK_FALSE(pending.start());
  room->go_on();
  REQUIRE(pending.done());
  CHECK(pending.taken());
  CHECK(room->read == std::vector{sent});
}
