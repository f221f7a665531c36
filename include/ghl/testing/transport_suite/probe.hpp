/// What the checks of the transport suite share: the transport under test, requests to send, and words for what came.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/result.hpp>
#include <ghl/testing/check.hpp>
#include <ghl/testing/transport_suite/watchdog.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace testing {

struct transport_suite_options {
  milliseconds patience{10'000};  ///< the timeout of calls that should be answered
  milliseconds limit{300};        ///< the timeout of calls that should time out
  milliseconds tolerance{300};    ///< how late a call may end, after its limit or after the request to stop
  /// True: calls from two threads go through two copies of the transport. False: through one object at the same time.
  bool a_copy_for_each_thread = true;
  std::vector<known_limit> known_limits{};
  std::string only{};  ///< the name of one check to run; empty: all of them
  /// Called with each outcome as its check ends, from the thread that called the suite:
  /// `[](const ghl::testing::check_result& c) { std::fputs(to_text(c).c_str(), stdout); }`
  std::function<void(const check_result&)> each{};
  /// A call that has not ended so long after its timeout is given up, and its check has failed. Zero or less: never,
  /// and calls are made in the thread that called the suite: for a debugger, or a transport that is bound to a thread.
  milliseconds watchdog{10'000};
};

/// The parts of the transport suite. Internal.
namespace transport_checks {

/// The secret that all requests carry, and that no error may hold.
inline constexpr std::string_view secret = "suite-secret-9GxQ7vTz";

/// A request as the server saw it.
struct seen_request {
  std::string line;
  http::headers headers;
  std::string body;
};

/// How long something took.
class stopwatch {
 public:
  [[nodiscard]] milliseconds elapsed() const {
    return milliseconds{std::chrono::duration_cast<std::chrono::milliseconds>(clock::now() - start_)};
  }

 private:
  using clock = std::chrono::steady_clock;
  clock::time_point start_ = clock::now();
};

inline std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  out.append(text.substr(0, 120)).append(text.size() > 120 ? "...\"" : "\"");
  return out;
}
inline std::string in_ms(milliseconds t) { return std::to_string(t.count()) + " ms"; }

inline std::string full_name_of(fault f) { return std::string{"fault::"}.append(name_of(f)); }
inline std::string_view full_name_of(sent s) {
  return s == sent::no ? "sent::no" : s == sent::maybe ? "sent::maybe" : "sent::yes";
}

/// The outcome, as text for a reason.
inline std::string told(const outcome& o) {
  if (o)
    return "an answer with status " + std::to_string(o->status) + " and " + std::to_string(o->body.size()) +
           " bytes: " + in_quotes(o->body);
  std::string out = full_name_of(o.error().fault);
  out.append(" with ").append(full_name_of(o.error().was_sent));
  if (!o.error().detail.empty()) out.append(" (").append(o.error().detail).append(")");
  return out;
}

inline constexpr std::string_view end_every_call =
    "end every call by itself, whatever the server does: return, call back or resume exactly once, and bound all "
    "waiting by request.timeout; where the answer comes from a loop, somebody has to run it while the call waits, as "
    "ghl::testing::blocking(transport, run) does";

/// How often the server has seen something.
inline std::string times(int n) {
  return n < 0 ? "how often it does not say" : n == 1 ? "once" : std::to_string(n) + " times";
}

/// What to do where there was no connection at all; empty: what the check says.
inline std::string_view if_none(const outcome& o) {
  return o || o.error().fault != fault::connect
             ? std::string_view{}
             : "make one call work by hand first, with a GET of this origin's /say/hello, while the server runs";
}

/// The transport under test and its server.
class probe {
 public:
  using maker = std::function<std::unique_ptr<lane>()>;

  std::string origin;
  transport_suite_options options{};
  std::shared_ptr<watch> watching = std::make_shared<watch>();
  std::unique_ptr<lane> transport{};
  maker another{};  ///< gives a transport for a second thread; empty: there is none
  maker afresh{};   ///< gives one in place of one that has not answered; empty: there is none

  /// A request like a client's: with a body where it is not empty.
  [[nodiscard]] http::request request(method m, std::string_view target, std::string body = {}) const {
    return request_to(origin, m, target, std::move(body));
  }
  [[nodiscard]] http::request request_to(std::string_view other_origin, method m, std::string_view target,
                                         std::string body = {}) const {
    http::request r;
    r.method = m;
    r.url.append(other_origin).append(target);
    r.headers.add("Authorization", "Bearer " + std::string{secret});
    r.headers.add("Version", "2021-07-28");
    r.headers.add("Accept", "application/json");
    r.headers.add("User-Agent", "ghl-transport-suite/1");
    if (!body.empty()) r.headers.add("Content-Type", "application/json");
    r.body = std::move(body);
    r.timeout = options.patience;
    return r;
  }

  outcome send(const http::request& r) { return watched((*transport)(r)); }
  outcome send(const http::request& r, stop_flag stop) { return watched((*transport)(r, std::move(stop))); }
  outcome get(std::string_view target) { return send(request(method::get, target)); }

  /// Sends a request, and parses what the server received. An empty `line`: the server's report was not received.
  seen_request echo(const http::request& r, check& c) {
    seen_request seen;
    const outcome o = send(r);
    const std::size_t head = o ? o->body.find("\r\n\r\n") : std::string::npos;
    if (!c.demand(
            o && o->status == 200 && head != std::string::npos,
            [&] {
              return "expected 200 with the request in it for " + std::string{r.method} + " " +
                     std::string{r.target()} + "; came " + told(o);
            },
            r.origin() == origin ? if_none(o) : std::string_view{}))
      return seen;
    std::string_view rest = std::string_view{o->body}.substr(0, head + 2);
    const auto take = [&] {
      const std::string_view line = rest.substr(0, rest.find("\r\n"));
      rest.remove_prefix(line.size() + 2);
      return line;
    };
    for (seen.line = take(); !rest.empty();) {
      const std::string_view line = take();
      const std::size_t colon = line.find(':');
      seen.headers.add(line.substr(0, colon), colon == std::string_view::npos ? "" : line.substr(colon + 1));
    }
    seen.body = o->body.substr(head + 4);
    return seen;
  }

  /// Whether the text for that path is exactly this one.
  bool expect_body(check& c, std::string target, std::string_view body) {
    const outcome o = get(target);
    return c.demand(
        o && o->status == 200 && o->body == body,
        [&] { return "expected 200 " + in_quotes(body) + " from " + target + "; came " + told(o); }, if_none(o));
  }
  /// The call after a fault must work: the transport has to leave the broken connection behind.
  void expect_next_call_works(check& c) {
    const outcome o = get("/say/still-here");
    c.demand(
        o && o->body == "still-here", [&] { return "expected that the next call is answered; came " + told(o); },
        "leave a connection behind that has failed, or has more on it than the answer, and open a new one");
  }

  /// How many requests with that id the server has seen.
  int seen(const std::string& id) {
    const outcome o = get("/seen/" + id);
    int n = 0;
    for (const char digit : o ? o->body : std::string{}) n = n * 10 + (digit - '0');
    return o ? n : -1;
  }
  /// An id that no run of the suite has used.
  std::string fresh_id() {
    const auto now = std::chrono::system_clock::now().time_since_epoch().count();
    return std::to_string(now) + "-" + std::to_string(++ids_);
  }

  /// After a call that was given up: another transport in place of that one. Returns why there is none, or nothing.
  std::string start_afresh() {
    if (!watching->any_answered) return "no call of the transport has ended";
    if (!afresh) return "a call has not ended, and there is no other transport: this one cannot be copied";
    transport = afresh();
    watching->given_up = false;
    static_cast<void>(get("/say/still-here").has_value());
    return watching->given_up ? "a call has not ended, and a copy of the transport does not answer either" : "";
  }

  /// Which error contained the secret; empty: none.
  [[nodiscard]] std::string leak() const {
    const std::lock_guard<std::mutex> lock{mutex_};
    return leak_;
  }
  [[nodiscard]] bool has_seen_errors() const { return errors_ > 0; }

 private:
  outcome watched(outcome o) {
    if (o) return o;
    ++errors_;
    const error& e = o.error();
    std::vector<std::string_view> texts{e.endpoint, e.where, e.detail, e.trace_id, e.content_type, e.excerpt};
    texts.insert(texts.end(), e.messages.begin(), e.messages.end());
    for (const std::string_view text : texts)
      if (text.find(secret) != std::string_view::npos) {
        const std::lock_guard<std::mutex> lock{mutex_};
        leak_ = full_name_of(e.fault);
      }
    return o;
  }

  std::atomic<int> ids_{0};
  std::atomic<int> errors_{0};
  mutable std::mutex mutex_{};
  std::string leak_{};
};

}  // namespace transport_checks
}}}  // namespace ghl::v0::testing
