/// A token that expires in the middle, through one transport adapter: refreshed once, and no pair is ever lost.
#pragma once

#include "run_cases.hpp"

#include <ghl/oauth_refresh.hpp>
#include <ghl/refreshing_token.hpp>

#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace faults {

/// Where an application keeps its pair of tokens.
class token_store {
 public:
  ghl::token_pair read() const {
    const std::lock_guard lock{mutex_};
    return pair_;
  }
  bool write(const ghl::token_pair& pair) {
    const std::lock_guard lock{mutex_};
    if (broken_) return false;
    pair_ = pair;
    return true;
  }
  void set_broken(bool broken) {
    const std::lock_guard lock{mutex_};
    broken_ = broken;
  }

 private:
  mutable std::mutex mutex_;
  ghl::token_pair pair_{.access_token = ghl::secret{fault_server::access_token(1)},
                        .refresh_token = ghl::secret{fault_server::refresh_token(1)}};
  bool broken_ = false;
};

inline constexpr const char* client_secret = "C5n8wRt2-client-secret";

/// As issued: the nth pair of the server.
inline bool is_pair(const ghl::token_pair& pair, int n) {
  return pair.access_token.reveal() == fault_server::access_token(n) &&
         pair.refresh_token.reveal() == fault_server::refresh_token(n);
}

/// A credential that keeps its tokens in `store` and refreshes them at `server`.
template <class Transport>
auto credential_of(token_store& store, const fault_server& server, Transport transport) {
  return ghl::refreshing_token{
      [&store]() -> ghl::result<ghl::token_pair> { return store.read(); },
      ghl::oauth_refresh{std::move(transport), ghl::nlohmann_json{},
                         ghl::oauth_app{.client_id = "an app", .client_secret = ghl::secret{client_secret}},
                         ghl::base_url{server.url()}},
      [&store](const ghl::token_pair& fresh) { return store.write(fresh); }};
}

/// How many requests came to that path.
inline int seen_at(const fault_server& server, std::string_view target) {
  const auto log = server.log();
  return static_cast<int>(std::count_if(log.begin(), log.end(), [&](const entry& e) { return e.target == target; }));
}

/// A server, a store, and a client whose token is about to expire.
template <class Adapter>
class expiring {
 public:
  explicit expiring(std::chrono::milliseconds limit = std::chrono::seconds{5}) : limit_(limit) {}
  ~expiring() {
    for (int n = 1; n <= 3; ++n)
      for (const std::string& text : {fault_server::access_token(n), fault_server::refresh_token(n)})
        CHECK(said_.find(text.substr(0, 12)) == std::string::npos);
    CHECK(said_.find(client_secret) == std::string::npos);
  }
  expiring(const expiring&) = delete;
  expiring& operator=(const expiring&) = delete;

  auto client() {
    const ghl::observe watch{[this](const ghl::observation& seen) { said_.append(ghl::to_line(seen)).append("\n"); },
                             ghl::with_target};
    return ghl::client{
        adapter.transport([] {}),    ghl::nlohmann_json{},  credential_of(store, server, Adapter::plain_transport()),
        ghl::base_url{server.url()}, ghl::deadline{limit_}, watch};
  }
  template <class Client>
  outcome call(Client& api, const std::string& id) {
    outcome o = call_and_wait(adapter, api, call::delete_link, id);
    if (!o.worked) said_ += all_texts(o.error);
    return o;
  }
  template <class Client>
  void expect_works(Client& api, const std::string& id) {
    const outcome o = call(api, id);
    INFO(Adapter::name << ": " << text_of(o));
    CHECK(o.worked);
    CHECK(server.deleted("/links/" + id) == 1);
  }

  fault_server server;
  Adapter adapter;
  token_store store;

 private:
  std::chrono::milliseconds limit_;
  std::string said_;
};

template <class Adapter>
void run_tokens() {
  SECTION("it expires in the middle, and is refreshed once") {
    expiring<Adapter> e;
    auto api = e.client();
    e.server.expire_after(2);
    e.expect_works(api, "1");
    e.expect_works(api, "2");
    const outcome third = e.call(api, "3");
    CHECK(third.worked);
    REQUIRE(third.tried.size() == 1);
    CHECK(third.tried[0] == ghl::attempt{.number = 1, .why = reason::token, .status = 401, .was_sent = sent::yes});
    e.expect_works(api, "4");
    CHECK(e.server.seen() == 6);  // four calls, one of them twice, and the refresh
    CHECK(e.server.refreshes() == 1);
    CHECK(is_pair(e.store.read(), 2));
  }
  SECTION("the new pair cannot be stored: the caller has it, and calls go on") {
    expiring<Adapter> e;
    auto api = e.client();
    e.server.expire_after(0);
    e.store.set_broken(true);
    const outcome o = e.call(api, "1");
    REQUIRE_FALSE(o.worked);
    CHECK(o.error.fault == fault::tokens_not_stored);
    CHECK(o.error.remedy() == remedy::store_tokens);
    REQUIRE(o.error.unsaved_tokens.size() == 1);
    CHECK(is_pair(o.error.unsaved_tokens[0], 2));
    CHECK(is_pair(e.store.read(), 1));
    CHECK(e.server.deletions() == 0);
    e.expect_works(api, "2");
    CHECK(e.server.seen() == 3);
    CHECK(e.server.refreshes() == 1);
  }
  SECTION("another process has refreshed already") {
    expiring<Adapter> e;
    auto api = e.client();
    auto other = e.client();
    e.expect_works(api, "1");
    e.server.expire_after(0);
    e.expect_works(other, "2");
    e.expect_works(api, "3");
    CHECK(e.server.refreshes() == 1);
    CHECK(e.server.refused_refreshes() == 0);
    CHECK(e.server.seen() == 6);
  }
  SECTION("the new token is refused too: one refresh for a call") {
    expiring<Adapter> e;
    auto api = e.client();
    e.server.expire_each_after(0);
    const outcome o = e.call(api, "1");
    REQUIRE_FALSE(o.worked);
    CHECK(o.error.status == 401);
    CHECK(o.error.remedy() == remedy::refresh_token);
    CHECK(o.tried.size() == 1);
    CHECK(e.server.seen() == 3);
    CHECK(e.server.refreshes() == 1);
    CHECK(is_pair(e.store.read(), 2));
  }
  SECTION("the refresh takes longer than the call may: the pair is kept") {
    expiring<Adapter> e{std::chrono::milliseconds{150}};
    auto api = e.client();
    e.server.expire_after(0);
    e.server.next({{}, {.delay = 400ms}});
    const outcome o = e.call(api, "1");
    REQUIRE_FALSE(o.worked);
    CHECK(o.error.fault == fault::timeout);
    CHECK(o.error.was_sent == sent::no);
    CHECK(is_pair(e.store.read(), 2));
    e.expect_works(api, "2");
    CHECK(e.server.refreshes() == 1);
    CHECK(e.server.seen() == 3);
  }
  SECTION("the answer with the new pair is lost: it is told so, and not asked for twice") {
    expiring<Adapter> e;
    auto api = e.client();
    e.server.expire_after(0);
    e.server.next({{}, lost_at(part::half_the_body, ending::resets)});
    const outcome o = e.call(api, "1");
    REQUIRE_FALSE(o.worked);
    CHECK(o.error.kind == error_kind::transport);
    CHECK(o.error.fault == fault::cut_short);
    CHECK(o.error.was_sent == sent::yes);
    CHECK(o.error.endpoint == "Get Access Token");
    CHECK(seen_at(e.server, "/oauth/token") == 1);
    CHECK(e.server.deletions() == 0);
  }
  SECTION("the refresh token was used up") {
    expiring<Adapter> e;
    e.store.write({ghl::secret{fault_server::access_token(1)}, ghl::secret{fault_server::refresh_token(7)}});
    auto api = e.client();
    e.server.expire_after(0);
    const outcome o = e.call(api, "1");
    REQUIRE_FALSE(o.worked);
    CHECK(o.error.status == 400);
    CHECK(o.error.endpoint == "Get Access Token");
    CHECK(e.server.seen() == 2);
    CHECK(e.server.refused_refreshes() == 1);
  }
}

}  // namespace faults
