// The rules about sending again, without a network, a clock or a random source.
#include "../catch.hpp"

#include <ghl/api/links.hpp>
#include <ghl/api/opportunities.hpp>
#include <ghl/operation/retry_machine.hpp>
#include <ghl/retry.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/http.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using ghl::clock_sample;
using ghl::method;
using ghl::milliseconds;
using ghl::retry;
using ghl::retry_machine;
using ghl::step;

namespace {

constexpr milliseconds no_deadline{};

ghl::error status(int code, std::string message = {}) {
  ghl::error e;
  e.kind = ghl::error_kind::status;
  e.status = code;
  e.was_sent = ghl::sent::yes;
  if (!message.empty()) e.messages.push_back(std::move(message));
  return e;
}
ghl::error lost(ghl::fault f = ghl::fault::connection_lost, ghl::sent was_sent = ghl::sent::maybe) {
  return ghl::transport_error(f, was_sent);
}
clock_sample at(std::int64_t ms, std::uint64_t random = 0) { return {.now = milliseconds{ms}, .random = random}; }
step send(std::int64_t limit = 0) { return {.what = step::send, .time = milliseconds{limit}}; }
step wait(std::int64_t ms) { return {.what = step::wait, .time = milliseconds{ms}}; }
constexpr step done{.what = step::done};

/// What the rules say after the first attempt of a call that may have three.
step after(method m, const ghl::error& e) {
  retry_machine x{m, retry{.attempts = 3}, false, no_deadline};
  static_cast<void>(x.begin());
  return x.after_error(e, at(0, 100));
}

}  // namespace

TEST_CASE("the first attempt has the whole deadline, or none") {
  CHECK(retry_machine{method::get, retry{}, false, milliseconds{1000}}.begin() == send(1000));
  CHECK(retry_machine{method::get, retry{}, false, no_deadline}.begin() == send(0));
  CHECK(retry_machine{method::get, retry{}, false, milliseconds{-1}}.begin() == send(0));
}

TEST_CASE("GET and DELETE are sent again after a connection error and after 502, 503 and 504; others are not") {
  for (const ghl::error& e : {lost(), lost(ghl::fault::connect), lost(ghl::fault::timeout),
                              status(502), status(503), status(504), status(520), status(524), status(530)}) {
    CAPTURE(e.message());
    CHECK(after(method::get, e) == wait(100));
    CHECK(after(method::del, e) == wait(100));
    CHECK(after(method::post, e) == done);
    CHECK(after(method::put, e) == done);
    CHECK(after(method::patch, e) == done);
  }
}

TEST_CASE("once a part of an answer came nothing is sent again, whatever the method") {
  for (const method m : {method::get, method::del, method::post, method::put, method::patch}) {
    CHECK(after(m, lost(ghl::fault::cut_short, ghl::sent::yes)) == done);
    CHECK(after(m, lost(ghl::fault::cut_short)) == done);
    CHECK(after(m, lost(ghl::fault::timeout, ghl::sent::yes)) == done);
  }
}

TEST_CASE("whatever the method, what certainly was not sent may be sent again") {
  for (const method m : {method::get, method::del, method::post, method::put, method::patch}) {
    CHECK(after(m, lost(ghl::fault::connect, ghl::sent::no)) == wait(100));
    CHECK(after(m, lost(ghl::fault::connection_lost, ghl::sent::no)) == wait(100));
    CHECK(after(m, lost(ghl::fault::timeout, ghl::sent::no)) == wait(100));
  }
}

TEST_CASE("nothing is sent again after any other answer or fault") {
  for (const int code : {300, 302, 400, 401, 403, 404, 409, 410, 422, 500, 501, 505, 525})
    for (const method m : {method::get, method::del, method::post}) CHECK(after(m, status(code)) == done);
  for (const ghl::fault f : {ghl::fault::tls, ghl::fault::too_large, ghl::fault::cancelled, ghl::fault::other})
    for (const ghl::sent s : {ghl::sent::no, ghl::sent::maybe}) CHECK(after(method::get, lost(f, s)) == done);
  CHECK(after(method::get, ghl::decode_error(ghl::fault::not_json)) == done);
  CHECK(after(method::get, ghl::invalid_request(ghl::fault::empty_value, "id")) == done);
}

TEST_CASE("429 is repeated for every method, but not on a spent daily limit") {
  for (const method m : {method::get, method::del, method::post, method::put, method::patch})
    CHECK(after(m, status(429)) == wait(100));
  ghl::error spent = status(429);
  spent.rate_limit.daily_remaining = 0;
  spent.retry_after = milliseconds{1};
  CHECK(after(method::get, spent) == done);
}

TEST_CASE("a pause is Retry-After, else the burst interval, else back-off; the first two with a part at random") {
  const auto pause = [](const ghl::error& e, std::uint64_t random) {
    const retry often{.attempts = 9, .base = milliseconds{500}, .spread = milliseconds{1000}};
    retry_machine x{method::get, often, false, no_deadline};
    static_cast<void>(x.begin());
    return x.after_error(e, {.now = milliseconds{0}, .random = random, .unix_time = 1'000'000}).time.count();
  };
  ghl::error e = status(429);
  CHECK(pause(e, 499) == 499);
  CHECK(pause(e, 500) == 500);
  CHECK(pause(e, 501) == 0);  // the bound of the first back-off is 500
  e.rate_limit.interval_ms = 10'000;
  CHECK(pause(e, 0) == 10'000);
  CHECK(pause(e, 999) == 10'999);
  CHECK(pause(e, 1000) == 11'000);
  CHECK(pause(e, 1001) == 10'000);
  e.retry_at = 1'000'007;
  CHECK(pause(e, 3) == 7'003);
  e.retry_at = 999'000;  // gone by
  CHECK(pause(e, 3) == 3);
  e.retry_after = milliseconds{2'000};
  CHECK(pause(e, 5) == 2'005);
  ghl::error unavailable = status(503);
  unavailable.retry_after = milliseconds{2'000};
  unavailable.rate_limit.interval_ms = 10'000;
  CHECK(pause(unavailable, 5) == 2'005);
  unavailable.retry_after.reset();
  CHECK(pause(unavailable, 5) == 5);
}

TEST_CASE("back-off doubles its bound from attempt to attempt, up to the longest wait") {
  const retry often{.attempts = 8, .base = milliseconds{500}, .longest_wait = milliseconds{3'000}};
  retry_machine x{method::get, often, false, no_deadline};
  static_cast<void>(x.begin());
  for (const std::int64_t bound : {500, 1000, 2000, 3000, 3000, 3000, 3000}) {
    // A number that is one less than a multiple of bound + 1 leaves the bound itself.
    CHECK(x.after_error(status(503), at(0, static_cast<std::uint64_t>((bound + 1) * 1'000'003 - 1))) == wait(bound));
    CHECK(x.after_wait(at(0)) == send());
  }
  CHECK(x.after_error(status(503), at(0)) == done);
  CHECK(x.sends() == 8);
}

TEST_CASE("absurd numbers of attempts and milliseconds do no harm") {
  CHECK([] {
    retry_machine x{method::get, retry{.attempts = -3}, false, no_deadline};
    static_cast<void>(x.begin());
    return x.after_error(status(503), at(0));
  }() == done);
  constexpr milliseconds endless{INT64_MAX};
  const retry patient{.attempts = 100, .base = endless, .longest_wait = endless, .spread = endless};
  retry_machine x{method::get, patient, false, no_deadline};
  static_cast<void>(x.begin());
  for (int i = 0; i < 80; ++i) {
    const step now = x.after_error(status(503), at(0, UINT64_MAX - static_cast<std::uint64_t>(i)));
    REQUIRE(now.what == step::wait);
    CHECK(now.time.count() >= 0);
    static_cast<void>(x.after_wait(at(0)));
  }
  const retry less_than_nothing{.attempts = 2, .base = milliseconds{-5}, .longest_wait = milliseconds{-5}};
  retry_machine negative{method::get, less_than_nothing, false, no_deadline};
  static_cast<void>(negative.begin());
  CHECK(negative.after_error(status(503), at(0, 7)) == send());
}

TEST_CASE("a pause that is longer than the longest wait, or than what is left of the deadline, is not begun") {
  ghl::error e = status(429);
  e.retry_after = milliseconds{5'000};
  {
    retry_machine x{method::get, retry{.longest_wait = milliseconds{4'999}}, false, no_deadline};
    static_cast<void>(x.begin());
    CHECK(x.after_error(e, at(0)) == done);
    CHECK(x.tried().empty());
  }
  {
    retry_machine x{method::get, retry{.longest_wait = milliseconds{5'000}}, false, no_deadline};
    static_cast<void>(x.begin());
    CHECK(x.after_error(e, at(0, 900)) == wait(5'000));  // the part at random does not go over it
  }
  {
    retry_machine x{method::get, retry{}, false, milliseconds{5'100}};
    static_cast<void>(x.begin());
    CHECK(x.after_error(e, at(100)) == done);
  }
  {
    retry_machine x{method::get, retry{}, false, milliseconds{5'101}};
    static_cast<void>(x.begin());
    CHECK(x.after_error(e, at(100)) == wait(5'000));
    CHECK(x.after_wait(at(5'100)) == send(1));
  }
}

TEST_CASE("each attempt has what is left of the deadline, waits included, or its own limit") {
  retry_machine x{method::get, retry{.attempts = 4, .attempt_limit = milliseconds{400}}, false, milliseconds{1000}};
  CHECK(x.begin() == send(400));
  CHECK(x.after_error(lost(ghl::fault::timeout), at(400, 250)) == wait(250));
  CHECK(x.after_wait(at(655)) == send(345));
  CHECK(x.after_error(lost(), at(700, 0)) == send(300));
  CHECK(x.after_error(lost(), at(990, 9)) == wait(9));
  CHECK(x.after_wait(at(1000)) == done);
  CHECK(retry_machine{method::get, retry{.attempt_limit = milliseconds{7}}, false, no_deadline}.begin() == send(7));
}

TEST_CASE("a clock that stands still does not make a deadline endless") {
  retry_machine x{method::get, retry{.attempts = 100}, false, milliseconds{1000}};
  static_cast<void>(x.begin());
  int waits = 0;
  while (x.after_error(status(503), at(0, 300)).what == step::wait) {
    static_cast<void>(x.after_wait(at(0)));
    REQUIRE(++waits < 10);
  }
  CHECK(waits == 3);
}

TEST_CASE("an expired token is refreshed once, whatever the method, and that is not one of the attempts") {
  const ghl::error expired = status(401, "Invalid JWT");
  retry_machine x{method::post, retry{.attempts = 1}, true, no_deadline};
  static_cast<void>(x.begin());
  CHECK(x.after_error(expired, at(0)) == step{.what = step::refresh});
  CHECK(x.after_refresh(at(0)) == send());
  CHECK(x.after_error(expired, at(0)) == done);
  CHECK(x.sends() == 2);

  retry_machine with_attempts{method::get, retry{.attempts = 2}, true, no_deadline};
  static_cast<void>(with_attempts.begin());
  CHECK(with_attempts.after_error(status(503), at(0, 5)) == wait(5));
  CHECK(with_attempts.after_wait(at(5)) == send());
  CHECK(with_attempts.after_error(expired, at(5)).what == step::refresh);
  CHECK(with_attempts.after_refresh(at(9)) == send());
  CHECK(with_attempts.after_error(status(503), at(10)) == done);
  CHECK(with_attempts.sends() == 3);
}

TEST_CASE("no other 401 is refreshed, and none without a credential that can") {
  const auto next = [](const ghl::error& e, bool can) {
    retry_machine x{method::get, retry{.attempts = 3}, can, no_deadline};
    static_cast<void>(x.begin());
    return x.after_error(e, at(0)).what;
  };
  CHECK(next(status(401, "Invalid JWT"), true) == step::refresh);
  CHECK(next(status(401, "Invalid JWT"), false) == step::done);
  for (const char* text : {"Invalid Private Integration token", "The token is not authorized for this scope.",
                           "version header was not found.", "This AuthClass is not yet supported", "something new"})
    CHECK(next(status(401, text), true) == step::done);
  CHECK(next(status(403, "Invalid JWT"), true) == step::done);
}

TEST_CASE("what was tried is written down: attempt, wait, reason, status or fault") {
  retry_machine x{method::del, retry{.attempts = 4}, true, no_deadline};
  static_cast<void>(x.begin());
  static_cast<void>(x.after_error(lost(), at(0, 11)));
  static_cast<void>(x.after_wait(at(11)));
  static_cast<void>(x.after_error(status(504), at(11, 22)));
  static_cast<void>(x.after_wait(at(33)));
  static_cast<void>(x.after_error(status(401, "Invalid JWT"), at(33)));
  static_cast<void>(x.after_refresh(at(40)));
  static_cast<void>(x.after_error(status(429), at(40, 33)));
  CHECK(x.tried() ==
        std::vector<ghl::attempt>{
            {.number = 1, .wait = milliseconds{11}, .why = ghl::reason::connection,
             .fault = ghl::fault::connection_lost, .was_sent = ghl::sent::maybe},
            {.number = 2, .wait = milliseconds{22}, .why = ghl::reason::gateway, .status = 504,
             .was_sent = ghl::sent::yes},
            {.number = 3, .why = ghl::reason::token, .status = 401, .was_sent = ghl::sent::yes},
            {.number = 4, .wait = milliseconds{33}, .why = ghl::reason::rate_limited, .status = 429,
             .was_sent = ghl::sent::yes}});
}

TEST_CASE("a DELETE that lost its answer and then meets \"not found\" was probably deleted by the first attempt") {
  const auto outcome_of = [](const ghl::endpoint_facts& of, method m, const ghl::error& first, ghl::error second) {
    retry_machine x{m, retry{.attempts = 3}, false, no_deadline};
    static_cast<void>(x.begin());
    if (x.after_error(first, at(0, 1)).what == step::wait) static_cast<void>(x.after_wait(at(1)));
    second.called = &of;
    CHECK(x.after_error(second, at(2)) == done);
    return x.probably_deleted();
  };
  const auto outcome = [&](method m, const ghl::error& first, ghl::error second) {
    return outcome_of(ghl::endpoint_of<ghl::links::delete_link>, m, first, std::move(second));
  };
  const auto of_followers = [&](const ghl::error& first, ghl::error second) {
    return outcome_of(ghl::endpoint_of<ghl::opportunities::remove_followers>, method::del, first, std::move(second));
  };
  ghl::error traced = status(404);
  traced.trace_id = "4e76";
  for (const ghl::error& first : {lost(), lost(ghl::fault::timeout), status(502), status(504), status(524)}) {
    CHECK(outcome(method::del, first, status(404, "Link not found")));
    CHECK(outcome(method::del, first, traced));
    CHECK(outcome(method::del, first, status(410, "gone")));
    CHECK_FALSE(outcome(method::del, first, status(404)));  // somebody's page
    CHECK_FALSE(outcome(method::del, first, status(410)));
    CHECK(outcome(method::del, first, status(500, "Conversation with id x not found")));
    CHECK_FALSE(of_followers(first, status(404, "Opportunity not found")));
    CHECK_FALSE(of_followers(first, status(400, "Opportunity not found")));
    CHECK(outcome(method::del, first, status(400, "The conversation was Not Found")));
    CHECK(outcome(method::del, first, status(422, "link does not exist")));
    CHECK_FALSE(outcome(method::get, first, status(404)));
    CHECK_FALSE(outcome(method::del, first, status(404, "Cannot DELETE /links/x")));
    CHECK_FALSE(outcome(method::del, first, status(400, "bad id")));
    CHECK_FALSE(outcome(method::del, first, status(500, "not found")));
  }
  CHECK_FALSE(outcome(method::del, lost(ghl::fault::connect, ghl::sent::no), status(404, "Link not found")));
  CHECK_FALSE(outcome(method::del, status(503), status(404, "Link not found")));
  CHECK_FALSE(outcome(method::del, status(429), status(404, "Link not found")));
}

TEST_CASE("the rules remember that an attempt may have had its effect") {
  const auto acted = [](const ghl::error& first) {
    retry_machine x{method::del, retry{.attempts = 3}, false, no_deadline};
    static_cast<void>(x.begin());
    static_cast<void>(x.after_error(first, at(0)));
    return x.may_have_acted();
  };
  CHECK(acted(lost()));
  CHECK(acted(status(502)));
  CHECK(acted(status(503)));
  CHECK_FALSE(acted(lost(ghl::fault::connect, ghl::sent::no)));
  CHECK_FALSE(acted(status(429)));
}

TEST_CASE("pauses without end add up to no overflow") {
  struct endless {
    std::optional<milliseconds> pause_after(const ghl::failed_attempt&) const {
      return milliseconds{(std::numeric_limits<std::int64_t>::max)()};
    }
  };
  retry_machine x{method::get, endless{}, false, no_deadline};
  static_cast<void>(x.begin());
  for (int i = 0; i < 3; ++i) {
    CHECK(x.after_error(lost(), at(i)).what == step::wait);
    CHECK(x.after_wait(at(i)).what == step::send);
  }
}
