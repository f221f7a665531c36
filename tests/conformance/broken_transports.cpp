// The transport suite finds what it looks for: for each of its checks a transport that does just that wrong.
#include "../catch.hpp"
#include "raw_client.hpp"

#include <ghl/testing/blocking.hpp>
#include <ghl/testing/transport_suite.hpp>

#include <sandbox/conformance.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using ghl::fault;
using ghl::method;
using ghl::sent;
using ghl::http::request;
using outcome = ghl::result<ghl::http::response>;
using ghl::testing::stop_flag;

/// A good transport with something done to the request before, or to the outcome after.
struct broken {
  std::string check;  ///< the one that has to notice
  std::function<void(request&)> before{};
  std::function<void(const request&, outcome&)> after{};
  mistakes wrong{};
  std::shared_ptr<raw_client> client = nullptr;

  outcome operator()(const request& r) { return call(r); }
  outcome operator()(const request& r, const stop_flag& stop) { return call(r, stop); }

 private:
  template <class... Stop>
  outcome call(request r, const Stop&... stop) {
    if (!client) client = std::make_shared<raw_client>(wrong);
    if (before) before(r);
    outcome o = (*client)(r, stop...);
    if (after) after(r, o);
    return o;
  }
};

void drop(ghl::http::headers& from, const std::function<bool(const ghl::http::header&)>& unwanted) {
  ghl::http::headers kept;
  for (const ghl::http::header& line : from)
    if (!unwanted(line)) kept.add(line.name, line.value);
  from = std::move(kept);
}
std::string replaced(std::string text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
  return text;
}
auto says(fault f, sent s) {
  return [=](const request&, outcome& o) {
    if (!o) o.error().fault = f, o.error().was_sent = s;
  };
}
auto swallows_errors(std::string_view path) {
  return [path](const request& r, outcome& o) {
    if (!o && r.target().starts_with(path)) o = ghl::http::response{.status = 200};
  };
}
auto takes_its_time(std::string_view path) {
  return [path](request& r) {
    if (r.target().starts_with(path)) r.timeout = ghl::milliseconds{r.timeout.count() * 3};
  };
}

std::vector<broken> all_broken() {
  std::vector<broken> list;
  const auto before = [&](std::string check, std::function<void(request&)> f) {
    list.push_back({std::move(check), std::move(f)});
  };
  const auto after = [&](std::string check, std::function<void(const request&, outcome&)> f, mistakes wrong = {}) {
    list.push_back({std::move(check), {}, std::move(f), wrong});
  };
  const auto with = [&](std::string check, mistakes wrong) { list.push_back({std::move(check), {}, {}, wrong}); };

  // ---- requests
  before("the target is sent as it is", [](request& r) { r.url = replaced(r.url, "%20", "+"); });
  before("every method is sent as it is", [](request& r) {
    if (r.method == method::patch) r.method = method::post;
  });
  before("a request without a body has no headers about one", [](request& r) {
    if (r.body.empty()) r.headers.add("Content-Type", "application/json");
  });
  before("a body is sent as it is, with one length and one type", [](request& r) {
    if (!r.body.empty()) r.headers.add("Content-Type", "text/plain");
  });
  before("a body may hold any bytes", [](request& r) { r.body = std::string{r.body.c_str()}; });
  before("a body of 1 MB is sent", [](request& r) { r.body = r.body.substr(0, 65536); });
  before("a body is sent at once and in one piece", [](request& r) {
    if (r.body.size() > 1024) r.headers.add("Expect", "100-continue");
  });
  before("the host is the origin's", [](request& r) { r.headers.add("Host", "example.com"); });
  before("headers are sent as they are", [](request& r) {
    std::set<std::string, std::less<>> seen;
    drop(r.headers, [&](const auto& line) { return !seen.insert(std::string{line.name}).second; });
  });
  before("a header with an empty value is sent",
         [](request& r) { drop(r.headers, [](const auto& line) { return line.value.empty(); }); });
  before("nothing is sent that was not asked for", [](request& r) { r.headers.add("Accept-Language", "en"); });
  list.push_back({"cookies are not kept", [jar = std::make_shared<std::string>("a=b")](request& r) {
                    r.headers.add("Cookie", *jar);
                  }});

  // ---- answers
  after("every status is a value", [](const request&, outcome& o) {
    if (o && o->status == 503) o = ghl::transport_error(fault::other);
  });
  {
    const auto next = std::make_shared<raw_client>();
    after("redirects are returned, not followed", [next](const request& r, outcome& o) {
      if (!o || !o->headers.contains("Location")) return;
      request again = r;
      again.url = std::string{r.origin()}.append(*o->headers.get("Location"));
      static_cast<void>((*next)(again).has_value());
    });
  }
  after("204 and 304 have no body", [](const request&, outcome& o) {
    if (o && o->status == 304) o = ghl::transport_error(fault::timeout);
  });
  after("an answer may be empty", [](const request&, outcome& o) {
    if (o && o->body.empty()) o = ghl::transport_error(fault::cut_short);
  });
  after("headers of an answer are found in any case", [](const request&, outcome& o) {
    if (o) drop(o->headers, [](const auto& line) { return line.name == "X-MiXeD"; });
  });
  after("a header of an answer may be empty", [](const request&, outcome& o) {
    if (o) drop(o->headers, [](const auto& line) { return line.value.empty(); });
  });
  after("headers of an answer are not decoded", [](const request&, outcome& o) {
    if (o) o->headers = ghl::http::headers{{"X-Percent", "a b/c+d"}};
  });
  after("repeated headers of an answer are kept in order", [](const request&, outcome& o) {
    if (o) o->headers = ghl::http::headers{{"X-Repeat", "3"}, {"X-Repeat", "2"}, {"X-Repeat", "1"}};
  });
  after("an answer may hold any bytes", [](const request&, outcome& o) {
    if (o) o->body = std::string{o->body.c_str()};
  });
  with("an interim 100 is skipped", {.takes_continue = true});
  with("an interim 103 is skipped", {.takes_interim_answers = true});
  after("chunks are put together", [](const request&, outcome& o) {
    if (o && o->headers.contains("Transfer-Encoding")) o->body = "5;name=value\r\n" + o->body;
  });
  after("trailers behind the last chunk are no part of the body", [](const request&, outcome& o) {
    if (o && o->headers.contains("Transfer-Encoding")) o->body += "X-Trailer: trailed";
  });
  after("an answer may end with its connection", [](const request&, outcome& o) {
    if (o && o->headers.get("Connection") == "close") o = ghl::transport_error(fault::cut_short);
  });
  before("an answer is not compressed unasked", [](request& r) { r.headers.add("Accept-Encoding", "gzip"); });
  after("a compressed answer is whole, or known as such", [](const request&, outcome& o) {
    if (o) o->headers.clear();
  });
  after("an answer of 8 MB is whole", [](const request&, outcome& o) {
    if (o && o->body.size() > 5'000'000) o->body[5'000'000] = '!';
  });

  // ---- connections
  with("a connection is used again", {.forgets_connections = true});
  with("a connection that was closed while idle is replaced", {.trusts_kept_connections = true});
  {
    const auto twice = std::make_shared<raw_client>();
    before("a POST after an idle connection was closed is sent once", [twice](request& r) {
      if (r.method == method::post) static_cast<void>((*twice)(r).has_value());
    });
  }
  after("a GET on a dropped connection is answered or lost", says(fault::connect, sent::no),
        {.trusts_kept_connections = true});
  with("a POST on a dropped connection is not sent twice", {.sends_anything_again = true});
  with("a DELETE on a dropped connection is not sent twice", {.sends_anything_again = true});
  with("bytes behind an answer are not the next answer", {.trusts_kept_connections = true});
  before("localhost is reached", [](request& r) { r.url = replaced(r.url, "localhost", "host.invalid"); });
  before("an IPv6 address is reached", [](request& r) { r.url = replaced(r.url, "[::1]", "host.invalid"); });
  with("an https origin is never spoken to in plain text", {.speaks_plain_to_https = true});
  {
    struct last_body {
      std::mutex mutex;
      std::string body;
    };
    after("two threads get their own answers", [last = std::make_shared<last_body>()](const request&, outcome& o) {
      const std::lock_guard lock{last->mutex};
      if (o) std::swap(o->body, last->body);
    });
  }

  // ---- faults
  after("a refused connection was not sent", says(fault::connect, sent::maybe));
  after("a connection lost before the answer may have been sent", says(fault::connection_lost, sent::no));
  {
    const auto again = std::make_shared<raw_client>();
    after("a POST whose answer is lost is not sent twice", [again](const request& r, outcome& o) {
      if (!o) o = (*again)(r);
    });
  }
  after("an answer that ends in its headers is an error", swallows_errors("/reset/headers"));
  after("an answer that ends in its body is cut short", swallows_errors("/close/body"));
  after("an answer that ends between chunks is cut short", swallows_errors("/close/chunk"));
  after("an answer that is no HTTP is an error", swallows_errors("/garbage/line"));
  after("a Content-Length that is no number is an error", swallows_errors("/garbage/length"));
  after("a chunk size that is no number is an error", swallows_errors("/garbage/chunk"));

  // ---- time
  after("connecting is bounded by the timeout", says(fault::timeout, sent::maybe));
  before("waiting for an answer is bounded by the timeout", takes_its_time("/stall/before"));
  before("a stall in the headers is bounded by the timeout", takes_its_time("/stall/headers"));
  before("a stall in the body is bounded by the timeout", takes_its_time("/stall/chunk"));
  with("headers that come byte by byte are bounded by the timeout", {.counts_each_wait = true});
  with("a body that comes byte by byte is bounded by the timeout", {.counts_each_wait = true});
  with("a body without end is bounded by the timeout", {.counts_each_wait = true});
  before("a slow answer within the timeout is an answer", [](request& r) {
    if (r.timeout.count() <= 0) r.timeout = ghl::milliseconds{1};
  });

  // ---- cancelling
  with("a cancelled call ends at once", {.stop_every = 1000});
  with("a call that is cancelled while it connects ends at once", {.stop_every = 1000});
  with("a call that is cancelled before it begins is not sent", {.starts_anyway = true});
  after("a call that can be cancelled works like any other", says(fault::cancelled, sent::maybe));
  list.back().before = [](request& r) { r.url = replaced(r.url, "/say/unstopped", "/close/before"); };

  after("errors do not hold what was sent", [](const request& r, outcome& o) {
    if (!o) o.error().detail = r.headers.block();
  });
  return list;
}

std::string_view server() {
  static const ghl_sandbox::conformance_server running;
  return running.url();
}

ghl::testing::report report_of(const broken& b, const std::string& check) {
  return ghl::testing::transport_suite(std::string{server()}, b, {.only = check});
}

}  // namespace

TEST_CASE("a transport of plain sockets passes the whole suite") {
  const auto report = ghl::testing::transport_suite(std::string{server()}, raw_client{});
  INFO(ghl::testing::to_text(report));
  CHECK(ghl::testing::failed(report) == 0);
  CHECK(report.size() == std::size(ghl::testing::transport_checks::all));
}

TEST_CASE("each check fails for a transport that does just that wrong") {
  for (const broken& b : all_broken()) {
    const auto report = report_of(b, b.check);
    INFO(b.check << ": " << ghl::testing::to_text(report));
    REQUIRE(report.size() == 1);
    CHECK(report[0].name == b.check);
    CHECK_FALSE(report[0].passed);
    // What should have been, what was seen, and what to do.
    CHECK(report[0].reason.find("expected ") != std::string::npos);
    CHECK(report[0].remedy.size() > 20);
    CHECK(report[0].reason.ends_with(": " + report[0].remedy));
  }
}

TEST_CASE("an https origin is not spoken to over a connection that was kept from plain http either") {
  const std::string check = "an https origin is never spoken to in plain text";
  const auto report = report_of({check, {}, {}, {.keeps_plain_for_https = true}}, check);
  REQUIRE(report.size() == 1);
  CHECK_FALSE(report[0].passed);
  CHECK(report[0].reason.find("with its token, once") != std::string::npos);

  // A handshake that fails, and then the request without one.
  const auto falls_back = [client = raw_client{}](request r) mutable -> outcome {
    if (!r.url.starts_with("https:")) return client(r);
    const int port = std::stoi(r.url.substr(r.url.rfind(':') + 1));
    const int fd = ghl_sandbox::loopback_socket::knock(port);
    pollfd ready{fd, POLLOUT, 0};
    ::poll(&ready, 1, 1000);
    static_cast<void>(::send(fd, "\x16\x03\x01", 3, MSG_NOSIGNAL));
    ::close(fd);
    r.url.erase(4, 1);
    return client(r);
  };
  const auto fallen = ghl::testing::transport_suite(std::string{server()}, falls_back, {.only = check});
  REQUIRE(fallen.size() == 1);
  CHECK_FALSE(fallen[0].passed);
}

TEST_CASE("what two threads get is said in the reason") {
  const std::string check = "two threads get their own answers";
  for (const broken& b : all_broken()) {
    if (b.check != check) continue;
    for (const bool copies : {true, false}) {
      // One call at a time, so that one object may serve both.
      const auto guarded = [b = broken{b}, guard = std::make_shared<std::mutex>()](const request& r) mutable {
        const std::lock_guard lock{*guard};
        return b(r);
      };
      const auto report = ghl::testing::transport_suite(std::string{server()}, guarded,
                                                        {.a_copy_for_each_thread = copies, .only = check});
      REQUIRE(report.size() == 1);
      CHECK(report[0].remedy.starts_with(copies ? "each thread gets a copy" : "both threads get one and the same"));
    }
  }
}

TEST_CASE("each check is yielded as it ends, and a line of each can be printed") {
  std::vector<std::string> lines;
  const auto report = ghl::testing::transport_suite(
      std::string{server()}, raw_client{{.takes_continue = true}},
      {.known_limits = {{"an answer may be empty", "why not"}}, .each = [&](const ghl::testing::check_result& c) {
         lines.push_back(ghl::testing::to_text(c));
       }});
  REQUIRE(lines.size() == report.size());
  CHECK(lines[0] == "ok     the target is sent as it is\n");
  std::string unpassed;
  for (const std::string& line : lines)
    if (!line.starts_with("ok ")) unpassed += line;
  CHECK(unpassed.find("-      an answer may be empty: not run: a known limit: why not\n") != std::string::npos);
  CHECK(unpassed.find("FAILED an interim 100 is skipped: expected ") != std::string::npos);
  CHECK(ghl::testing::to_text(report) == unpassed + ghl::testing::counts(report));
}

TEST_CASE("there is a broken transport for each check") {
  std::vector<std::string_view> checks;
  std::vector<std::string> broken_checks;
  for (const auto& check : ghl::testing::transport_checks::all) checks.push_back(check.name);
  for (const broken& b : all_broken()) broken_checks.push_back(b.check);
  CHECK(std::equal(checks.begin(), checks.end(), broken_checks.begin(), broken_checks.end()));
}

TEST_CASE("a known limit is reported as not run, and must name a check") {
  const auto report = ghl::testing::transport_suite(
      std::string{server()}, raw_client{{.takes_continue = true}},
      {.known_limits = {{"an interim 100 is skipped", "it has never heard of it"}},
       .only = "an interim 100 is skipped"});
  REQUIRE(report.size() == 1);
  CHECK(report[0].not_run());
  CHECK(report[0].reason == "not run: a known limit: it has never heard of it");

  const auto misnamed =
      ghl::testing::transport_suite(std::string{server()}, raw_client{},
                                    {.known_limits = {{"no such check", "?"}}, .only = "an answer may be empty"});
  CHECK(ghl::testing::failed(misnamed) == 1);
}

TEST_CASE("what a transport does not offer is reported as not run") {
  const auto plain = [client = raw_client{}](const request& r) mutable { return client(r); };
  const std::string cancelling = "a cancelled call ends at once";
  const auto report = ghl::testing::transport_suite(std::string{server()}, plain, {.only = cancelling});
  REQUIRE(report.size() == 1);
  CHECK(report[0].reason == "not run: the transport takes no stop token");

  auto alone = [client = std::make_unique<raw_client>()](const request& r) { return (*client)(r); };
  const auto threads = ghl::testing::transport_suite(std::string{server()}, std::move(alone),
                                                     {.only = "two threads get their own answers"});
  REQUIRE(threads.size() == 1);
  CHECK(threads[0].not_run());
}

TEST_CASE("a callback transport is tried through blocking()") {
  const auto transport = [client = std::make_shared<raw_client>()](request r, auto done) {
    std::thread{[client, r = std::move(r), done = std::move(done)]() mutable { done((*client)(r)); }}.detach();
  };
  const auto report = ghl::testing::transport_suite(std::string{server()}, ghl::testing::blocking(transport),
                                                    {.only = "a connection is used again"});
  INFO(ghl::testing::to_text(report));
  CHECK(ghl::testing::failed(report) == 0);
}
