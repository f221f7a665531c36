/// What the checks of the transport suite share: the transport under test, requests to send, and words for what came.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/result.hpp>
#include <ghl/testing/check.hpp>

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

/// A check that a transport is known not to pass: it is reported as not run, with the reason.
struct known_limit {
  std::string check;   ///< its name, as the report has it
  std::string reason;  ///< why, for people: "cpp-httplib before 0.20 cannot bound the time in which headers come"
};

struct transport_suite_options {
  milliseconds patience{10'000};  ///< the timeout of calls that should be answered
  milliseconds limit{300};        ///< the timeout of calls that should time out
  milliseconds tolerance{300};    ///< how late a call may end, after its limit or after the request to stop
  /// True: calls from two threads go through two copies of the transport. False: through one object at the same time.
  bool a_copy_for_each_thread = true;
  std::vector<known_limit> known_limits{};
  std::string only{};  ///< the name of one check to run; empty: all of them
};

/// The stop token that the suite cancels with; a minimal ghl::stop_token_like.
class stop_flag {
 public:
  void request_stop() const { stop_->store(true); }
  [[nodiscard]] bool stop_requested() const { return stop_->load(); }

 private:
  std::shared_ptr<std::atomic<bool>> stop_ = std::make_shared<std::atomic<bool>>(false);
};

/// The parts of the transport suite. Internal.
namespace transport_checks {

using outcome = result<http::response>;
using call = std::function<outcome(const http::request&)>;
using stoppable_call = std::function<outcome(const http::request&, stop_flag)>;

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

/// The transport under test and its server.
class probe {
 public:
  std::string origin;
  transport_suite_options options{};
  call transport{};
  std::function<call()> another{};   ///< gives a transport for a second thread; empty: there is none
  stoppable_call stoppable{};        ///< empty: the transport takes no stop token

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

  outcome send(const http::request& r) { return watched(transport(r)); }
  outcome send(const http::request& r, stop_flag stop) { return watched(stoppable(r, std::move(stop))); }
  outcome get(std::string_view target) { return send(request(method::get, target)); }

  /// Sends a request, and parses what the server received. An empty `line`: the server's report was not received.
  seen_request echo(const http::request& r, check& c) {
    seen_request seen;
    const outcome o = send(r);
    const std::size_t head = o ? o->body.find("\r\n\r\n") : std::string::npos;
    if (!c.demand(o && o->status == 200 && head != std::string::npos, [&] {
          return "expected 200 with the request in it for " + std::string{r.method} + " " +
                 std::string{r.target()} + "; came " + told(o);
        }))
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
    return c.demand(o && o->status == 200 && o->body == body, [&] {
      return "expected 200 " + in_quotes(body) + " from " + target + "; came " + told(o);
    });
  }
  /// The call after a fault must work: the transport has to leave the broken connection behind.
  void expect_next_call_works(check& c) {
    const outcome o = get("/say/still-here");
    c.demand(o && o->body == "still-here", [&] {
      return "the next call must work: open a new connection when one has failed; came " + told(o);
    });
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
