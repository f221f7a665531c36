/// The cases of a client with ghl::retry: what is sent again and mended, and what is not sent again.
#pragma once

#include "cases.hpp"

#include <string>
#include <utility>
#include <vector>

namespace faults {

/// The second answer to a DELETE whose first one was lost.
inline told probably_deleted() {
  return {.kind = error_kind::status,
          .fault = fault::probably_deleted,
          .was_sent = sent::yes,
          .status = 404,
          .remedy = remedy::consider_deleted};
}

/// Connections that fail once, and answers that are lost.
inline std::vector<test_case> lost_and_mended() {
  std::vector<test_case> all;
  for (const call what : {call::get_links, call::delete_link, call::create_link}) {
    const std::string which = ", " + name_of(what);
    const int effect = what == call::get_links ? 0 : 1;
    all.push_back({.name = "refused, then not" + which,
                   .what = what,
                   .expected = after({}, {lost_once(fault::connect, sent::no)}),
                   .effects = effect,
                   .attempts = 3,
                   .door = door::shut_at_first});
    all.push_back({.name = "neither accepted nor refused, then accepted" + which,
                   .what = what,
                   .expected = after({}, {lost_once(fault::timeout, sent::no)}),
                   .effects = effect,
                   .attempts = 3,
                   .door = door::clogged_at_first,
                   .limit = a_while});
    all.push_back({.name = "refused three times" + which,
                   .what = what,
                   .expected = after(lost(fault::connect, sent::no),
                                     {lost_once(fault::connect, sent::no), lost_once(fault::connect, sent::no)}),
                   .seen = 0,
                   .attempts = 3,
                   .door = door::shut});
  }
  for (const stage& s : stages()) {
    for (const ending end : {ending::closes, ending::resets, ending::stalls}) {
      const fault f = end == ending::stalls ? fault::timeout : s.lost_as;
      const auto limit = end == ending::stalls ? a_while : std::chrono::milliseconds{5000};
      const std::string what = s.name + (end == ending::closes   ? ": closed"
                                         : end == ending::resets ? ": reset"
                                                                 : ": stalls");
      // Once a byte of an answer came nothing is sent again.
      const bool again = s.was_sent == sent::maybe;
      const std::vector<before> once{lost_once(f, s.was_sent)};
      const auto is_told = [&](told where_again) { return again ? after(where_again, once) : lost(f, s.was_sent); };
      const int sends = again ? 2 : 1;
      all.push_back({.name = what + ", a GET",
                     .plays = {lost_at(s.shows, end)},
                     .expected = is_told({}),
                     .seen = sends,
                     .attempts = 3,
                     .limit = limit});
      all.push_back({.name = what + ", a DELETE that was done",
                     .what = call::delete_link,
                     .plays = {lost_at(s.shows, end)},
                     .expected = is_told(probably_deleted()),
                     .seen = sends,
                     .effects = 1,
                     .attempts = 3,
                     .limit = limit});
      all.push_back({.name = what + ", a DELETE that was not done",
                     .what = call::remove_followers,
                     .plays = {ignored_at(s.shows, end)},
                     .expected = is_told({}),
                     .seen = sends,
                     .effects = again ? 1 : 0,
                     .attempts = 3,
                     .limit = limit});
      all.push_back({.name = what + ", a POST",
                     .what = call::create_link,
                     .plays = {lost_at(s.shows, end)},
                     .expected = lost_post(f, s.was_sent),
                     .effects = 1,
                     .attempts = 3,
                     .limit = limit});
    }
  }
  const play closed = lost_at(part::nothing, ending::closes);
  all.push_back(
      {.name = "closed three times",
       .plays = {closed, closed, closed},
       .expected = after(lost(fault::connection_lost, sent::maybe), {lost_once(fault::connection_lost, sent::maybe),
                                                                     lost_once(fault::connection_lost, sent::maybe)}),
       .seen = 3,
       .attempts = 3});
  for (const ending end : {ending::closes, ending::resets}) {
    const std::string how = end == ending::closes ? "closed" : "reset";
    all.push_back({.name = "a used connection is " + how + " after a DELETE was done",
                   .what = call::delete_link,
                   .plays = {lost_at(part::nothing, end)},
                   .expected = after(probably_deleted(), {lost_once(fault::connection_lost, sent::maybe)}),
                   .seen = 2,
                   .effects = 1,
                   .attempts = 3,
                   .warm = 1});
    all.push_back({.name = "a used connection is " + how + " after a POST was done",
                   .what = call::create_link,
                   .plays = {lost_at(part::nothing, end)},
                   .expected = lost_post(fault::connection_lost, sent::maybe),
                   .effects = 1,
                   .attempts = 3,
                   .warm = 1});
  }
  all.push_back({.name = "a Content-Length that was too long, a GET",
                 .plays = {{.then = ending::closes, .lie = 9}},
                 .expected = lost(fault::cut_short, sent::yes),
                 .attempts = 3});
  all.push_back({.name = "a POST that was not read",
                 .what = call::create_link,
                 .plays = {unread(ending::resets)},
                 .expected = lost_post(fault::connection_lost, sent::maybe),
                 .seen = 0,
                 .attempts = 3});
  return all;
}

/// Answers after which the same request is sent again.
inline std::vector<test_case> answered_and_mended() {
  const auto again = [](std::string name, call what, std::vector<play> plays, std::vector<before> tried) {
    const int times = static_cast<int>(plays.size()) + 1;
    return test_case{.name = std::move(name),
                     .what = what,
                     .plays = std::move(plays),
                     .expected = after({}, std::move(tried)),
                     .seen = times,
                     .effects = what == call::get_links ? 0 : 1,
                     .attempts = 3};
  };
  const std::string line = "429 Too Many Requests";
  const auto limited = [&](const std::string& headers) { return refuses(line, "{}", headers); };
  std::vector<test_case> all;
  for (const int status : {502, 503, 504}) {
    const std::string gateway = std::to_string(status) + " Gateway";
    for (const call what : {call::get_links, call::delete_conversation})
      all.push_back(again(gateway + ", " + name_of(what), what, {html(gateway, page_with_token())},
                          {answered_once(reason::gateway, status)}));
    all.push_back({.name = gateway + ", a POST",
                   .what = call::create_link,
                   .plays = {html(gateway, page_with_token())},
                   .expected = refused(status),
                   .attempts = 3});
  }
  for (const std::string gateway : {"502 Bad Gateway", "504 Gateway Timeout"})
    all.push_back({.name = gateway + ", and the DELETE was done",
                   .what = call::delete_association,
                   .plays = {{.answer = http_answer(gateway, "<html>{token}</html>")}},
                   .expected = after(probably_deleted(), {answered_once(reason::gateway, std::stoi(gateway))}),
                   .seen = 2,
                   .effects = 1,
                   .attempts = 3});
  all.push_back(again("503 with Retry-After", call::get_links,
                      {refuses("503 Service Unavailable", "", "Retry-After: 0\r\n")},
                      {answered_once(reason::gateway, 503, 0)}));
  const auto wait = [](std::optional<std::int64_t> ms) {
    return std::vector<before>{answered_once(reason::rate_limited, 429, ms)};
  };
  all.push_back(again("429 without a header", call::get_links, {limited("")}, wait({})));
  all.push_back(again("429 with a page", call::delete_link, {html(line, page_with_token())}, wait({})));
  all.push_back(again("429 to a POST", call::create_link, {limited("Retry-After: 0\r\n")}, wait(0)));
  all.push_back(
      again("429 with Retry-After in seconds", call::delete_link, {limited("Retry-After: 1\r\n")}, wait(1000)));
  all.push_back(again("429 with Retry-After as a date that is past", call::get_links,
                      {limited("Retry-After: " + std::string{long_ago} + "\r\n")}, wait(0)));
  all.push_back(again("429 with the burst interval", call::get_links,
                      {limited("X-RateLimit-Interval-Milliseconds: 30\r\n")}, wait(30)));
  all.push_back(again("429 with Retry-After and the burst interval", call::get_links,
                      {limited("X-RateLimit-Interval-Milliseconds: 3000\r\nRetry-After: 0\r\n")}, wait(0)));
  all.push_back(again("429 with a Retry-After that means nothing", call::get_links, {limited("Retry-After: soon\r\n")},
                      wait({})));
  all.push_back(again("reset, then 503", call::get_links,
                      {lost_at(part::nothing, ending::resets), refuses("503 Service Unavailable", "")},
                      {lost_once(fault::connection_lost, sent::maybe), answered_once(reason::gateway, 503)}));
  return all;
}

/// Answers after which nothing is sent again.
inline std::vector<test_case> never_again() {
  const std::string line = "429 Too Many Requests";
  std::vector<test_case> all = refusal_cases();
  for (test_case& c : answer_cases())
    if (c.expected.kind && *c.expected.kind != error_kind::transport && c.expected.status != 502)
      all.push_back(std::move(c));
  for (test_case& c : all) c.name += ", with ghl::retry", c.attempts = 3;
  all.push_back({.name = "no HTTP, with ghl::retry",
                 .plays = {says("SSH-2.0-{token}\r\n\r\n", ending::closes)},
                 .expected = lost(fault::other, sent::yes),
                 .attempts = 3});
  all.push_back({.name = "a body without end, with ghl::retry",
                 .plays = {says("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{", ending::goes_on)},
                 .expected = lost(fault::too_large, sent::yes),
                 .attempts = 3});
  all.push_back({.name = "429 with the daily limit spent, with ghl::retry",
                 .plays = {refuses(line, "{}", "Retry-After: 0\r\nX-RateLimit-Daily-Remaining: 0\r\n")},
                 .expected = refused(429, remedy::wait_for_next_day),
                 .attempts = 3,
                 .retry_after_ms = 0,
                 .rate_limit = {{}, {}, {}, {}, 0, {}}});
  all.push_back({.name = "429 with a Retry-After longer than any wait",
                 .plays = {refuses(line, "{}", "Retry-After: 6\r\n")},
                 .expected = refused(429, remedy::wait),
                 .attempts = 3,
                 .retry_after_ms = 6000});
  all.push_back({.name = "429 with a Retry-After that is far away",
                 .plays = {refuses(line, "{}", "Retry-After: " + std::string{far_away} + "\r\n")},
                 .expected = refused(429, remedy::wait),
                 .attempts = 3,
                 .retry_at = 4096250880});
  all.push_back({.name = "429 with a burst interval longer than any wait",
                 .plays = {refuses(line, "{}", "X-RateLimit-Interval-Milliseconds: 6000\r\n")},
                 .expected = refused(429, remedy::wait),
                 .attempts = 3,
                 .rate_limit = {{}, {}, 6000, {}, {}, {}}});
  return all;
}

inline std::vector<test_case> recovery_cases() {
  std::vector<test_case> all = lost_and_mended();
  for (test_case& c : answered_and_mended()) all.push_back(std::move(c));
  for (test_case& c : never_again()) all.push_back(std::move(c));
  return all;
}

}  // namespace faults
