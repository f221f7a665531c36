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
    return out + "; came " + told(o) + ": see ghl::transport_error and ghl::sent";
  });
}

/// A GET whose answer fails, and a call after it.
inline void expect_fault(check& c, probe& p, const std::string& target, const expected_error& expected) {
  const stopwatch watch;
  expect_error(c, p.get(target), target, expected);
  c.demand(watch.elapsed() < milliseconds{p.options.patience.count() / 2}, [&] {
    return target + ": expected the error when the fault happens; it came after " + in_ms(watch.elapsed());
  });
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
        return std::string{m} + " to " + target + ": the server has seen it " + std::to_string(came) +
               " times; expected once: never send a POST or PATCH again by yourself";
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
           ": request.timeout bounds the whole exchange, from the name lookup to the last byte";
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
             told(o) + ": a timeout of zero or less is no limit of the caller's";
    });
  }
}

inline void errors_keep_secrets(check& c, probe& p) {
  const outcome sent_back = p.get("/garbage/line");  // an answer that holds a part of the request
  c.demand(!sent_back, "expected an error to look into");
  if (!p.has_seen_errors()) return c.skip("no call has failed");
  const std::string where = p.leak();
  c.demand(where.empty(), [&] {
    return "the text of an error (" + where +
           ") holds the token that was sent: keep requests and answers out of errors";
  });
}

// ---- cancelling ----

/// A call that is told to stop 100 ms after it began.
inline void expect_cancelled(check& c, probe& p, const http::request& r, const std::string& what, bool may_be_sent) {
  if (!p.stoppable) return c.skip("the transport takes no stop token");
  const stop_flag stop;
  stopwatch since_stop;
  std::thread other{[&] {
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
    since_stop = {};
    stop.request_stop();
  }};
  const outcome o = p.send(r, stop);
  const bool stopped = stop.stop_requested();
  other.join();
  const milliseconds took = since_stop.elapsed();
  if (may_be_sent) expect_error(c, o, what, {{fault::cancelled}, {sent::maybe, sent::yes}});
  else expect_error(c, o, what, {{fault::cancelled}, {sent::no}});
  c.demand(stopped, [&] { return what + ": the call ended before it was told to stop"; });
  c.demand(took.count() <= 50 + p.options.tolerance.count(), [&] {
    return what + ": the call ended " + in_ms(took) + " after it was told to stop; expected 50 ms at most";
  });
  p.expect_next_call_works(c);
}

inline void cancel_waiting(check& c, probe& p) {
  for (const char* target : {"/stall/before", "/stall/headers", "/stall/body", "/drip/body"})
    expect_cancelled(c, p, p.request(method::get, target), std::string{"cancelling at "} + target, true);
}
inline void cancel_connecting(check& c, probe& p) {
  if (!p.stoppable) return c.skip("the transport takes no stop token");
  const std::string origin = other_origin(c, p, "full");
  if (origin.empty()) return;
  expect_cancelled(c, p, p.request_to(origin, method::get, "/"), "cancelling while it connects", false);
}
inline void cancel_before(check& c, probe& p) {
  if (!p.stoppable) return c.skip("the transport takes no stop token");
  const stop_flag stop;
  stop.request_stop();
  const std::string id = p.fresh_id();
  const outcome o = p.send(p.request(method::get, "/say/unwanted?id=" + id), stop);
  expect_error(c, o, "a call that was cancelled before it began", {{fault::cancelled}, {sent::no}});
  c.demand(p.seen(id) == 0, "a call that was cancelled before it began has reached the server");
}
inline void cancel_never(check& c, probe& p) {
  if (!p.stoppable) return c.skip("the transport takes no stop token");
  const stop_flag stop;
  for (int i = 0; i < 3; ++i) {
    const outcome o = p.send(p.request(method::get, "/say/unstopped"), stop);
    c.demand(o && o->body == "unstopped", [&] {
      return "expected the answer, since nobody asked to stop; came " + told(o);
    });
  }
  const outcome o = p.send(p.request(method::get, "/close/before"), stop);
  expect_error(c, o, "a fault in a call that can be cancelled", {{fault::connection_lost}, {sent::maybe}});
}

}}}}  // namespace ghl::v0::testing::transport_checks
