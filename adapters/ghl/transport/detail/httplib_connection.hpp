/// How ghl::httplib_transport has cpp-httplib carry out one attempt.
#pragma once

#include <ghl/value/http.hpp>
#include <ghl/value/url.hpp>
#include <ghl/transport/detail/httplib_stream.hpp>

#include <httplib.h>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// Purpose: cpp-httplib's own exchange of one request and one answer, over a stream that is not its own. That function
/// is protected, for classes derived from the client, and is the same in all releases; what the client does around it
/// (connecting, waiting, repeating a request by itself) differs from release to release, and cannot be bounded.
class httplib_exchange final : public httplib::ClientImpl {
 public:
  explicit httplib_exchange(const url_parts& to) : ClientImpl(std::string{to.address()}, to.port) {}

  bool perform(httplib::Stream& stream, httplib::Request& out, httplib::Response& in, httplib::Error& error) {
    return process_request(stream, out, in, false, error);
  }
};

/// What cpp-httplib is told of a request; the stream sends the head of its own.
template <class Request = httplib::Request>
Request to_httplib(const http::request& request) {
  Request out;
  out.method = std::string{request.method};
  out.path = "/";
  out.body = request.body;
  // With a body of a kilobyte newer releases would expect a 100, and wait up to a second; any other value prevents it.
  out.headers.emplace("Expect", "");
  // They measure their timeouts from a time that the caller has to set.
  if constexpr (requires { out.start_time_; }) out.start_time_ = std::chrono::steady_clock::now();
  return out;
}

/// A connection to one origin, and the codec over it.
struct httplib_connection {
  httplib_connection(const url_parts& to, const std::string& ca_file) : stream(to, ca_file), exchange(to) {}

  /// Whether a request may be sent again when a kept connection was lost before any byte of an answer. The server may
  /// have acted on it, so a DELETE is not repeated here.
  static bool repeatable(method m) { return m == method::get; }

  httplib_stream stream;
  httplib_exchange exchange;
  std::string head;  // of the request; its memory stays
};

}}}  // namespace ghl::v0::detail
