// A lock that processes share: when it is held, and what becomes of a call that cannot have it.
#include "../catch.hpp"
#include "delete_link_call.hpp"
#include "task.hpp"
#include "token_pairs.hpp"

#include <ghl/ghl.hpp>
#include <ghl/refreshing_token.hpp>
#include <ghl/testing/scripted_coroutine.hpp>
#include <ghl/testing/scripted_transport.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace fixture;
using ghl::refresh_lease;
using ghl::token_pair;
using ghl::testing::script;
using ghl::testing::scripted_coroutine_transport;
using ghl::testing::scripted_transport;
using pair_answer = ghl::result<token_pair>;
using events = std::vector<std::string>;

namespace {

/// Writes down what is done with it.
struct row_lock {
  events* seen;
  bool free = true;
  bool try_lock() {
    seen->push_back(free ? "lock" : "busy");
    return free;
  }
  void unlock() { seen->push_back("unlock"); }
};

template <class Lock>
auto token_with(events& seen, Lock lock) {
  return ghl::refreshing_token{[&seen] { return seen.push_back("load"), first; },
                               [&seen](const token_pair&) { return seen.push_back("refresh"), second; },
                               [&seen](const token_pair&) { seen.push_back("store"); },
                               ghl::refresh_lock{std::move(lock)}};
}

}  // namespace

TEST_CASE("the lock is held from before the store is looked at until the pair is stored") {
  events seen;
  row_lock row{&seen};
  script server;
  server.expect(ghl::method::del, "/links/x").answer(401, R"({"message":"Invalid JWT"})");
  server.expect(ghl::method::del, "/links/x").answer(201, "{}");
  ghl::client api{scripted_transport{server}, json, token_with(seen, std::ref(row))};
  CHECK(api.call(call));
  CHECK(seen == events{"lock", "load", "unlock", "lock", "load", "refresh", "store", "unlock"});
}

TEST_CASE("a lock that another process has is asked for again until the deadline") {
  events seen;
  row_lock row{&seen, false};
  script server;
  ghl::client api{scripted_transport{server}, json, token_with(seen, std::ref(row)),
                  ghl::deadline{ghl::milliseconds{35}}};
  const auto r = api.call(call);
  REQUIRE(!r);
  CHECK(r.error().fault == ghl::fault::timeout);
  CHECK(r.error().was_sent == ghl::sent::no);
  CHECK(seen.front() == "busy");
  CHECK(seen.back() == "busy");
  CHECK(server.requests().empty());
}

TEST_CASE("a lock may be a mutex, a callable that gives a guard, and one that may give none") {
  std::mutex mutex;
  events seen;
  const auto runs = [&](auto shared) {
    CHECK(shared.begin_use().token == "access-1");
    REQUIRE(shared.begin_refresh("access-1").what == refresh_lease::leader);
    CHECK(!mutex.try_lock());
    CHECK(shared.end_refresh(second) == "access-2");
    REQUIRE(mutex.try_lock());
    mutex.unlock();
  };
  runs(token_with(seen, std::ref(mutex)));
  runs(token_with(seen, [&] { return std::unique_lock{mutex}; }));
  runs(token_with(seen, [&] { return std::make_unique<std::lock_guard<std::mutex>>(mutex); }));

  int busy = 2;
  const auto sometimes = token_with(seen, [&]() -> std::optional<std::unique_lock<std::mutex>> {
    if (busy-- > 0) return std::nullopt;
    return std::unique_lock{mutex};
  });
  CHECK(sometimes.begin_use().what == refresh_lease::follower);
  CHECK(sometimes.begin_use().what == refresh_lease::follower);
  CHECK(sometimes.begin_use().token == "access-1");
}

TEST_CASE("the lock is given up where the lease is") {
  events seen;
  row_lock row{&seen};
  {
    const auto shared = token_with(seen, std::ref(row));
    REQUIRE(shared.begin_use().what == refresh_lease::superseded);
    REQUIRE(shared.begin_refresh("access-1").what == refresh_lease::leader);
    seen.clear();
    shared.abandon_refresh();
    CHECK(seen == events{"unlock"});
    shared.abandon_refresh();
    CHECK(seen == events{"unlock"});
  }
  {
    // A coroutine that is destroyed while it refreshes.
    script server;
    server.expect(ghl::method::del, "/links/x").answer(401, R"({"message":"Invalid JWT"})");
    server.hold();
    row_lock of_coroutines{&seen};
    using awaited = task<pair_answer>;
    const scripted_coroutine_transport<task> transport{server};
    ghl::client api{transport, json,
                    ghl::refreshing_token{[] { return first; },
                                          [transport](const token_pair&) -> awaited {
                                            co_await transport.wait(ghl::milliseconds{10});
                                            co_return second;
                                          },
                                          ghl::refresh_lock{std::ref(of_coroutines)}}};
    seen.clear();
    {
      auto running = api.call(call);
      CHECK(!running.start());
      server.deliver(0);
      CHECK(seen == events{"lock", "unlock", "lock"});
    }
    CHECK(seen.back() == "unlock");
  }
  {
    const ghl::refreshing_token shared{[]() -> pair_answer { throw std::runtime_error{"no vault"}; },
                                       [](const token_pair&) { return second; }, ghl::refresh_lock{std::ref(row)}};
    seen.clear();
    CHECK_THROWS_AS(shared.begin_use(), std::runtime_error);
    CHECK(seen == events{"lock", "unlock"});
  }
}

TEST_CASE("two processes with one store and a lock refresh once") {
  // A process is a credential of its own. The server takes a refresh token once.
  struct server_and_store {
    std::mutex mutex;  // of this struct; the lock between the processes is another one
    token_pair stored = first;
    int pair = 1;
    int refused = 0;
    token_pair load() {
      const std::lock_guard<std::mutex> lock{mutex};
      return stored;
    }
    pair_answer refresh(const token_pair& old) {
      const std::lock_guard<std::mutex> lock{mutex};
      if (old.refresh_token.reveal() != "refresh-" + std::to_string(pair)) {
        ++refused;
        return ghl::invalid_request(ghl::fault::other, "invalid_grant");
      }
      ++pair;
      return pair_of("access-" + std::to_string(pair), "refresh-" + std::to_string(pair));
    }
    void store(const token_pair& fresh) {
      const std::lock_guard<std::mutex> lock{mutex};
      stored = fresh;
    }
  } one;
  std::mutex row;
  std::atomic<int> met{0};
  const auto process = [&](std::string& got) {
    const ghl::refreshing_token shared{
        [&] { return one.load(); }, [&](const token_pair& old) { return one.refresh(old); },
        [&](const token_pair& fresh) { one.store(fresh); }, ghl::refresh_lock{std::ref(row)}};
    got = *shared();
    ++met;
    while (met < 2) std::this_thread::yield();
    for (;;) {
      const refresh_lease lease = shared.begin_refresh(got);
      if (lease.what == refresh_lease::follower) continue;
      if (lease.what == refresh_lease::leader) got = shared.end_refresh(shared.refresh(lease.pair)).value_or("none");
      else got = lease.token;
      return;
    }
  };
  std::string a;
  std::string b;
  std::thread other{[&] { process(a); }};
  process(b);
  other.join();
  CHECK(a == "access-2");
  CHECK(b == "access-2");
  CHECK(one.pair == 2);
  CHECK(one.refused == 0);
}

TEST_CASE("however often a lock is asked for, the stack of a scripted callback stays flat") {
  events seen;
  row_lock row{&seen, false};
  script server;
  ghl::client api{ghl::testing::scripted_callback_transport{server}, json, token_with(seen, std::ref(row)),
                  ghl::deadline{ghl::milliseconds{60'000}}};
  bool timed_out = false;
  api.call(call, [&](const deleted& d) { timed_out = !d && d.error().fault == ghl::fault::timeout; });
  CHECK(timed_out);
  CHECK(seen.size() > 5'000);
}
