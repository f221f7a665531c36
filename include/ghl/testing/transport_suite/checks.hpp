/// All checks of the transport suite: their names, and what to do about each.
#pragma once

#include <ghl/testing/check.hpp>
#include <ghl/testing/transport_suite/answers.hpp>
#include <ghl/testing/transport_suite/cancelling.hpp>
#include <ghl/testing/transport_suite/connections.hpp>
#include <ghl/testing/transport_suite/faults.hpp>
#include <ghl/testing/transport_suite/probe.hpp>
#include <ghl/testing/transport_suite/requests.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace testing { namespace transport_checks {

struct named_check {
  std::string_view name;
  void (*run)(check&, probe&);
  std::string_view remedy;  ///< the end of the reason, where the demand that is not met does not know it better
};

inline constexpr named_check all[] = {
    // ---- requests
    {"the target is sent as it is", target_as_it_is, "send request.target() byte for byte, it is encoded already"},
    {"every method is sent as it is", methods, "send request.method as it is, and list none of your own"},
    {"a request without a body has no headers about one", no_body,
     "leave Content-Length, Content-Type and Transfer-Encoding out where request.body is empty"},
    {"a body is sent as it is, with one length and one type", bodies,
     "send request.body whatever the method, add its Content-Length once, and no Content-Type: it stands in "
     "request.headers"},
    {"a body may hold any bytes", body_bytes, "pass request.body with its size, and not as a C string"},
    {"a body of 1 MB is sent", large_request, "send again until all of request.body is written"},
    {"a body is sent at once and in one piece", body_at_once,
     "send the body with its Content-Length, without Expect: 100-continue and without chunks"},
    {"the host is the origin's", host, "send one Host: request.origin() without its scheme"},
    {"headers are sent as they are", headers_as_they_are,
     "send request.headers line by line, without changing, dropping, joining or adding to any"},
    {"a header with an empty value is sent", empty_header, "send a header whose value is empty as well"},
    {"nothing is sent that was not asked for", nothing_else,
     "switch off the headers that your library adds by itself"},
    {"cookies are not kept", no_cookies,
     "switch off the cookies of your library: those of one account must not go into another's request"},
    // ---- answers
    {"every status is a value", every_status, "return every whole answer as a value, whatever its status"},
    {"redirects are returned, not followed", redirects,
     "switch off the following of redirects, which would replay the request, with its token, elsewhere"},
    {"204 and 304 have no body", no_content, "read no body after a 204 or 304 (RFC 9112, section 6.3)"},
    {"an answer may be empty", empty_body, "take a Content-Length of 0 for a whole answer"},
    {"headers of an answer are found in any case", response_headers, "add each header to response.headers as it came"},
    {"a header of an answer may be empty", empty_response_header,
     "add a header whose value is empty to response.headers as well"},
    {"headers of an answer are not decoded", encoded_response_header,
     "add the values of headers as they came; switch off percent-decoding"},
    {"repeated headers of an answer are kept in order", repeated_headers,
     "add repeated headers one by one, in their order, and not from a map"},
    {"an answer may hold any bytes", answer_bytes, "copy the body with its size, and not as a C string"},
    {"an interim 100 is skipped", interim_100, "read past answers with a status of 1xx (RFC 9110, section 15.2)"},
    {"an interim 103 is skipped", interim_103, "read past answers with a status of 1xx (RFC 9110, section 15.2)"},
    {"chunks are put together", chunked, "put the chunks together, and drop their sizes and extensions"},
    {"trailers behind the last chunk are no part of the body", trailers,
     "read the trailers up to the empty line, and drop them"},
    {"an answer may end with its connection", until_close,
     "where there is no Content-Length and there are no chunks, read until the server closes"},
    {"an answer is not compressed unasked", compression_not_asked, "send no Accept-Encoding of your own"},
    {"a compressed answer is whole, or known as such", compression_unasked,
     "decode an answer with Content-Encoding: gzip, or return its bytes with that header, or an error"},
    {"an answer of 8 MB is whole", large_answer, "read again until all of the body has come"},
    // ---- connections
    {"a connection is used again", reuse, "keep the connection open for the next call"},
    {"a connection that was closed while idle is replaced", closed_while_idle,
     "where a kept connection turns out to be dead before a byte of the answer came, send a GET again over a new one"},
    {"a POST after an idle connection was closed is sent once", idle_post,
     "look whether a kept connection is still open before a request goes out, and send a POST once"},
    {"a GET on a dropped connection is answered or lost", dropped_get,
     "send it once more over a new connection, or return fault::connection_lost with sent::maybe"},
    {"a POST on a dropped connection is not sent twice", dropped_post,
     "send a POST or PATCH once, and return fault::connection_lost with sent::maybe"},
    {"a DELETE on a dropped connection is not sent twice", dropped_delete,
     "send a DELETE once, and return fault::connection_lost with sent::maybe"},
    {"bytes behind an answer are not the next answer", surplus,
     "close a kept connection on which something lies before the request is sent"},
    {"localhost is reached", localhost, "look names up, and try each address that is found, IPv4 and IPv6"},
    {"an IPv6 address is reached", ipv6, "take the brackets off the host when connecting, and leave them in Host"},
    {"an https origin is never spoken to in plain text", https_in_plain,
     "begin with a TLS handshake where request.origin() begins with https://, never go on without it, keep the "
     "connections of http and https apart, and without TLS return fault::tls with sent::no"},
    {"two threads get their own answers", two_threads,
     "with two threads at once each answer must go to its caller"},
    // ---- faults
    {"a refused connection was not sent", refused, "return fault::connect with sent::no where no connection was made"},
    {"a connection lost before the answer may have been sent", lost_before_answer,
     "return fault::connection_lost with sent::maybe where the connection ends before an answer began"},
    {"a POST whose answer is lost is not sent twice", lost_post_once,
     "never send a POST or PATCH again by yourself; return an error with sent::maybe or sent::yes"},
    {"an answer that ends in its headers is an error", cut_in_headers,
     "return fault::cut_short with sent::yes where the connection ends inside the headers"},
    {"an answer that ends in its body is cut short", cut_in_body,
     "return fault::cut_short with sent::yes where fewer bytes come than Content-Length says"},
    {"an answer that ends between chunks is cut short", cut_in_chunks,
     "return fault::cut_short with sent::yes where the last chunk, of size 0, does not come"},
    {"an answer that is no HTTP is an error", garbage_line,
     "return fault::other with sent::maybe where the status line does not begin with HTTP/"},
    {"a Content-Length that is no number is an error", garbage_length,
     "return fault::other with sent::maybe where Content-Length is no number"},
    {"a chunk size that is no number is an error", garbage_chunk,
     "return fault::other with sent::maybe where the size of a chunk is no number"},
    // ---- time
    {"connecting is bounded by the timeout", timeout_connecting, bounds_all},
    {"waiting for an answer is bounded by the timeout", timeout_before, bounds_all},
    {"a stall in the headers is bounded by the timeout", timeout_in_headers, bounds_all},
    {"a stall in the body is bounded by the timeout", timeout_in_body, bounds_all},
    {"headers that come byte by byte are bounded by the timeout", drip_headers, bounds_all},
    {"a body that comes byte by byte is bounded by the timeout", drip_body, bounds_all},
    {"a body without end is bounded by the timeout", endless, bounds_all},
    {"a slow answer within the timeout is an answer", not_too_early,
     "take request.timeout in milliseconds, and zero or less for no limit of the caller's"},
    // ---- cancelling
    {"a cancelled call ends at once", cancel_waiting,
     "look at the stop token every 50 ms at least, in every wait, and return fault::cancelled with sent::maybe"},
    {"a call that is cancelled while it connects ends at once", cancel_connecting,
     "look at the stop token every 50 ms at least while connecting too, and return fault::cancelled with sent::no"},
    {"a call that is cancelled before it begins is not sent", cancel_before,
     "look at the stop token before anything is done, and return fault::cancelled with sent::no"},
    {"a call that can be cancelled works like any other", cancel_never,
     "do with a stop token what is done without one, as long as nobody asks to stop"},
    // ---- last, after all the errors
    {"errors do not hold what was sent", errors_keep_secrets,
     "keep requests and answers out of the detail of an error: log files have it"},
};

static_assert([] {
  for (const named_check& each : all)
    if (each.remedy.empty()) return false;
  return true;
}());

/// Runs one check, or says why not.
inline check_result run_one(probe& p, const named_check& one, std::string_view why_not) {
  report results;
  const auto known = std::ranges::find(p.options.known_limits, one.name, &known_limit::check);
  run_check(
      results, one.name,
      [&](check& c) {
        if (known != p.options.known_limits.end()) return c.skip("a known limit: " + known->reason);
        if (!why_not.empty()) return c.skip(why_not);
        one.run(c, p);
        if (p.watching->given_up) c.fail_instead(p.watching->sentence, end_every_call);
      },
      one.remedy);
  return std::move(results.front());
}

inline report run_all(probe& p) {
  report results;
  const auto add = [&](check_result ended) {
    results.push_back(std::move(ended));
    if (p.options.each) p.options.each(results.back());
  };
  std::string why_not;
  for (const named_check& each : all) {
    if (!p.options.only.empty() && p.options.only != each.name) continue;
    add(run_one(p, each, why_not));
    if (why_not.empty() && p.watching->given_up) why_not = p.start_afresh();
  }
  std::vector<std::string> names;
  if (!p.options.only.empty()) names.push_back(p.options.only);
  for (const known_limit& limit : p.options.known_limits) names.push_back(limit.check);
  for (const std::string& name : names)
    if (std::ranges::find(all, name, &named_check::name) == std::ranges::end(all)) {
      check c;
      c.fail("expected the name of a check; no check has this one",
             "write it as the report has it, in transport_suite_options");
      add(std::move(c).result(name));
    }
  return results;
}

}}}}  // namespace ghl::v0::testing::transport_checks
