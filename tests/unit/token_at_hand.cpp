// The copy of a token in use that is read without a lock: whole or not at all, and never past its time.
#include "../catch.hpp"
#include "delete_link_call.hpp"
#include "token_pairs.hpp"

#include <ghl/auth/token_at_hand.hpp>
#include <ghl/ghl.hpp>
#include <ghl/refreshing_token.hpp>
#include <ghl/runner/clock.hpp>
#include <ghl/testing/scripted_transport.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <new>
#include <string>
#include <thread>
#include <utility>

using namespace fixture;
using namespace std::chrono_literals;
using ghl::token_pair;
using ghl::detail::token_at_hand;
using ghl::testing::script;
using ghl::testing::scripted_transport;

namespace {

/// A clock that stands still.
struct stopped_clock {
  std::int64_t time;
  std::int64_t operator()() const noexcept { return time; }
};
constexpr stopped_clock noon{43'200};

std::string letters(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += static_cast<char>('a' + i % 26);
  return text;
}

}  // namespace

TEST_CASE("a token at hand is the one that was offered last, whatever its length") {
  token_at_hand hand;
  CHECK(hand.text(noon).empty());
  for (const std::size_t size : {1U, 7U, 8U, 9U, 300U, 2000U, 15U, 16U, 17U, 4096U, 3U}) {
    hand.offer(letters(size), token_at_hand::never);
    CHECK(hand.text(noon) == letters(size));
  }
  hand.withdraw();
  CHECK(hand.text(noon).empty());
}

TEST_CASE("a token is at hand up to the second before its end") {
  token_at_hand hand;
  hand.offer("abc", 43'201);
  CHECK(hand.text(noon) == "abc");
  CHECK(hand.text(stopped_clock{43'201}).empty());
  CHECK(hand.text(stopped_clock{50'000}).empty());
}

TEST_CASE("what cannot stand in a header line is not at hand, nor is what was there before it") {
  for (const std::string& bad : {std::string{}, std::string{"a\r\nHost: elsewhere"}, std::string{"a b"},
                                std::string{"\xC3\xA9"}, std::string("a\0b", 3)}) {
    token_at_hand hand;
    hand.offer("abc", token_at_hand::never);
    hand.offer(bad, token_at_hand::never);
    CHECK(hand.text(noon).empty());
  }
}

TEST_CASE("threads read one token or another, never half of each") {
  constexpr std::size_t longest = 26 * 80;
  token_at_hand hand;
  std::atomic<bool> over{false};
  std::atomic<int> mixed{0};
  std::thread writer{[&] {
    for (std::size_t i = 0; !over; ++i) {
      hand.offer(std::string(longest - i % 26 * 80, static_cast<char>('a' + i % 26)), token_at_hand::never);
      std::this_thread::yield();
    }
  }};
  for (int whole = 0; whole < 20'000;) {
    const std::string text = hand.text(noon);
    if (text.empty()) continue;  // the writer was at it
    ++whole;
    const auto which = static_cast<std::size_t>(text.front() - 'a');
    if (text != std::string(longest - which * 80, text.front())) ++mixed;
  }
  over = true;
  writer.join();
  CHECK(mixed == 0);
}

TEST_CASE("a refreshing token has one at hand exactly where a call would get it without a question") {
  token_pair stored = first;
  bool can_store = true;
  ghl::refreshing_token credential{[&]() -> ghl::result<token_pair> { return stored; },
                              [&](const token_pair&) -> ghl::result<token_pair> { return second; },
                              [&](const token_pair& fresh) {
                                if (!can_store) throw std::bad_alloc{};
                                stored = fresh;
                              },
                              ghl::refresh_options{.ahead = 1h}};
  script server;
  const auto expect = [&](const char* bearer, const ghl::http::response& answer) {
    server.expect(ghl::method::del, "/links/x").header("Authorization", bearer).answer(answer.status, answer.body);
  };
  ghl::client api{scripted_transport{server}, json, credential};
  CHECK(credential.at_hand().empty());  // nobody has loaded it

  SECTION("after the first call, and after a refresh") {
    expect("Bearer access-1", created);
    CHECK(api.call(call));
    CHECK(credential.at_hand() == "access-1");
    expect("Bearer access-1", expired);
    expect("Bearer access-2", created);
    CHECK(api.call(call));
    CHECK(credential.at_hand() == "access-2");
    expect("Bearer access-2", created);
    CHECK(api.call(call));
  }
  SECTION("not where it is to be refreshed before the call") {
    stored.expires_at = ghl::detail::unix_now() + 3'000;
    CHECK(credential());  // loads it, whatever its age
    CHECK(credential.at_hand().empty());
    expect("Bearer access-2", created);
    CHECK(api.call(call));
    CHECK(credential.at_hand() == "access-2");
  }
  SECTION("where it could not be stored, too, once the caller has the pair") {
    can_store = false;
    CHECK(credential());
    expect("Bearer access-1", expired);
    CHECK(api.call(call).error().fault == ghl::fault::tokens_not_stored);
    CHECK(credential.at_hand() == "access-2");
  }
  SECTION("not for the credential of another store") {
    CHECK(credential());
    CHECK(credential.at_hand() == "access-1");
    ghl::refreshing_token other{[]() -> ghl::result<token_pair> { return third; },
                                [](const token_pair& old) -> ghl::result<token_pair> { return old; }};
    CHECK(other());
    CHECK(other.at_hand() == "access-3");
    CHECK(credential.at_hand() == "access-1");
  }
}
