/// Checks of the transport suite: connections that are kept, lost and shared, and other ways to the server.
#pragma once

#include <ghl/value/url.hpp>
#include <ghl/testing/transport_suite/probe.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace ghl { inline namespace v0 { namespace testing { namespace transport_checks {

inline void let_it_arrive() { std::this_thread::sleep_for(std::chrono::milliseconds{30}); }

inline void reuse(check& c, probe& p) {
  std::string connections;
  for (int i = 0; i < 3; ++i) {
    const outcome o = p.get("/connection");
    if (!c.demand(
            o && o->status == 200, [&] { return "expected the number of the connection; came " + told(o); },
            if_none(o)))
      return;
    const std::string number = o->body.substr(0, o->body.find(' '));
    c.demand(connections.empty() || connections.ends_with(" " + number),
             [&] { return "expected three calls on one connection; they came on" + connections + " " + number; });
    connections.append(" ").append(number);
  }
}

inline void closed_while_idle(check& c, probe& p) {
  for (const bool arrives : {true, false})
    for (int i = 0; i < 3; ++i) {
      const outcome o = p.get("/close-after");
      c.demand(o && o->body == "closing", [&] {
        return "a server closes a kept connection when it likes; expected a GET to be answered on a new one; came " +
               told(o);
      });
      if (arrives) let_it_arrive();
    }
  p.expect_next_call_works(c);
}

/// A request on a connection that the server drops when the request comes: was it sent again?
inline void dropped(check& c, probe& p, method m, std::string_view how, int most) {
  const std::string id = p.fresh_id();
  const std::string target = "/drop-reused/" + std::string{how};
  const std::string what = std::string{m} + " on a kept connection that the server drops by a " + std::string{how};
  p.expect_body(c, "/say/warm-up", "warm-up");
  const outcome o = p.send(p.request(m, target + "?id=" + id, m == method::get ? "" : "{}"));
  const bool honest = o ? o->status == 200 && o->body == "fresh"
                        : o.error().fault == fault::connection_lost && o.error().was_sent == sent::maybe;
  c.demand(honest, [&] {
    return what + ": expected the answer, or fault::connection_lost with sent::maybe; came " + told(o);
  });
  const int came = p.seen(id);
  c.demand(came >= 1 && came <= most, [&] {
    return what + ": expected that it comes " + (most == 1 ? "once" : "once or twice") + "; the server has seen it " +
           times(came);
  });
}
inline void dropped_get(check& c, probe& p) {
  for (const char* how : {"close", "reset"}) dropped(c, p, method::get, how, 2);
}
inline void dropped_post(check& c, probe& p) {
  for (const method m : {method::post, method::patch})
    for (const char* how : {"close", "reset"}) dropped(c, p, m, how, 1);
}
inline void dropped_delete(check& c, probe& p) {
  for (const char* how : {"close", "reset"}) {
    dropped(c, p, method::del, how, 1);
    dropped(c, p, method::put, how, 2);
  }
}

/// A connection that was closed long ago must neither lose a POST nor send it twice.
inline void idle_post(check& c, probe& p) {
  const std::string id = p.fresh_id();
  p.expect_body(c, "/close-after", "closing");
  let_it_arrive();
  const outcome o = p.send(p.request(method::post, "/say/posted?id=" + id, "{}"));
  const bool honest = o ? o->body == "posted"
                        : o.error().fault == fault::connection_lost || o.error().fault == fault::connect;
  c.demand(honest, [&] {
    return "expected the answer, or fault::connection_lost; came " + told(o);
  });
  const int came = p.seen(id);
  c.demand(o ? came == 1 : came == 0 || (came == 1 && o.error().was_sent != sent::no), [&] {
    return "expected the POST once, or an error that is true; the server has seen it " + times(came) +
           ", and the transport says " + told(o);
  });
}

inline void surplus(check& c, probe& p) {
  p.expect_body(c, "/surplus", "right");
  let_it_arrive();
  const outcome o = p.get("/say/mine");
  c.demand(o ? o->body == "mine" : true, [&] {
    return "expected the next call's own answer; it got what the server sent behind the one before: " + told(o);
  });
  p.expect_next_call_works(c);
}

/// An endpoint of the server that gives an origin, or none.
inline std::string other_origin(check& c, probe& p, std::string_view which) {
  const outcome o = p.get("/origin/" + std::string{which});
  if (o && o->status == 404) c.skip("the server has no /origin/" + std::string{which} + " on this system");
  else if (!o || o->status != 200)
    c.fail("expected the origin to try from /origin/" + std::string{which} + "; came " + told(o), if_none(o));
  else if (!o->body.starts_with("http"))
    c.fail("expected an origin from /origin/" + std::string{which} + "; came " + told(o),
           "mend first that bytes behind an answer are not the next answer: this is one of an earlier call");
  else return o->body;
  return {};
}

/// The request arrives at another origin, and its Host says so.
inline void expect_origin_works(check& c, probe& p, const std::string& origin) {
  const std::string host{split_url(origin).authority};
  const seen_request seen = p.echo(p.request_to(origin, method::get, "/echo/origin"), c);
  c.demand(seen.headers.get("Host") == host, [&] {
    return "expected Host: " + host + "; came " + in_quotes(seen.headers.get("Host").value_or(""));
  });
  p.expect_next_call_works(c);  // to the first origin again
}
inline void localhost(check& c, probe& p) {
  const std::size_t at = p.origin.find("127.0.0.1");
  if (at == std::string::npos) return c.skip("the server is not on 127.0.0.1");
  expect_origin_works(c, p, std::string{p.origin}.replace(at, 9, "localhost"));
}
inline void ipv6(check& c, probe& p) {
  const std::string origin = other_origin(c, p, "ipv6");
  if (!origin.empty()) expect_origin_works(c, p, origin);
}

/// The other end of an https origin closes when it hears a TLS handshake, and serves what comes in plain text. Whatever
/// the transport makes of that, the request may not have come so: neither over a new connection, nor over one to the
/// same port that was kept from plain http.
inline void https_in_plain(check& c, probe& p) {
  const std::string secure = other_origin(c, p, "https");
  if (secure.empty()) return;
  const std::string plain_origin = "http" + secure.substr(secure.find("://"));
  for (const bool warm : {false, true})
    for (const method m : {method::get, method::post}) {
      if (warm) static_cast<void>(p.send(p.request_to(plain_origin, method::get, "/say/warm-up")).has_value());
      const std::string id = p.fresh_id();
      const outcome o = p.send(p.request_to(secure, m, "/say/secret?id=" + id, m == method::get ? "" : "{}"));
      let_it_arrive();
      const int came = p.seen(id);
      const std::string what = std::string{m} + " to " + secure + (warm ? ", after a GET of " + plain_origin : "");
      c.demand(came == 0, [&] {
        return what + ": expected a TLS handshake or an error, and nothing in plain text; the request came in plain "
               "text, with its token, " + times(came) + ", and the transport says " + told(o);
      });
      c.demand(!o, [&] { return what + ": expected an error, since the server does no TLS; came " + told(o); });
    }
  p.expect_next_call_works(c);
}

/// Calls from one thread, each of which must get its own answer. Returns what went wrong.
inline std::string say_many(lane& transport, const probe& p, const std::string& who) {
  for (int i = 0; i < 25; ++i) {
    const std::string text = who + "-" + std::to_string(i);
    const outcome o = transport(p.request(method::get, "/say/" + text));
    if (!o || o->body != text) return "expected the answer " + in_quotes(text) + "; came " + told(o);
  }
  return {};
}

inline void two_threads(check& c, probe& p) {
  const std::unique_ptr<lane> second = p.another ? p.another() : nullptr;
  if (!second)
    return c.skip(
        "the transport cannot be copied; set a_copy_for_each_thread = false where one object serves two threads");
  std::string failures[2];
  std::thread other{[&] { failures[1] = say_many(*second, p, "thread-b"); }};
  failures[0] = say_many(*p.transport, p, "thread-a");
  other.join();
  for (const std::string& failure : failures)
    c.demand(
        failure.empty(), [&] { return "with two threads at once: " + failure; },
        p.options.a_copy_for_each_thread
            ? "each thread gets a copy of the transport; guard what copies share, or let each have a connection of its "
              "own"
            : "both threads get one and the same transport; guard all that it holds, or let each thread have a copy, "
              "with a_copy_for_each_thread = true");
}

}}}}  // namespace ghl::v0::testing::transport_checks
