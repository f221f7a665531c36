// A refreshing credential of the user's own, in each shape of client.
#include "../catch.hpp"
#include "delete_link_call.hpp"
#include "run_task.hpp"
#include "task.hpp"

#include <ghl/ghl.hpp>
#include <ghl/policy.hpp>
#include <ghl/testing/scripted_coroutine.hpp>
#include <ghl/testing/scripted_transport.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace fixture;
using ghl::milliseconds;
using ghl::refresh_lease;
using ghl::testing::script;
using ghl::testing::scripted_callback_transport;
using ghl::testing::scripted_transport;
using scripted_task_transport = ghl::testing::scripted_coroutine_transport<task>;

namespace {

struct account {
  std::string stored = "old-token-old-token";
  int refreshes = 0;
  bool busy_once = false;  // another caller refreshes
  bool open = false;       // a lease is
};
struct own_credential {
  static constexpr bool refreshes = true;
  std::shared_ptr<account> of;

  ghl::result<std::string> operator()() const { return of->stored; }
  refresh_lease begin_refresh(std::string_view refused) const {
    if (of->stored != refused) return {.what = refresh_lease::superseded, .token = of->stored};
    if (std::exchange(of->busy_once, false)) return {.what = refresh_lease::follower};
    of->open = true;
    return {.what = refresh_lease::leader};
  }
  ghl::result<ghl::token_pair> refresh(const ghl::token_pair&) const {
    ++of->refreshes;
    return ghl::token_pair{.access_token = ghl::secret{"new-token-new-token-1"}, .refresh_token = ghl::secret{"r"}};
  }
  ghl::result<std::string> end_refresh(ghl::result<ghl::token_pair> pair) const {
    of->open = false;
    if (!pair) return std::move(pair).error();
    return of->stored = pair->access_token.reveal();
  }
  class held {
   public:
    held() = default;
    explicit held(const std::shared_ptr<account>& a) : end_(std::make_shared<end>(a)) {}
    void take() noexcept { end_->taken = true; }
    void release() noexcept {
      if (end_) end_->taken = false;
    }

   private:
    struct end {
      std::shared_ptr<account> of;
      bool taken = false;
      explicit end(std::shared_ptr<account> a) : of(std::move(a)) {}
      end(const end&) = delete;
      end& operator=(const end&) = delete;
      ~end() {
        if (taken) of->open = false;
      }
    };
    std::shared_ptr<end> end_;
  };
  held hold_lease() const { return held{of}; }
};
/// The same, refreshing with co_await, or calling back.
struct awaiting_credential : own_credential {
  task<ghl::result<ghl::token_pair>> refresh(const ghl::token_pair& pair) const {
    co_return own_credential::refresh(pair);
  }
};
struct calling_credential : own_credential {
  template <class Done>
  void refresh(const ghl::token_pair& pair, Done done) const {
    done(own_credential::refresh(pair));
  }
};
static_assert(ghl::refreshing_credential<own_credential> && ghl::refreshing_credential<awaiting_credential> &&
              ghl::refreshing_credential<calling_credential>);

void expect_refresh(script& server) {
  server.expect(ghl::method::del, "/links/x").header("Authorization", "Bearer old-token-old-token").answer(expired);
  server.expect(ghl::method::del, "/links/x").header("Authorization", "Bearer new-token-new-token-1").answer(created);
}

}  // namespace

TEST_CASE("an expired token is refreshed once, in each shape, and the next request has the new one") {
  script server;
  expect_refresh(server);
  const auto of = std::make_shared<account>();
  SECTION("blocking") {
    ghl::client api{scripted_transport{server}, json, own_credential{of}};
    const deleted d = api.call(call);
    REQUIRE(d);
    REQUIRE(d.tried().size() == 1);
    CHECK(d.tried()[0].why == ghl::reason::token);
  }
  SECTION("with a coroutine, after another caller was found to refresh") {
    of->busy_once = true;
    ghl::client api{scripted_task_transport{server}, json, awaiting_credential{{of}}};
    CHECK(run(api.call(call)));
    CHECK(server.waits() == std::vector{milliseconds{10}});
  }
  SECTION("with a handler") {
    ghl::client api{scripted_callback_transport{server}, json, calling_credential{{of}}};
    int handled = 0;
    api.call(call, [&](const deleted& d) { handled += d ? 1 : 100; });
    CHECK(handled == 1);
  }
  CHECK(of->refreshes == 1);
  CHECK_FALSE(of->open);
}

TEST_CASE("another caller's newer token is used without a refresh, and one refresh is all that a call gets") {
  script server;
  expect_refresh(server);
  server.expect(ghl::method::del, "/links/x").answer(expired);
  const auto of = std::make_shared<account>();
  ghl::client api{scripted_transport{server}, json, own_credential{of}};
  CHECK(api.call(call));
  CHECK(of->refreshes == 1);
  of->stored = "new-token-new-token-1";
  server.expect(ghl::method::del, "/links/x").answer(expired);
  const deleted d = api.call(call);  // refreshes to the same text, and is refused again
  REQUIRE(!d);
  CHECK(d.error().status == 401);
  CHECK(d.error().remedy() == ghl::remedy::refresh_token);
  CHECK(of->refreshes == 2);
}

TEST_CASE("a call that is destroyed while it has the lease to refresh gives it up") {
  struct never_done {
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<>) const noexcept {}
    ghl::result<ghl::token_pair> await_resume() const { return ghl::token_pair{}; }
  };
  struct hanging_credential : own_credential {
    never_done refresh(const ghl::token_pair&) const { return {}; }
  };
  script server;
  server.expect(ghl::method::del, "/links/x").answer(expired);
  const auto of = std::make_shared<account>();
  ghl::client api{scripted_task_transport{server}, json, hanging_credential{{of}}};
  {
    auto pending = api.call(call);
    CHECK_FALSE(pending.start());
    CHECK(of->open);
  }
  CHECK_FALSE(of->open);
}

TEST_CASE("a refreshed token that cannot stand in a header is refused, and nothing is sent with it") {
  struct broken_credential : own_credential {
    ghl::result<ghl::token_pair> refresh(const ghl::token_pair&) const {
      return ghl::token_pair{.access_token = ghl::secret{"new\r\nHost: elsewhere"}};
    }
  };
  script server;
  server.expect(ghl::method::del, "/links/x").answer(expired);
  ghl::client api{scripted_transport{server}, json, broken_credential{{std::make_shared<account>()}}};
  const deleted d = api.call(call);
  REQUIRE(!d);
  CHECK(d.error().fault == ghl::fault::bad_token);
  CHECK(d.error().message().find("elsewhere") == std::string::npos);
}
