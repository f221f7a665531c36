/// What a transport makes of a server that means harm, or knows no measure: one table for every adapter. An answer is
/// read or it is an error of its own; it never ends the process, never takes more memory than is promised, never
/// outlives the timeout, and is never taken for none once a byte of it has come.
/// `make(response_limit)` gives a blocking transport: `make(1024)(request)` is a ghl::result<ghl::http::response>.
#pragma once

#include "../catch.hpp"
#include "../json_policy.hpp"
#include "raw_server.hpp"

#include <ghl/ghl.hpp>
#include <ghl/api/conversations.hpp>
#include <ghl/retry.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace hostile {

using namespace std::chrono_literals;
using namespace std::string_literals;
using ghl::fault;
using ghl::sent;

/// What a library makes impossible, as the adapter's documentation says.
struct known_limits {
  bool reads_trailers = true;           ///< false: an answer with trailers is fault::other
  bool sees_half_a_line = true;         ///< false: an answer that ends in its first line is none
  bool bounds_chunk_extensions = true;  ///< false: they are dropped as they come, until the timeout
};

/// What one answer sends, and what must come of it.
struct attack {
  std::string name;
  std::string begins;             ///< sent once
  std::string goes_on{};          ///< sent again and again, until the client goes
  std::vector<fault> expected{};  ///< one of these; empty: the answer is read, and its body is "body"
  sent was_sent = sent::yes;
};

inline constexpr std::size_t response_limit = 64 * 1024;
/// Far more than the sockets of both sides hold, and than any transport may keep of an answer.
inline constexpr std::size_t most_taken = 24 * 1024 * 1024;

inline const std::string ok = "HTTP/1.1 200 OK\r\n";
inline const std::string length = "Content-Length: 4\r\n";
inline const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

inline std::string many(int n, const std::string& text) {
  std::string all;
  for (int i = 0; i < n; ++i) all += text;
  return all;
}

inline std::vector<attack> attacks(const known_limits& l) {
  const std::string kilo(1024, 'a');
  const std::vector<fault> large{fault::too_large};
  const std::vector<fault> odd{fault::other};
  const std::vector<fault> cut{fault::cut_short};
  const std::vector<fault> bounded{fault::too_large, fault::other};
  const std::vector<fault> extension = l.bounds_chunk_extensions ? bounded : std::vector<fault>{fault::timeout};
  const std::vector<fault> line = l.sees_half_a_line ? cut : std::vector<fault>{fault::connection_lost};
  const sent seen = l.sees_half_a_line ? sent::yes : sent::maybe;
  const std::vector<fault> trailer = l.reads_trailers ? std::vector<fault>{} : odd;
  return {
      // Large, and yet an answer.
      {"a status line of 30,000 bytes", "HTTP/1.1 200 " + std::string(30'000, 'a') + "\r\n" + length + "\r\nbody"},
      {"a status line of 60,000 bytes", "HTTP/1.1 200 " + std::string(60'000, 'a') + "\r\n" + length + "\r\nbody"},
      {"a header line of 9 kB", ok + "X-A: " + many(9, kilo) + "\r\n" + length + "\r\nbody"},
      {"a header line of 40 kB", ok + "X-A: " + many(40, kilo) + "\r\n" + length + "\r\nbody"},
      {"a thousand headers", ok + many(1000, "X-A: b\r\n") + length + "\r\nbody"},
      {"a header with an empty value", ok + "X-A:\r\n" + length + "\r\nbody"},
      // Odd, and yet an answer.
      {"a 100 without headers", "HTTP/1.1 100 Continue\r\n\r\n" + ok + length + "\r\nbody"},
      {"a 100 with headers", "HTTP/1.1 100 Continue\r\nX-A: b\r\nX-B: c\r\n\r\n" + ok + length + "\r\nbody"},
      {"a 103 with headers", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + ok + length + "\r\nbody"},
      {"ten interim answers", many(10, "HTTP/1.1 102 Processing\r\nX-A: b\r\n\r\n") + ok + length + "\r\nbody"},
      {"a status line without a reason and its blank", "HTTP/1.1 200\r\n" + length + "\r\nbody"},
      {"a status line with an empty reason", "HTTP/1.1 200 \r\n" + length + "\r\nbody"},
      {"an interim answer without a reason and its blank",
       "HTTP/1.1 100\r\n\r\nHTTP/1.1 200\r\n" + length + "\r\nbody"},
      {"HTTP/1.0", "HTTP/1.0 200 OK\r\n" + length + "\r\nbody"},
      {"trailers", chunked + "4\r\nbody\r\n0\r\nX-A: b\r\nX-B: c\r\n\r\n", {}, trailer},
      {"chunk extensions", chunked + "2;a=b\r\nbo\r\n2;c=\"" + kilo + "\"\r\ndy\r\n0\r\n\r\n"},
      // Without end, or larger than is promised.
      {"a status line of 1 MB", "HTTP/1.1 200 " + many(1024, kilo) + "\r\n" + length + "\r\nbody", {}, large},
      {"a header line of 1 MB", ok + "X-A: " + many(1024, kilo) + "\r\n" + length + "\r\nbody", {}, large},
      {"a status line without end", "HTTP/1.1 200 ", kilo, large},
      {"a header line without end", ok + "X-A: ", kilo, large},
      {"a header name without end", ok, kilo, bounded},
      {"headers without end", ok, "X-A: " + kilo + "\r\n", large},
      {"short headers without end", ok, many(100, "a:b\r\n"), large},
      {"a folded header without end", ok + "X-A: b\r\n", " " + kilo + "\r\n", bounded},
      {"100 without end", "", many(40, "HTTP/1.1 100 Continue\r\n\r\n"), large},
      {"103 with headers without end", "", many(20, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"), large},
      {"a chunk extension without end", chunked + "4;a=", kilo, extension},
      {"trailers without end", chunked + "4\r\nbody\r\n0\r\n", "X-A: " + kilo + "\r\n", bounded},
      {"a trailer without end", chunked + "4\r\nbody\r\n0\r\nX-A: ", kilo, bounded},
      {"a chunk size without end", chunked, std::string(1024, '0'), bounded},
      {"a body without end", ok + "\r\n", kilo, large},
      {"chunks without end", chunked, "400\r\n" + kilo + "\r\n", large},
      {"chunks of one byte without end", chunked, many(100, "1\r\na\r\n"), large},
      {"a body that is announced larger than is allowed", ok + "Content-Length: 99999999\r\n\r\n", kilo, large},
      // No answer at all.
      {"a status of 000", "HTTP/1.1 000 \r\n" + length + "\r\nbody", {}, odd},
      {"a status of 099", "HTTP/1.1 099 a\r\n" + length + "\r\nbody", {}, odd},
      {"a status of two digits", "HTTP/1.1 20 a\r\n" + length + "\r\nbody", {}, odd},
      {"a status of letters", "HTTP/1.1 abc d\r\n" + length + "\r\nbody", {}, odd},
      {"another protocol", "SSH-2.0-OpenSSH_9.2\r\n\r\n", {}, odd},
      {"an alert of TLS", "\x15\x03\x01\x00\x02\x02\x46 and so on\r\n\r\n"s, {}, odd},
      {"zeros", std::string(4096, '\0'), {}, odd},
      {"a chunk size that is no number", chunked + "zz\r\nbody\r\n0\r\n\r\n", {}, odd},
      {"a Content-Length that is no number", ok + "Content-Length: four\r\n\r\nbody", {}, odd},
      {"two Content-Lengths", ok + length + "Content-Length: 5\r\n\r\nbody", {}, {fault::other, fault::cut_short}},
      // Half of one.
      {"the first byte", "H", {}, line, seen},
      {"half a status line", "HTTP/1.1 2", {}, line, seen},
      {"half a header", ok + "X-A", {}, cut},
      {"a head without its last line", ok + length, {}, cut},
      {"half a chunk", chunked + "4\r\nbo", {}, cut},
      {"half an interim answer", "HTTP/1.1 100 Cont", {}, line, seen},
      {"an interim answer and no other", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", {}, cut},
      {"nothing", "", {}, {fault::connection_lost}, sent::maybe},
  };
}

inline ghl::http::request request_to(const raw_server& server, ghl::milliseconds timeout = 20s) {
  ghl::http::request r;
  r.method = ghl::method::del;
  r.url = server.url() + "/links/a";
  r.headers.add("User-Agent", "ghl-hostile/1");
  r.timeout = timeout;
  return r;
}

/// A server that plays an attack on each connection, and says how many bytes were taken from it at most.
class attacker {
 public:
  explicit attacker(const attack& a)
      : server([this, &a](raw_connection& c, raw_server& s) {
          s.keep(c.receive());
          if (!c.send(a.begins)) return;
          for (std::size_t taken = a.begins.size(); !a.goes_on.empty(); taken += a.goes_on.size()) {
            if (!c.send(a.goes_on)) return;
            most = (std::max)(most.load(), taken);
          }
        }) {}

  std::atomic<std::size_t> most{0};
  raw_server server;  // last: its thread uses the others
};

/// Each attack on one call, and on a DELETE that may be repeated three times.
template <class Make>
void run_attacks(Make make, const known_limits& limits = {}) {
  for (const attack& a : attacks(limits)) {
    const bool ends_late = std::find(a.expected.begin(), a.expected.end(), fault::timeout) != a.expected.end();
    INFO(a.name);
    {
      attacker enemy{a};
      auto transport = make(response_limit);
      const auto came = transport(request_to(enemy.server, ends_late ? 1s : 20s));
      INFO((came ? "came " + std::to_string(came->status) + " " + came->body : "came " + came.error().message()));
      CHECK(came.has_value() == a.expected.empty());
      if (came) CHECK(came->body == "body");
      else CHECK((std::find(a.expected.begin(), a.expected.end(), came.error().fault) != a.expected.end()));
      if (!came) CHECK((came.error().was_sent == a.was_sent));
      if (!ends_late) CHECK(enemy.most < most_taken);
      CHECK(enemy.server.requests().size() == 1);
    }
    if (ends_late) continue;
    attacker enemy{a};
    ghl::client api{make(response_limit), json_policy{}, ghl::private_integration_token{"t"},
                    ghl::base_url{enemy.server.url()}, ghl::retry{.attempts = 3, .base = 1ms}, ghl::deadline{60s}};
    const auto came = api.call(ghl::conversations::delete_conversation{.conversation_id = "c"});
    CHECK(!came);  // "body" is no JSON
    const std::size_t sends = enemy.server.requests().size();
    // Once a byte of an answer came nothing is sent again.
    const fault what = came.error().fault;
    CHECK(sends == (what == fault::connection_lost ? 3U : 1U));
  }
}

/// Servers that send a little now and then, for ever, in each part of an answer: the timeout holds.
template <class Make>
void run_drips(Make make) {
  const std::pair<const char*, attack> drips[] = {
      {"HTTP/1.1 200 ", {"a status line", "", "a"}},
      {"", {"a header line", ok + "X-A: ", "a"}},
      {"", {"headers", ok, "X-A: b\r\n"}},
      {"", {"interim answers", "", "HTTP/1.1 100 Continue\r\n\r\n"}},
      {"", {"interim answers with headers", "", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"}},
      {"", {"a body", ok + "\r\n", "a"}},
      {"", {"a body with a length", ok + "Content-Length: 9999\r\n\r\n", "a"}},
      {"", {"chunks", chunked, "1\r\na\r\n"}},
      {"", {"a chunk extension", chunked + "4;a=", "a"}},
      {"", {"trailers", chunked + "4\r\nbody\r\n0\r\n", "X-A: b\r\n"}},
      {"", {"a chunk size", chunked, "0"}},
  };
  for (const auto& [first, a] : drips) {
    INFO(a.name);
    raw_server server{[&](raw_connection& c, raw_server&) {
      c.receive();
      if (!c.send(first) || !c.send(a.begins)) return;
      while (c.send(a.goes_on)) std::this_thread::sleep_for(10ms);
    }};
    const auto start = std::chrono::steady_clock::now();
    const auto came = make(response_limit)(request_to(server, 400ms));
    const auto took = std::chrono::steady_clock::now() - start;
    REQUIRE(!came);
    INFO(came.error().message());
    const bool refused = came.error().fault == fault::other;  // at sight, where the library reads no trailers
    CHECK((came.error().fault == fault::timeout || refused));
    CHECK((came.error().was_sent == sent::yes));
    CHECK((took >= 300ms || refused));
    CHECK((took < 10s));  // the server would go on for ever
  }
  // A body that nobody reads.
  raw_server deaf{[](raw_connection&, raw_server& s) {
    while (s.requests().empty()) std::this_thread::sleep_for(1ms);
  }};
  ghl::http::request post = request_to(deaf, 400ms);
  post.method = ghl::method::post;
  post.body.assign(std::size_t{32} << 20U, 'x');
  const auto came = make(response_limit)(post);
  deaf.keep("the end");
  REQUIRE(!came);
  CHECK((came.error().fault == fault::timeout));
  CHECK((came.error().was_sent == sent::maybe));
}

/// Timeouts that no clock can hold.
template <class Make>
void run_centuries(Make make) {
  raw_server server{[](raw_connection& c, raw_server&) {
    c.receive();
    std::this_thread::sleep_for(50ms);
    c.send(http_answer("200 OK", "{}"));
  }};
  const ghl::milliseconds endless = (std::chrono::hours::max)();
  for (const ghl::milliseconds timeout : {ghl::milliseconds{10'000'000'000'000}, endless}) {
    const auto came = make(response_limit)(request_to(server, timeout));
    INFO((came ? std::string{} : came.error().message()));
    CHECK(came);
  }
}

}  // namespace hostile
