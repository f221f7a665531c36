/// A conformance suite for transports: what every transport must do, checked against a server that does everything.
#pragma once

#include <ghl/value/stop.hpp>
#include <ghl/testing/check.hpp>
#include <ghl/testing/transport_suite/answers.hpp>
#include <ghl/testing/transport_suite/connections.hpp>
#include <ghl/testing/transport_suite/faults.hpp>
#include <ghl/testing/transport_suite/probe.hpp>
#include <ghl/testing/transport_suite/requests.hpp>

#include <algorithm>
#include <concepts>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace testing {

namespace transport_checks {

struct named_check {
  std::string_view name;
  void (*run)(check&, probe&);
};

inline constexpr named_check all[] = {
    // ---- requests
    {"the target is sent as it is", target_as_it_is},
    {"every method is sent as it is", methods},
    {"a request without a body has no headers about one", no_body},
    {"a body is sent as it is, with one length and one type", bodies},
    {"a body may hold any bytes", body_bytes},
    {"a body of 1 MB is sent", large_request},
    {"a body is sent at once and in one piece", body_at_once},
    {"the host is the origin's", host},
    {"headers are sent as they are", headers_as_they_are},
    {"a header with an empty value is sent", empty_header},
    {"nothing is sent that was not asked for", nothing_else},
    {"cookies are not kept", no_cookies},
    // ---- answers
    {"every status is a value", every_status},
    {"redirects are returned, not followed", redirects},
    {"204 and 304 have no body", no_content},
    {"an answer may be empty", empty_body},
    {"headers of an answer are found in any case", response_headers},
    {"a header of an answer may be empty", empty_response_header},
    {"headers of an answer are not decoded", encoded_response_header},
    {"repeated headers of an answer are kept in order", repeated_headers},
    {"an answer may hold any bytes", answer_bytes},
    {"an interim 100 is skipped", interim_100},
    {"an interim 103 is skipped", interim_103},
    {"chunks are put together", chunked},
    {"trailers behind the last chunk are no part of the body", trailers},
    {"an answer may end with its connection", until_close},
    {"an answer is not compressed unasked", compression_not_asked},
    {"a compressed answer is whole, or known as such", compression_unasked},
    {"an answer of 8 MB is whole", large_answer},
    // ---- connections
    {"a connection is used again", reuse},
    {"a connection that was closed while idle is replaced", closed_while_idle},
    {"a POST after an idle connection was closed is sent once", idle_post},
    {"a GET on a dropped connection is answered or lost", dropped_get},
    {"a POST on a dropped connection is not sent twice", dropped_post},
    {"a DELETE on a dropped connection is not sent twice", dropped_delete},
    {"bytes behind an answer are not the next answer", surplus},
    {"localhost is reached", localhost},
    {"an IPv6 address is reached", ipv6},
    {"two threads get their own answers", two_threads},
    // ---- faults
    {"a refused connection was not sent", refused},
    {"a connection lost before the answer may have been sent", lost_before_answer},
    {"a POST whose answer is lost is not sent twice", lost_post_once},
    {"an answer that ends in its headers is an error", cut_in_headers},
    {"an answer that ends in its body is cut short", cut_in_body},
    {"an answer that ends between chunks is cut short", cut_in_chunks},
    {"an answer that is no HTTP is an error", garbage_line},
    {"a Content-Length that is no number is an error", garbage_length},
    {"a chunk size that is no number is an error", garbage_chunk},
    // ---- time
    {"connecting is bounded by the timeout", timeout_connecting},
    {"waiting for an answer is bounded by the timeout", timeout_before},
    {"a stall in the headers is bounded by the timeout", timeout_in_headers},
    {"a stall in the body is bounded by the timeout", timeout_in_body},
    {"headers that come byte by byte are bounded by the timeout", drip_headers},
    {"a body that comes byte by byte is bounded by the timeout", drip_body},
    {"a body without end is bounded by the timeout", endless},
    {"a slow answer within the timeout is an answer", not_too_early},
    // ---- cancelling
    {"a cancelled call ends at once", cancel_waiting},
    {"a call that is cancelled while it connects ends at once", cancel_connecting},
    {"a call that is cancelled before it begins is not sent", cancel_before},
    {"a call that can be cancelled works like any other", cancel_never},
    // ---- last, after all the errors
    {"errors do not hold what was sent", errors_keep_secrets},
};

inline report run_all(probe& p) {
  report results;
  for (const named_check& each : all) {
    if (!p.options.only.empty() && p.options.only != each.name) continue;
    const auto known = std::ranges::find(p.options.known_limits, each.name, &known_limit::check);
    run_check(results, each.name, [&](check& c) {
      if (known != p.options.known_limits.end()) c.skip("a known limit: " + known->reason);
      else each.run(c, p);
    });
  }
  std::vector<std::string> names;
  if (!p.options.only.empty()) names.push_back(p.options.only);
  for (const known_limit& limit : p.options.known_limits) names.push_back(limit.check);
  for (const std::string& name : names)
    if (std::ranges::find(all, name, &named_check::name) == std::ranges::end(all))
      results.push_back({name, false, "no check has this name; see transport_suite_options"});
  return results;
}

}  // namespace transport_checks

/// Purpose: checks that a transport does what ghl::blocking_transport promises, one sentence for each promise.
/// `origin`: "http://127.0.0.1:PORT" of a ghl_sandbox::conformance_server, from examples/sandbox/conformance.hpp, in
/// the same program or in another one: `examples/sandbox` prints its origin.
/// `send`: the blocking transport itself. For the others give a callable that runs one call to its end, e.g.
///   a coroutine transport:  [t](const http::request& r) mutable {
///                             asio::io_context io;
///                             auto done = asio::co_spawn(io, t(r), asio::use_future);
///                             return io.run(), done.get(); }
///   a callback transport:   ghl::testing::blocking(transport), from <ghl/testing/blocking.hpp>
/// Where `send(request, stop)` can be called too, with any ghl::stop_token_like, cancelling is checked as well.
/// Example: `auto report = ghl::testing::transport_suite(server.url(), my_transport{});`
///          `std::fputs(ghl::testing::to_text(report).c_str(), stdout); return ghl::testing::failed(report) != 0;`
/// Errors: none; each check that fails has its reason, and one that cannot be run is reported as not run.
/// Time: five to fifteen seconds, most of it spent in timeouts.
/// Thread safety: calls from one thread, but for one check that makes calls from two, through copies of `send`, or
/// through `send` itself with transport_suite_options::a_copy_for_each_thread = false.
template <class Send>
[[nodiscard]] report transport_suite(std::string origin, Send send, transport_suite_options options = {}) {
  static_assert(requires(const http::request& r) { result<http::response>{send(r)}; },
                "ghl: the transport suite needs a callable result<http::response>(const http::request&); "
                "for other transports see the comment above transport_suite");
  const auto shared = std::make_shared<Send>(std::move(send));
  const auto as_call = [](std::shared_ptr<Send> s) -> transport_checks::call {
    return [s = std::move(s)](const http::request& r) -> result<http::response> { return (*s)(r); };
  };

  transport_checks::probe p;
  p.origin = std::move(origin);
  p.options = std::move(options);
  p.transport = as_call(shared);
  if (!p.options.a_copy_for_each_thread) p.another = [&] { return as_call(shared); };
  else if constexpr (std::copy_constructible<Send>)
    p.another = [&] { return as_call(std::make_shared<Send>(*shared)); };
  if constexpr (requires(const http::request& r, stop_flag stop) { result<http::response>{(*shared)(r, stop)}; })
    p.stoppable = [shared](const http::request& r, stop_flag stop) -> result<http::response> {
      return (*shared)(r, std::move(stop));
    };
  return transport_checks::run_all(p);
}

static_assert(stop_token_like<stop_flag>);

}}}  // namespace ghl::v0::testing
