// The credential that refreshes: who has the lease, which token counts, what is kept of a pair. Without a client.
#include "../catch.hpp"
#include "token_pairs.hpp"

#include <ghl/runner/clock.hpp>
#include <ghl/refreshing_token.hpp>

#include <atomic>
#include <concepts>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

using namespace fixture;
using ghl::refresh_lease;
using ghl::token_pair;
using answer = ghl::result<token_pair>;

namespace {

/// A store and an OAuth server, as far as the credential sees them.
struct house {
  answer stored = first;
  answer next = second;
  std::string store_says{};  // empty: it stores
  int loads = 0;
  int refreshes = 0;
  int stores = 0;

  auto token() {
    return ghl::refreshing_token{[this] { return ++loads, stored; },
                                 [this](const token_pair&) { return ++refreshes, next; },
                                 [this](const token_pair& fresh) -> ghl::result<int> {
                                   ++stores;
                                   if (!store_says.empty())
                                     return ghl::invalid_request(ghl::fault::other, "the disk", store_says);
                                   stored = fresh;
                                   return 0;
                                 }};
  }
};

/// Whether so many milliseconds are not over yet: where a slow machine took longer, nothing is known of what happened
/// within them.
class within {
 public:
  explicit within(std::int64_t ms) : end_(ghl::detail::monotonic_now().count() + ms) {}
  [[nodiscard]] bool still() const { return ghl::detail::monotonic_now().count() < end_; }

 private:
  std::int64_t end_;
};

/// What a client does with the lease.
template <class Token>
ghl::result<std::string> refreshed(const Token& token, std::string_view refused) {
  const refresh_lease lease = token.begin_refresh(refused);
  if (lease.what == refresh_lease::superseded) return lease.token;
  if (lease.what == refresh_lease::failed) return *lease.why;
  REQUIRE(lease.what == refresh_lease::leader);
  return token.end_refresh(token.refresh(lease.pair));
}

ghl::error invalid_grant() {
  ghl::error e;
  e.kind = ghl::error_kind::status;
  e.was_sent = ghl::sent::yes;
  e.status = 400;
  e.messages = {"invalid_grant: This refresh token is invalid"};
  return e;
}

std::string everything(const ghl::error& e) {
  std::string out = e.message() + e.where + e.detail + e.trace_id + e.content_type + e.excerpt;
  for (const std::string& text : e.messages) out += text;
  return out;
}

}  // namespace

TEST_CASE("the token is loaded at its first use and then kept") {
  house h;
  const auto token = h.token();
  CHECK(h.loads == 0);
  CHECK(token() == "access-1");
  CHECK(token() == "access-1");
  CHECK(h.loads == 1);
  CHECK(h.refreshes == 0);
}

TEST_CASE("copies of a refreshing token are one") {
  house h;
  const auto token = h.token();
  const auto copy = token;
  CHECK(token() == "access-1");
  CHECK(refreshed(copy, "access-1") == "access-2");
  CHECK(token() == "access-2");
  CHECK(h.loads == 2);
}

TEST_CASE("a load that fails says why, and is tried again at the next use") {
  house h;
  h.stored = ghl::invalid_request(ghl::fault::other, "the vault", "it is locked");
  const auto token = h.token();
  CHECK(token().error().where == "the vault");
  h.stored = first;
  CHECK(token() == "access-1");
}

TEST_CASE("an empty token is not kept") {
  house h;
  h.stored = pair_of("", "");
  const auto token = h.token();
  CHECK(token() == "");
  h.stored = first;
  CHECK(token() == "access-1");
}

TEST_CASE("a refresh gives the new token, stores the pair and is done once") {
  house h;
  const auto token = h.token();
  static_cast<void>(token());
  CHECK(refreshed(token, "access-1") == "access-2");
  CHECK(token() == "access-2");
  CHECK(h.stored == second);
  CHECK(h.refreshes == 1);
  CHECK(h.stores == 1);
  // Another call had sent the old token too, and is refused later.
  CHECK(token.begin_refresh("access-1").what == refresh_lease::superseded);
  CHECK(token.begin_refresh("access-1").token == "access-2");
  CHECK(h.refreshes == 1);
}

TEST_CASE("before it refreshes it looks whether another process has stored a newer token") {
  house h;
  const auto token = h.token();
  static_cast<void>(token());
  h.stored = third;
  const refresh_lease lease = token.begin_refresh("access-1");
  CHECK(lease.what == refresh_lease::superseded);
  CHECK(lease.token == "access-3");
  CHECK(token() == "access-3");
  CHECK(h.refreshes == 0);
  // The next lease is free, and starts from the other process's pair.
  CHECK(token.begin_refresh("access-3").pair == third);
}

TEST_CASE("a refresh that failed because another process was faster ends with that one's token") {
  house h;
  h.next = invalid_grant();
  const ghl::refreshing_token token{[&] { return ++h.loads, h.stored; },
                                    [&](const token_pair&) {
                                      h.stored = third;  // the other process, meanwhile
                                      return h.next;
                                    }};
  static_cast<void>(token());
  CHECK(refreshed(token, "access-1") == "access-3");
  CHECK(token() == "access-3");
}

TEST_CASE("a store that still holds an older pair does not bring it back") {
  house h;
  const ghl::refreshing_token token{[&] { return first; },  // nobody stores
                                    [&](const token_pair&) { return ++h.refreshes, h.next; }};
  static_cast<void>(token());
  CHECK(refreshed(token, "access-1") == "access-2");
  h.next = third;
  const refresh_lease lease = token.begin_refresh("access-2");
  CHECK(lease.what == refresh_lease::leader);
  CHECK(lease.pair == second);
  CHECK(token.end_refresh(token.refresh(lease.pair)) == "access-3");
  CHECK(token.begin_refresh("access-3").pair == third);
}

TEST_CASE("the pair to be refreshed is the one in the store") {
  house h;
  const auto token = h.token();
  static_cast<void>(token());
  h.stored = pair_of("access-1", "refresh-by-hand");
  CHECK(token.begin_refresh("access-1").pair.refresh_token.reveal() == "refresh-by-hand");
}

TEST_CASE("a store without the refresh token leaves the one in memory in use") {
  house h;
  const auto token = h.token();
  static_cast<void>(token());
  h.stored = pair_of("access-1", "");
  CHECK(token.begin_refresh("access-1").pair.refresh_token.reveal() == "refresh-1");
}

TEST_CASE("a store that was emptied does not take the token away") {
  house h;
  const auto token = h.token();
  static_cast<void>(token());
  h.stored = pair_of("", "");
  CHECK(token.begin_refresh("access-1").pair == first);
}

TEST_CASE("a store that kept half of the last pair is not believed") {
  house h;
  const ghl::refreshing_token token{[&] { return h.stored; }, [&](const token_pair&) { return h.next; },
                                    [&](const token_pair&) {
                                      h.stored = pair_of("access-2", "refresh-1");
                                      return false;
                                    }};
  static_cast<void>(token());
  CHECK(!refreshed(token, "access-1"));
  CHECK(token.begin_refresh("access-2").pair == second);
}

TEST_CASE("while one caller refreshes the others are told to ask again, and then get the new token") {
  house h;
  const auto token = h.token();
  static_cast<void>(token());
  const refresh_lease mine = token.begin_refresh("access-1");
  CHECK(mine.what == refresh_lease::leader);
  CHECK(mine.pair == first);
  CHECK(token.begin_refresh("access-1").what == refresh_lease::follower);
  CHECK(token() == "access-1");
  CHECK(h.loads == 2);
  CHECK(token.end_refresh(second) == "access-2");
  const refresh_lease waited = token.begin_refresh("access-1");
  CHECK(waited.what == refresh_lease::superseded);
  CHECK(waited.token == "access-2");
}

TEST_CASE("a lease that is abandoned goes to the next who asks") {
  house h;
  const auto token = h.token();
  static_cast<void>(token());
  CHECK(token.begin_refresh("access-1").what == refresh_lease::leader);
  token.abandon_refresh();
  CHECK(token.begin_refresh("access-1").what == refresh_lease::leader);
}

TEST_CASE("where the store cannot be read there is no refresh") {
  house h;
  const auto token = h.token();
  static_cast<void>(token());
  h.stored = ghl::invalid_request(ghl::fault::other, "the vault");
  const refresh_lease lease = token.begin_refresh("access-1");
  CHECK(lease.what == refresh_lease::failed);
  CHECK(lease.why->where == "the vault");
  h.stored = first;
  CHECK(token.begin_refresh("access-1").what == refresh_lease::leader);
}

TEST_CASE("a pair that could not be stored is in the error and in use") {
  house h;
  h.store_says = "no space left for access-2 and refresh-2";
  const auto token = h.token();
  static_cast<void>(token());
  const auto r = refreshed(token, "access-1");
  REQUIRE(!r);
  CHECK(r.error().kind == ghl::error_kind::invalid_request);
  CHECK(r.error().fault == ghl::fault::tokens_not_stored);
  CHECK(r.error().was_sent == ghl::sent::no);
  CHECK(r.error().where == "the refreshed tokens");
  CHECK(r.error().unsaved_tokens == std::vector{second});
  CHECK(r.error().detail == "the disk the transport failed (no space left for [secret] and [secret]); nothing was sent");
  // The others of the flight, and the next call.
  CHECK(token.begin_refresh("access-1").token == "access-2");
  CHECK(token() == "access-2");
  // The store is behind, and what it holds is not taken for news.
  const refresh_lease lease = token.begin_refresh("access-2");
  CHECK(lease.what == refresh_lease::leader);
  CHECK(lease.pair == second);
}

TEST_CASE("a store that throws has failed to store") {
  house h;
  const ghl::refreshing_token token{[&] { return h.stored; }, [&](const token_pair&) { return h.next; },
                                    [](const token_pair& fresh) {
                                      throw std::runtime_error{"cannot write " + fresh.refresh_token.reveal()};
                                    }};
  static_cast<void>(token());
  const auto r = refreshed(token, "access-1");
  REQUIRE(!r);
  CHECK(r.error().fault == ghl::fault::tokens_not_stored);
  CHECK(r.error().unsaved_tokens == std::vector{second});
  CHECK(r.error().detail == "cannot write [secret]");
  CHECK(token.begin_refresh("access-2").what == refresh_lease::leader);
}

TEST_CASE("a store may give nothing, a bool, or a result") {
  bool good = false;
  const auto load = [] { return first; };
  const auto refresh = [](const token_pair&) { return second; };
  const ghl::refreshing_token silent{load, refresh, [](const token_pair&) {}};
  const ghl::refreshing_token frank{load, refresh, [&](const token_pair&) { return good; }};
  CHECK(refreshed(silent, "access-1") == "access-2");
  const auto r = refreshed(frank, "access-1");
  REQUIRE(!r);
  CHECK(r.error().unsaved_tokens == std::vector{second});
  CHECK(r.error().detail.empty());
  good = true;
  CHECK(refreshed(frank, "access-2") == "access-2");
}

TEST_CASE("the store is asked while others have the new token already") {
  std::function<std::string()> ask;
  std::string seen;
  const ghl::refreshing_token token{[] { return first; }, [](const token_pair&) { return second; },
                                    [&](const token_pair&) { seen = ask(); }};
  ask = [&] { return token.begin_refresh("access-1").token; };
  static_cast<void>(token());
  CHECK(refreshed(token, "access-1") == "access-2");
  CHECK(seen == "access-2");
}

TEST_CASE("a refresh that stores by itself hands over what it could not store") {
  house h;
  ghl::error e = ghl::invalid_request(ghl::fault::tokens_not_stored, "the refreshed tokens", "disk full: refresh-2");
  e.unsaved_tokens.push_back(second);
  h.next = e;
  const auto token = h.token();
  static_cast<void>(token());
  const auto r = refreshed(token, "access-1");
  REQUIRE(!r);
  CHECK(r.error().unsaved_tokens == std::vector{second});
  CHECK(r.error().detail == "disk full: [secret]");
  CHECK(h.stores == 0);
  CHECK(token() == "access-2");
  CHECK(token.begin_refresh("access-1").token == "access-2");
  CHECK(token.begin_refresh("access-2").pair == second);
}

TEST_CASE("an answer without a refresh token leaves the old one valid") {
  house h;
  h.next = pair_of("access-2", "", 60);
  const auto token = h.token();
  static_cast<void>(token());
  CHECK(refreshed(token, "access-1") == "access-2");
  CHECK(h.stored == pair_of("access-2", "refresh-1", 60));
}

TEST_CASE("a refresh without an access token is an error that keeps the refresh token") {
  house h;
  h.next = pair_of("", "refresh-2");
  const auto token = h.token();
  static_cast<void>(token());
  const auto r = refreshed(token, "access-1");
  REQUIRE(!r);
  CHECK(r.error().fault == ghl::fault::empty_token);
  CHECK(r.error().message() ==
        "the refreshed token is empty: give the client a token; nothing was sent; store error.unsaved_tokens, then "
        "repeat the call");
  CHECK(r.error().unsaved_tokens == std::vector{pair_of("", "refresh-2")});
  CHECK(token.begin_refresh("access-1").pair == pair_of("access-1", "refresh-2"));
}

TEST_CASE("a refresh that the server refused is not repeated with the same token for a second") {
  house h;
  h.next = invalid_grant();
  const auto token = h.token();
  static_cast<void>(token());
  const within a_second{1'000};
  CHECK(refreshed(token, "access-1").error() == invalid_grant());
  CHECK(refreshed(token, "access-1").error() == invalid_grant());
  CHECK(refreshed(token, "access-1").error() == invalid_grant());
  if (a_second.still()) CHECK(h.refreshes == 1);
  h.next = second;
  ghl::detail::sleep_for(ghl::milliseconds{1'100});
  CHECK(refreshed(token, "access-1") == "access-2");
}

TEST_CASE("a refresh that was not sent is tried again by the next call") {
  house h;
  h.next = ghl::transport_error(ghl::fault::connect, ghl::sent::no);
  const auto token = h.token();
  static_cast<void>(token());
  CHECK(refreshed(token, "access-1").error().fault == ghl::fault::connect);
  h.next = second;
  CHECK(refreshed(token, "access-1") == "access-2");
}

TEST_CASE("those who waited for a refresh that was not sent do not try one after the other") {
  house h;
  const auto token = h.token();
  static_cast<void>(token());
  CHECK(token.begin_refresh("access-1").what == refresh_lease::leader);
  CHECK(token.begin_refresh("access-1").what == refresh_lease::follower);
  const ghl::error e = ghl::transport_error(ghl::fault::connect, ghl::sent::no);
  const within a_moment{100};
  CHECK(token.end_refresh(e).error() == e);
  const refresh_lease waited = token.begin_refresh("access-1");
  if (a_moment.still()) {
    CHECK(waited.what == refresh_lease::failed);
    CHECK(waited.why == e);
  } else {
    token.abandon_refresh();
  }
  ghl::detail::sleep_for(ghl::milliseconds{150});
  CHECK(token.begin_refresh("access-1").what == refresh_lease::leader);
}

TEST_CASE("no error of the user's functions holds a token") {
  house h;
  const auto token = h.token();
  static_cast<void>(token());
  ghl::error e = invalid_grant();
  e.messages = {"access-1 with refresh-1"};
  e.detail = e.where = e.trace_id = e.content_type = e.excerpt = "refresh-1 of access-1";
  h.next = e;
  CHECK(everything(refreshed(token, "access-1").error()).find("ss-1") == std::string::npos);
  CHECK(everything(refreshed(token, "access-1").error()).find("sh-1") == std::string::npos);
  h.stored = e;
  ghl::detail::sleep_for(ghl::milliseconds{1'100});
  CHECK(token.begin_refresh("access-1").why->detail == "[secret] of [secret]");
}

TEST_CASE("no error holds the refresh token that the store had and the memory had not") {
  house h;
  const auto token = h.token();
  static_cast<void>(token());
  h.stored = pair_of("access-1", "refresh-by-hand");
  h.next = ghl::transport_error(ghl::fault::other, ghl::sent::no, "refresh-by-hand");
  CHECK(refreshed(token, "access-1").error().detail == "[secret]");
}

TEST_CASE("what load and refresh throw passes through, and nobody waits for it") {
  bool throws = true;
  const auto thrower = [&] {
    if (throws) throw std::runtime_error{"the vault"};
    return first;
  };
  const ghl::refreshing_token token{thrower, [&](const token_pair&) { return thrower(); }};
  CHECK_THROWS_AS(token(), std::runtime_error);
  CHECK_THROWS_AS(token.begin_refresh("access-1"), std::runtime_error);
  throws = false;
  CHECK(token() == "access-1");
  const refresh_lease lease = token.begin_refresh("access-1");
  CHECK(lease.what == refresh_lease::leader);
  throws = true;
  CHECK_THROWS_AS(token.refresh(lease.pair), std::runtime_error);
  CHECK(token.begin_refresh("access-1").what == refresh_lease::follower);  // the lease is still the caller's
  CHECK_THROWS_AS(token.end_refresh(invalid_grant()), std::runtime_error);  // it loads
  throws = false;
  CHECK(token.begin_refresh("access-1").what == refresh_lease::leader);
}

TEST_CASE("functions that call with the token that they provide are told so, and do not wait for themselves") {
  using text = ghl::result<std::string>;
  std::function<text()> use;
  std::vector<text> seen;
  const ghl::refreshing_token token{[&] {
                                      if (seen.empty()) seen.push_back(use());
                                      return first;
                                    },
                                    [&](const token_pair&) {
                                      seen.push_back(use());
                                      return second;
                                    }};
  use = [&] { return token(); };
  CHECK(token() == "access-1");
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].error().message() ==
        "the token is empty: give the client a token (load, refresh or store made a call with the token that it is to "
        "provide); nothing was sent");
  use = [&]() -> text { return *token.begin_refresh("access-1").why; };
  CHECK(refreshed(token, "access-1") == "access-2");
  REQUIRE(seen.size() == 2);
  CHECK(seen[1].error() == seen[0].error());
}

TEST_CASE("a refresh may take a completion") {
  std::function<void(answer)> done;
  const ghl::refreshing_token token{[] { return first; },
                                    [&](const token_pair&, std::function<void(answer)> d) { done = std::move(d); }};
  const refresh_lease lease = token.begin_refresh("access-1");
  ghl::result<std::string> got = std::string{};
  token.refresh(lease.pair, [&](answer a) { got = token.end_refresh(std::move(a)); });
  CHECK(token.begin_refresh("access-1").what == refresh_lease::follower);
  done(second);
  CHECK(got == "access-2");
}

TEST_CASE("facts of a refreshing token are checked as those of any") {
  const auto load = [] { return first; };
  const auto refresh = [](const token_pair&) { return second; };
  const auto store = [](const token_pair&) {};
  const ghl::refreshing_token narrow{load, refresh, ghl::scopes<"links.readonly">};
  const ghl::refreshing_token agency{load, refresh, store, ghl::token_type<ghl::token::agency>};
  using narrow_type = std::remove_const_t<decltype(narrow)>;
  using agency_type = std::remove_const_t<decltype(agency)>;
  static_assert(narrow_type::grants("links.readonly") && !narrow_type::grants("links.write"));
  static_assert(agency_type::grants("links.write") && agency_type::refreshes);
  static_assert(ghl::credential<narrow_type> && ghl::credential<const agency_type>);
  CHECK(refreshed(narrow, "access-1") == "access-2");
  CHECK(refreshed(agency, "access-1") == "access-2");
}

TEST_CASE("functions that cannot be copied will do") {
  struct once {
    once() = default;
    once(once&&) = default;
    once& operator=(once&&) = default;
    answer operator()() const { return first; }
    answer operator()(const token_pair&) const { return second; }
  };
  static_assert(!std::copy_constructible<once>);
  const ghl::refreshing_token token{once{}, once{}};
  const auto copy = token;
  CHECK(refreshed(copy, "access-1") == "access-2");
}

TEST_CASE("eight threads that meet an expired token share each refresh") {
  constexpr int rounds = 100;
  constexpr int threads = 8;
  int stored = 0;     // all of these without a lock: the credential never runs two of its functions at a time
  int refreshes = 0;
  int loads = 0;
  const auto numbered = [](int n) { return pair_of("access-" + std::to_string(n), "refresh-" + std::to_string(n)); };
  const ghl::refreshing_token token{[&] { return ++loads, numbered(stored); },
                                    [&](const token_pair& old) -> answer {
                                      if (!(old == numbered(refreshes))) return invalid_grant();
                                      return numbered(++refreshes);
                                    },
                                    [&](const token_pair&) { stored = refreshes; }};
  std::atomic<int> valid{0};
  std::atomic<int> failed{0};
  std::atomic<int> met{0};
  const auto meet = [&](int times) {
    ++met;
    while (met < times * threads) std::this_thread::yield();
  };
  std::vector<std::thread> crew;
  for (int i = 0; i < threads; ++i)
    crew.emplace_back([&] {
      for (int round = 0; round < rounds; ++round) {
        ghl::result<std::string> t = token();
        meet(2 * round + 1);  // all have the token of this round
        for (;;) {
          const refresh_lease lease = token.begin_refresh(*t);
          if (lease.what == refresh_lease::follower) {
            std::this_thread::yield();
            continue;
          }
          ghl::result<std::string> next = lease.token;
          if (lease.what == refresh_lease::leader) next = token.end_refresh(token.refresh(lease.pair));
          if (lease.what == refresh_lease::failed || !next) ++failed;
          else if (*next == "access-" + std::to_string(round + 1)) ++valid;
          break;
        }
        meet(2 * round + 2);
      }
    });
  for (std::thread& t : crew) t.join();
  CHECK(failed == 0);
  CHECK(valid == rounds * threads);
  CHECK(refreshes == rounds);
}

TEST_CASE("threads that need the first token at the same time load it once") {
  constexpr int threads = 8;
  std::atomic<int> came{0};
  std::atomic<int> loads{0};
  std::atomic<int> good{0};
  const ghl::refreshing_token token{[&] {
                                      ++loads;
                                      while (came < threads) std::this_thread::yield();  // the others ask meanwhile
                                      return first;
                                    },
                                    [](const token_pair&) { return second; }};
  std::vector<std::thread> crew;
  for (int i = 0; i < threads; ++i)
    crew.emplace_back([&] {
      ++came;
      if (token() == "access-1") ++good;
    });
  for (std::thread& t : crew) t.join();
  CHECK(good == threads);
  CHECK(loads == 1);
}
