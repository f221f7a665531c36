/// Checks of the transport suite: servers and networks that misbehave, each with its own error, and calls that end.
#pragma once

#include <ghl/testing/transport_suite/connections.hpp>
#include <ghl/testing/transport_suite/probe.hpp>

#include <chrono>
#include <initializer_list>
#include <string>
#include <string_view>
#include <thread>

namespace ghl { inline namespace v0 { namespace testing { namespace transport_checks {

inline constexpr std::string_view bounds_all =
    "bound the whole exchange by request.timeout, from the name lookup to the last byte, and not each wait; then "
    "return fault::timeout, with sent::no while connecting and sent::maybe or sent::yes afterwards";

/// The error that is expected: one of these faults, with one of these.
struct expected_error {
  std::initializer_list<fault> faults;
  std::initializer_list<sent> was_sent;
};

template <class T>
bool one_of(std::initializer_list<T> all, T x) {
  for (const T each : all)
    if (each == x) return true;
  return false;
}

inline void expect_error(check& c, const outcome& o, const std::string& what, const expected_error& expected) {
  const bool right = !o && o.error().kind == error_kind::transport && o.error().status == 0 &&
                     one_of(expected.faults, o.error().fault) && one_of(expected.was_sent, o.error().was_sent);
  c.demand(right, [&] {
    std::string out = what + ": expected an error of kind transport,";
    for (const fault f : expected.faults)
      out.append(f == *expected.faults.begin() ? " " : " or ").append(full_name_of(f));
    for (const sent s : expected.was_sent)
      out.append(s == *expected.was_sent.begin() ? " with " : " or ").append(full_name_of(s));
    return out + "; came " + told(o);
  });
}

/// A GET whose answer fails, and a call after it.
inline void expect_fault(check& c, probe& p, const std::string& target, const expected_error& expected) {
  const stopwatch watch;
  expect_error(c, p.get(target), target, expected);
  c.demand(
      watch.elapsed() < milliseconds{p.options.patience.count() / 2},
      [&] { return target + ": expected the error when the fault happens; it came after " + in_ms(watch.elapsed()); },
      "end the call as soon as the connection has ended, and wait for nothing else");
  p.expect_next_call_works(c);
}

inline void refused(check& c, probe& p) {
  const std::string origin = other_origin(c, p, "refused");
  if (origin.empty()) return;
  const outcome o = p.send(p.request_to(origin, method::get, "/"));
  expect_error(c, o, "a refused connection", {{fault::connect}, {sent::no}});
  p.expect_next_call_works(c);
}

inline void lost_before_answer(check& c, probe& p) {
  for (const char* target : {"/close/before", "/reset/before"})
    expect_fault(c, p, target, {{fault::connection_lost}, {sent::maybe}});
}
inline void lost_post_once(check& c, probe& p) {
  for (const method m : {method::post, method::patch})
    for (const std::string target : {"/close/before", "/reset/before", "/close/headers", "/reset/body"}) {
      const std::string id = p.fresh_id();
      const outcome o = p.send(p.request(m, target + "?id=" + id, "{}"));
      c.demand(!o && o.error().was_sent != sent::no, [&] {
        return std::string{m} + " to " + target + ": expected an error that says sent::maybe or sent::yes; came " +
               told(o);
      });
      const int came = p.seen(id);
      c.demand(came == 1, [&] {
        return std::string{m} + " to " + target + ": expected that it comes once; the server has seen it " +
               times(came);
      });
    }
}
inline void cut_in_headers(check& c, probe& p) {
  for (const char* target : {"/close/headers", "/reset/headers"})
    expect_fault(c, p, target, {{fault::connection_lost, fault::cut_short}, {sent::maybe, sent::yes}});
}
inline void cut_in_body(check& c, probe& p) {
  expect_fault(c, p, "/close/body", {{fault::cut_short}, {sent::yes, sent::maybe}});
  expect_fault(c, p, "/reset/body", {{fault::cut_short, fault::connection_lost}, {sent::yes, sent::maybe}});
}
inline void cut_in_chunks(check& c, probe& p) {
  expect_fault(c, p, "/close/chunk", {{fault::cut_short}, {sent::yes, sent::maybe}});
  expect_fault(c, p, "/reset/chunk", {{fault::cut_short, fault::connection_lost}, {sent::yes, sent::maybe}});
}

inline void garbage(check& c, probe& p, const char* where) {
  expect_fault(c, p, std::string{"/garbage/"} + where,
               {{fault::other, fault::connection_lost, fault::cut_short}, {sent::maybe, sent::yes}});
}
inline void garbage_line(check& c, probe& p) { garbage(c, p, "line"); }
inline void garbage_length(check& c, probe& p) { garbage(c, p, "length"); }
inline void garbage_chunk(check& c, probe& p) { garbage(c, p, "chunk"); }

/// A call that has to end at its limit.
inline void expect_timeout(check& c, probe& p, http::request r, const std::string& what,
                           const expected_error& expected) {
  r.timeout = p.options.limit;
  const stopwatch watch;
  const outcome o = p.send(r);
  const milliseconds took = watch.elapsed();
  expect_error(c, o, what, expected);
  const milliseconds latest{p.options.limit.count() + p.options.tolerance.count()};
  const milliseconds earliest{p.options.limit.count() - 20};
  c.demand(took <= latest && (took >= earliest || (!o && o.error().fault == fault::too_large)), [&] {
    return what + ": with a timeout of " + in_ms(p.options.limit) + " the call took " + in_ms(took) +
           "; expected " + in_ms(earliest) + " to " + in_ms(latest);
  });
  p.expect_next_call_works(c);
}
inline void expect_timeout(check& c, probe& p, const std::string& target, const expected_error& expected) {
  expect_timeout(c, p, p.request(method::get, target), target, expected);
}

inline void timeout_connecting(check& c, probe& p) {
  const std::string origin = other_origin(c, p, "full");
  if (origin.empty()) return;
  const http::request r = p.request_to(origin, method::get, "/");
  expect_timeout(c, p, r, "a server that does not accept", {{fault::timeout}, {sent::no}});
}
inline void timeout_before(check& c, probe& p) {
  expect_timeout(c, p, "/stall/before", {{fault::timeout}, {sent::maybe}});
}
inline void timeout_in_headers(check& c, probe& p) {
  expect_timeout(c, p, "/stall/headers", {{fault::timeout}, {sent::maybe, sent::yes}});
}
inline void timeout_in_body(check& c, probe& p) {
  for (const char* target : {"/stall/body", "/stall/chunk"})
    expect_timeout(c, p, target, {{fault::timeout}, {sent::yes, sent::maybe}});
}
inline void drip_headers(check& c, probe& p) {
  expect_timeout(c, p, "/drip/headers", {{fault::timeout}, {sent::maybe, sent::yes}});
}
inline void drip_body(check& c, probe& p) {
  expect_timeout(c, p, "/drip/body", {{fault::timeout}, {sent::yes, sent::maybe}});
}
inline void endless(check& c, probe& p) {
  expect_timeout(c, p, "/endless", {{fault::timeout, fault::too_large}, {sent::yes, sent::maybe}});
}
inline void not_too_early(check& c, probe& p) {
  for (const milliseconds limit : {p.options.patience, milliseconds{0}, milliseconds{-1}}) {
    http::request r = p.request(method::get, "/wait/400");
    r.timeout = limit;
    const outcome o = p.send(r);
    c.demand(o && o->body == "waited", [&] {
      return "expected the answer of a server that takes 400 ms, with a timeout of " + in_ms(limit) + "; came " +
             told(o);
    });
  }
}

inline void errors_keep_secrets(check& c, probe& p) {
  const outcome sent_back = p.get("/garbage/line");  // an answer that holds a part of the request
  c.demand(!sent_back, "expected an error for an answer that is no HTTP; came an answer",
           "return fault::other where the status line does not begin with HTTP/");
  if (!p.has_seen_errors()) return c.skip("no call has failed");
  const std::string where = p.leak();
  c.demand(where.empty(), [&] {
    return "expected errors without the token that was sent; the text of one, " + where + ", holds it";
  });
}

}}}}  // namespace ghl::v0::testing::transport_checks
