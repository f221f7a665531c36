/// Checks of the transport suite: calls that are told to stop.
#pragma once

#include <ghl/testing/transport_suite/connections.hpp>
#include <ghl/testing/transport_suite/faults.hpp>
#include <ghl/testing/transport_suite/probe.hpp>

#include <chrono>
#include <string>
#include <thread>

namespace ghl { inline namespace v0 { namespace testing { namespace transport_checks {

/// A call that is told to stop 100 ms after it began.
inline void expect_cancelled(check& c, probe& p, const http::request& r, const std::string& what, bool may_be_sent) {
  if (!p.transport->stops()) return c.skip("the transport takes no stop token");
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
  c.demand(
      stopped, [&] { return what + ": expected a call that waits; it ended before it was told to stop"; },
      "wait for the answer until the timeout, as long as nobody asks to stop");
  c.demand(took.count() <= 50 + p.options.tolerance.count(), [&] {
    return what + ": expected the end " + in_ms(milliseconds{50 + p.options.tolerance.count()}) +
           " after it was told to stop, at most; it came after " + in_ms(took);
  });
  p.expect_next_call_works(c);
}

inline void cancel_waiting(check& c, probe& p) {
  for (const char* target : {"/stall/before", "/stall/headers", "/stall/body", "/drip/body"})
    expect_cancelled(c, p, p.request(method::get, target), std::string{"cancelling at "} + target, true);
}
inline void cancel_connecting(check& c, probe& p) {
  if (!p.transport->stops()) return c.skip("the transport takes no stop token");
  const std::string origin = other_origin(c, p, "full");
  if (origin.empty()) return;
  expect_cancelled(c, p, p.request_to(origin, method::get, "/"), "cancelling while it connects", false);
}
inline void cancel_before(check& c, probe& p) {
  if (!p.transport->stops()) return c.skip("the transport takes no stop token");
  const stop_flag stop;
  stop.request_stop();
  const std::string id = p.fresh_id();
  const outcome o = p.send(p.request(method::get, "/say/unwanted?id=" + id), stop);
  expect_error(c, o, "a call that was cancelled before it began", {{fault::cancelled}, {sent::no}});
  c.demand(p.seen(id) == 0, "expected that what was cancelled before it began is not sent; the server has seen it");
}
inline void cancel_never(check& c, probe& p) {
  if (!p.transport->stops()) return c.skip("the transport takes no stop token");
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
