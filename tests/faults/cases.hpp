/// The cases as data: what the server does, what is called, and what the caller is told then. One table for every
/// transport adapter.
#pragma once

#include "fault_server.hpp"

#include <ghl/value/attempt.hpp>
#include <ghl/value/error.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace faults {

using namespace std::string_literals;

using ghl::error_kind;
using ghl::fault;
using ghl::reason;
using ghl::remedy;
using ghl::sent;

enum class call : unsigned char {
  get_links,
  delete_link,
  remove_followers,
  delete_association,
  delete_conversation,
  create_link,        ///< a POST
  create_large_link,  ///< one of 8 MB, which no socket swallows at once
};
inline std::string name_of(call c) {
  switch (c) {
    case call::get_links:
      return "Get Links";
    case call::delete_link:
      return "Delete Link";
    case call::remove_followers:
      return "Remove Followers";
    case call::delete_association:
      return "Delete Association";
    case call::delete_conversation:
      return "Delete Conversation";
    case call::create_link:
      return "Create Link";
    case call::create_large_link:
      break;
  }
  return "Create Link, a large one";
}

/// An attempt that was followed by another.
struct before {
  reason why = reason::connection;
  int status = 0;
  ghl::fault fault = ghl::fault::none;
  sent was_sent = sent::no;
  std::optional<std::int64_t> wait_ms{};  ///< none: a random one, up to the back-off's bound
};

/// What the caller is told. As it stands: a value.
struct told {
  std::optional<error_kind> kind{};
  ghl::fault fault = ghl::fault::none;
  sent was_sent = sent::no;
  int status = 0;
  ghl::remedy remedy = ghl::remedy::unknown;
  std::vector<before> tried{};

  friend bool is_same_end(const told& a, const told& b) {
    return a.kind == b.kind && a.fault == b.fault && a.was_sent == b.was_sent && a.status == b.status &&
           a.remedy == b.remedy;
  }
};

/// Refuses connections, or neither accepts nor refuses them: until the call has ended, or its first attempt has.
enum class door : unsigned char { open, shut, clogged, shut_at_first, clogged_at_first };

struct test_case {
  std::string name;
  call what = call::get_links;
  std::vector<play> plays{};  ///< for the first requests; the others are served
  told expected{};
  int seen = 1;      ///< requests, as the server counts them
  int effects = 0;   ///< deletions or creations, as the server counts them
  int attempts = 1;  ///< more: the client has ghl::retry
  int warm = 0;      ///< calls that go well before, on the connection that is used then
  faults::door door = door::open;
  std::chrono::milliseconds limit{5000};  ///< the client's deadline; it bounds the attempt alone with ghl::retry
  std::optional<std::int64_t> retry_after_ms{};
  std::optional<std::int64_t> retry_at{};
  ghl::rate_limit rate_limit{};
};

using part = play::part;
using ending = play::ending;

// ---- how a server fails ----

inline play lost_at(part shows, ending then) { return {.shows = shows, .then = then}; }
inline play ignored_at(part shows, ending then) {
  return {.acts = false, .answer = http_answer("200 OK", "{}"), .shows = shows, .then = then};
}
inline play unread(ending then) { return {.reads = false, .acts = false, .then = then}; }
inline play says(std::string bytes, ending then = ending::stays) {
  return {.acts = false, .answer = std::move(bytes), .then = then};
}
inline play refuses(std::string status_line, const std::string& body, const std::string& headers = {}) {
  return says(http_answer(status_line, body, "Content-Type: application/json\r\n" + headers));
}
inline play html(std::string status_line, const std::string& page) {
  return says(http_answer(status_line, page, "Content-Type: text/html; charset=UTF-8\r\n"));
}

// ---- what the caller is told ----

/// What to do about it: a GET or a DELETE may be repeated.
inline told lost(ghl::fault f, sent s) {
  return {.kind = error_kind::transport,
          .fault = f,
          .was_sent = s,
          .remedy = f == fault::too_large || f == fault::other ? remedy::unknown : remedy::retry};
}
/// And a POST only where nothing was sent.
inline told lost_post(ghl::fault f, sent s) {
  told end = lost(f, s);
  if (s != sent::no) end.remedy = remedy::unknown;
  return end;
}

inline told refused(int status, ghl::remedy r = ghl::remedy::unknown) {
  return {.kind = error_kind::status, .was_sent = sent::yes, .status = status, .remedy = r};
}
inline told unreadable(ghl::fault f, int status = 200) {
  return {.kind = error_kind::decode, .fault = f, .was_sent = sent::yes, .status = status};
}
inline told after(told end, std::vector<before> tried) {
  end.tried = std::move(tried);
  return end;
}
inline before lost_once(ghl::fault f, sent s) { return {.why = reason::connection, .fault = f, .was_sent = s}; }
inline before answered_once(reason why, int status, std::optional<std::int64_t> wait_ms = {}) {
  return {.why = why, .status = status, .was_sent = sent::yes, .wait_ms = wait_ms};
}

inline constexpr auto a_while = std::chrono::milliseconds{250};

/// A page with the token in it, once whole and once cut where an excerpt ends: so many bytes of it are left.
inline std::string page_with_token(std::size_t left = 300) {
  const std::size_t grows = fault_server::access_token(1).size() - std::string_view{"{token}"}.size();
  std::string page = "<html><body>Bearer {token} was refused by the edge ";
  const std::size_t taken = page.size() + grows + left;
  page.append(taken < ghl::error::excerpt_limit ? ghl::error::excerpt_limit - taken : 0, '.');
  return page + "{token}</body></html>";
}

// ---- one attempt, and the exact error ----

/// Where an answer ends, and what the caller is told then.
struct stage {
  std::string name;
  part shows;
  ghl::fault lost_as;
  sent was_sent;
};
inline std::vector<stage> stages() {
  return {{"before the headers", part::nothing, fault::connection_lost, sent::maybe},
          {"in the headers", part::half_the_head, fault::cut_short, sent::yes},
          {"after the headers", part::the_head, fault::cut_short, sent::yes},
          {"in the body", part::half_the_body, fault::cut_short, sent::yes}};
}

/// Connections that are refused, reset, closed and silent, at every stage.
inline std::vector<test_case> connection_cases() {
  std::vector<test_case> all{
      {.name = "refused", .expected = lost(fault::connect, sent::no), .seen = 0, .door = door::shut},
      {.name = "neither accepted nor refused",
       .expected = lost(fault::timeout, sent::no),
       .seen = 0,
       .door = door::clogged,
       .limit = a_while},
      {.name = "reset with the request unread",
       .plays = {unread(ending::resets)},
       .expected = lost(fault::connection_lost, sent::maybe),
       .seen = 0},
      {.name = "a large request is not read to its end",
       .what = call::create_large_link,
       .plays = {unread(ending::resets)},
       .expected = lost_post(fault::connection_lost, sent::maybe),
       .seen = 0},
      {.name = "a large request is not read at all",
       .what = call::create_large_link,
       .plays = {unread(ending::stalls)},
       .expected = lost_post(fault::timeout, sent::maybe),
       .seen = 0,
       .limit = a_while},
      {.name = "stalls with the request unread",
       .plays = {unread(ending::stalls)},
       .expected = lost(fault::timeout, sent::maybe),
       .seen = 0,
       .limit = a_while},
  };
  for (const stage& s : stages()) {
    all.push_back({.name = "closed " + s.name,
                   .plays = {lost_at(s.shows, ending::closes)},
                   .expected = lost(s.lost_as, s.was_sent)});
    all.push_back({.name = "reset " + s.name,
                   .plays = {lost_at(s.shows, ending::resets)},
                   .expected = lost(s.lost_as, s.was_sent)});
    all.push_back({.name = "stalls " + s.name,
                   .plays = {lost_at(s.shows, ending::stalls)},
                   .expected = lost(fault::timeout, s.was_sent),
                   .limit = a_while});
    // The same after the server has done what was asked.
    for (const call what : {call::delete_link, call::remove_followers, call::delete_association,
                            call::delete_conversation, call::create_link})
      all.push_back(
          {.name = "closed " + s.name + ", and it was done, " + name_of(what),
           .what = what,
           .plays = {lost_at(s.shows, ending::closes)},
           .expected = what == call::create_link ? lost_post(s.lost_as, s.was_sent) : lost(s.lost_as, s.was_sent),
           .effects = 1});
  }
  // What was done on a connection that is used again. A GET is sent once more by an adapter, if by itself; anything
  // else never, since the second answer would hide what the first one did.
  for (const ending end : {ending::closes, ending::resets}) {
    const std::string how = end == ending::closes ? "closed" : "reset";
    for (const call what : {call::delete_link, call::remove_followers, call::create_link}) {
      test_case c{.name = "a used connection is " + how + " before the headers, and it was done, " + name_of(what),
                  .what = what,
                  .plays = {lost_at(part::nothing, end)},
                  .effects = 1,
                  .warm = 1};
      c.expected = what == call::create_link ? lost_post(fault::connection_lost, sent::maybe)
                                             : lost(fault::connection_lost, sent::maybe);
      all.push_back(std::move(c));
    }
    all.push_back({.name = "a used connection is " + how + " before the headers, and a GET is sent again",
                   .plays = {lost_at(part::nothing, end)},
                   .seen = 2,
                   .warm = 1});
    all.push_back({.name = "a used connection is " + how + " in the headers",
                   .plays = {lost_at(part::half_the_head, end)},
                   .expected = lost(fault::cut_short, sent::yes),
                   .warm = 1});
  }
  all.push_back({.name = "closed behind the answer",
                 .what = call::delete_link,
                 .plays = {lost_at(part::all, ending::closes)},
                 .effects = 1});
  all.push_back({.name = "reset behind the answer",
                 .what = call::delete_link,
                 .plays = {lost_at(part::all, ending::resets)},
                 .effects = 1});
  return all;
}

/// Answers that are late, lie or are none.
inline std::vector<test_case> answer_cases() {
  return {
      {.name = "a byte at a time", .plays = {{.pause = 1ms}}},
      {.name = "a byte at a time, too slowly",
       .plays = {{.pause = 10ms}},
       .expected = lost(fault::timeout, sent::yes),
       .limit = a_while},
      {.name = "a Content-Length that is too long, then the end",
       .plays = {{.then = ending::closes, .lie = 9}},
       .expected = lost(fault::cut_short, sent::yes)},
      {.name = "a Content-Length that is too long, then silence",
       .plays = {{.lie = 9}},
       .expected = lost(fault::timeout, sent::yes),
       .limit = a_while},
      {.name = "a Content-Length that is too short", .plays = {{.lie = -9}}, .expected = unreadable(fault::truncated)},
      {.name = "a Content-Length that is no number",
       .plays = {says("HTTP/1.1 200 OK\r\nContent-Length: {token}\r\n\r\n{}", ending::closes)},
       .expected = lost(fault::other, sent::yes)},
      {.name = "a body without end",
       .plays = {says("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"links\":[", ending::goes_on)},
       .expected = lost(fault::too_large, sent::yes)},
      {.name = "a body without end, slowly",
       .plays = {{.acts = false,
                  .answer = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"links\":[",
                  .then = ending::goes_on,
                  .pause = 5ms}},
       .expected = lost(fault::timeout, sent::yes),
       .limit = a_while},
      {.name = "no HTTP", .plays = {says("SSH-2.0-{token}\r\n\r\n", ending::closes)}, .expected = lost(fault::other, sent::yes)},
      {.name = "bytes that mean nothing",
       .plays = {says("\x00\xFF\x16\x03\x01 {token}\n\n"s, ending::closes)},
       .expected = lost(fault::other, sent::yes)},
      {.name = "200 with bytes that mean nothing",
       .plays = {says(http_answer("200 OK", "{\"\x00\xFF\x16 {token}"s))},
       .expected = unreadable(fault::malformed)},
      {.name = "200 with JSON that ends too early",
       .plays = {refuses("200 OK", R"({"links":[{"id":"{token})")},
       .expected = unreadable(fault::truncated)},
      {.name = "200 with JSON of another kind",
       .plays = {refuses("200 OK", R"({"links":"{token}"})")},
       .expected = unreadable(fault::wrong_type)},
      {.name = "200 with a page",
       .plays = {html("200 OK", page_with_token())},
       .expected = unreadable(fault::not_json)},
      {.name = "200 without a body",
       .plays = {says(http_answer("200 OK", ""))},
       .expected = unreadable(fault::empty_body)},
      {.name = "204",
       .what = call::delete_conversation,
       .plays = {says("HTTP/1.1 204 No Content\r\n\r\n")},
       .expected = unreadable(fault::empty_body, 204)},
      {.name = "204 with a body",
       .what = call::delete_conversation,
       .plays = {says(http_answer("204 No Content", R"({"success":true})"))},
       .expected = unreadable(fault::empty_body, 204)},
      {.name = "a redirect",
       .what = call::delete_link,
       .plays = {refuses("302 Found", "", "Location: /links/another\r\n")},
       .expected = refused(302)},
      {.name = "403 with a page of the edge",
       .plays = {html("403 Forbidden", "<html>error code: 1010 {token}</html>")},
       .expected = refused(403, remedy::change_user_agent)},
      {.name = "403 with another page", .plays = {html("403 Forbidden", page_with_token())}, .expected = refused(403)},
      {.name = "500 with a page",
       .plays = {html("500 Internal Server Error", page_with_token(12))},
       .expected = refused(500)},
      {.name = "500",
       .plays = {refuses("500 Internal Server Error", R"({"statusCode":500,"message":"Internal server error"})")},
       .expected = refused(500)},
      {.name = "502 with a page",
       .plays = {html("502 Bad Gateway", page_with_token(100))},
       .expected = refused(502, remedy::retry)},
      {.name = "422",
       .what = call::remove_followers,
       .plays = {refuses(
           "422 Unprocessable Entity",
           R"({"message":["a {token}","b"],"error":"Unprocessable Entity","statusCode":422,"traceId":"4e76"})")},
       .expected = refused(422, remedy::fix_request)},
  };
}

/// The table of bodies that were seen in the wild.
inline std::vector<test_case> refusal_cases() {
  struct row {
    int status;
    std::string message;
    ghl::remedy meaning;
  };
  const row rows[] = {
      {401, "Invalid JWT", remedy::refresh_token},
      {401, "Invalid token: access token is invalid", remedy::refresh_token},
      {401, "Invalid Private Integration token", remedy::replace_token},
      {401, "The token is not authorized for this scope.", remedy::grant_scope},
      {401, "version header was not found.", remedy::fix_version},
      {401, "version header is invalid", remedy::fix_version},
      {401, "This route is not yet supported by the IAM Service. Please update your IAM config.",
       remedy::route_not_enabled},
      {403, "This route is not yet supported by the IAM Service. Please update your IAM config.",
       remedy::route_not_enabled},
      {401, "This AuthClass is not yet supported", remedy::use_other_token_type},
      {401, "This token's user type is not yet supported!", remedy::use_other_token_type},
      {401, "This location is not accessible from this token!", remedy::use_right_location},
      {403, "The token does not have access to this location.", remedy::use_right_location},
      {404, "Cannot GET /links/", remedy::fix_version},
      {401, "A text that nobody has seen before", remedy::unknown},
  };
  std::vector<test_case> all;
  for (const row& r : rows) {
    const std::string status = std::to_string(r.status);
    for (const bool list : {false, true}) {
      const std::string text = list ? "[\"" + r.message + "\"]" : "\"" + r.message + "\"";
      all.push_back({.name = status + " " + text,
                     .plays = {refuses(status + " Refused", "{\"statusCode\":" + status + ",\"message\":" + text +
                                                                ",\"error\":\"Unauthorized\"}")},
                     .expected = refused(r.status, r.meaning)});
    }
  }
  return all;
}

inline constexpr std::string_view long_ago = "Sun, 06 Nov 1994 08:49:37 GMT";
inline constexpr std::string_view far_away = "Wed, 21 Oct 2099 07:28:00 GMT";

/// 429 with and without each header.
inline std::vector<test_case> limit_cases() {
  const std::string line = "429 Too Many Requests";
  const std::string interval =
      "X-RateLimit-Interval-Milliseconds: 10000\r\nX-RateLimit-Max: 100\r\nX-RateLimit-Remaining: 0\r\n";
  const std::string spent =
      "X-RateLimit-Limit-Daily: 200000\r\nX-RateLimit-Daily-Remaining: 0\r\nX-RateLimit-Daily-Reset: 3600000\r\n";
  return {
      {.name = "429 without a header and a body",
       .plays = {says(http_answer(line, "", ""))},
       .expected = refused(429, remedy::wait)},
      {.name = "429 with a page", .plays = {html(line, page_with_token())}, .expected = refused(429, remedy::wait)},
      {.name = "429 with a message",
       .plays = {refuses(line, R"({"message":"Too many requests"})")},
       .expected = refused(429, remedy::wait)},
      {.name = "429 with Retry-After in seconds",
       .plays = {refuses(line, "{}", "Retry-After: 7\r\n")},
       .expected = refused(429, remedy::wait),
       .retry_after_ms = 7000},
      {.name = "429 with Retry-After as a date",
       .plays = {refuses(line, "{}", "Retry-After: " + std::string{far_away} + "\r\n")},
       .expected = refused(429, remedy::wait),
       .retry_at = 4096250880},
      {.name = "429 with a Retry-After that means nothing",
       .plays = {refuses(line, "{}", "Retry-After: soon\r\n")},
       .expected = refused(429, remedy::wait)},
      {.name = "429 with the burst limit",
       .plays = {refuses(line, "{}", interval)},
       .expected = refused(429, remedy::wait),
       .rate_limit = {100, 0, 10000, {}, {}, {}}},
      {.name = "429 with the daily limit spent",
       .plays = {refuses(line, "{}", spent)},
       .expected = refused(429, remedy::wait_for_next_day),
       .rate_limit = {{}, {}, {}, 200000, 0, 3600000}},
      {.name = "429 with everything",
       .plays = {refuses(line, "{}", "Retry-After: 1\r\n" + interval + spent)},
       .expected = refused(429, remedy::wait_for_next_day),
       .retry_after_ms = 1000,
       .rate_limit = {100, 0, 10000, 200000, 0, 3600000}},
      {.name = "429 with headers that mean nothing",
       .plays = {refuses(line, "{}",
                         "X-RateLimit-Max: many\r\nX-RateLimit-Remaining: -1\r\nX-RateLimit-Daily-Remaining:\r\n")},
       .expected = refused(429, remedy::wait)},
  };
}

}  // namespace faults
