/// Requests, answers and errors of ghl::httplib_transport, from and to those of cpp-httplib.
#pragma once

#include <ghl/value/fault.hpp>
#include <ghl/value/http.hpp>
#include <ghl/transport/detail/httplib_connection.hpp>

#include <httplib.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace detail {

/// Translates httplib's errors. A template, since the set of errors differs between releases.
template <class E>
std::pair<fault, sent> httplib_fault(E e, bool answered) {
  if constexpr (requires { E::Timeout; })
    if (e == E::Timeout) return {fault::timeout, answered ? sent::yes : sent::maybe};
  if constexpr (requires { E::SSLServerHostnameVerification; })
    if (e == E::SSLServerHostnameVerification) return {fault::tls, sent::no};
  if (e == E::Connection || e == E::BindIPAddress) return {fault::connect, sent::no};
  if (e == E::ConnectionTimeout) return {fault::timeout, sent::no};
  if (e == E::SSLConnection || e == E::SSLLoadingCerts || e == E::SSLServerVerification) return {fault::tls, sent::no};
  if (answered) return {fault::cut_short, sent::yes};
  return {e == E::Read || e == E::Write ? fault::connection_lost : fault::other, sent::maybe};
}

/// Why an answer cannot be used, judged by its headers; empty if it can.
template <class Client = httplib::Client>
std::string_view httplib_defect(const httplib::Response& in, bool secure, std::size_t& announced) {
  if constexpr (!requires(Client& client) { client.set_max_timeout(std::chrono::milliseconds{1}); })
    if (secure && in.status != 304 && !in.has_header("Content-Length") && !in.has_header("Transfer-Encoding"))
      return "an answer without a length: this release of cpp-httplib cannot tell over TLS whether it is whole";
  static_cast<void>(secure);
  if (in.status < 200) return "an interim answer that cpp-httplib does not understand";
  const std::string* length = nullptr;
  for (const auto& [name, digits] : in.headers) {
    if (!equal_ignoring_case(name, "Content-Length")) continue;
    if (digits.empty() || digits.find_first_not_of("0123456789") != std::string::npos || digits.size() > 18)
      return "Content-Length is no number";
    if (length != nullptr && digits != *length) return "two Content-Length headers that differ";
    length = &digits;
  }
  if (length != nullptr) std::from_chars(length->data(), length->data() + length->size(), announced);
  return {};
}

/// Keeps repeated headers in the order in which they were received: httplib's container has them side by side, in that
/// order or, depending on the release, in reverse.
template <class Headers>
void take_httplib_headers(const Headers& from, http::headers& to) {
  std::size_t room = 0;
  for (const auto& [name, value] : from) room += name.size() + value.size() + 4;
  to.reserve(room);
  std::vector<http::header> repeats;
  for (auto at = from.begin(); at != from.end();) {
    const auto first = at++;
    if (at == from.end() || !equal_ignoring_case(at->first, first->first)) {
      to.add(first->first, first->second);
      continue;
    }
    repeats.assign(1, {first->first, first->second});
    for (; at != from.end() && equal_ignoring_case(at->first, first->first); ++at)
      repeats.push_back({at->first, at->second});
    const Headers two{{"a", "1"}, {"a", "2"}};
    if (two.begin()->second == "2") std::reverse(repeats.begin(), repeats.end());
    for (const auto& [name, value] : repeats) to.add(name, value);
  }
}

/// Newer releases measure timeouts from a time that the caller of send() has to set.
template <class Request>
void set_httplib_start(Request& out) {
  if constexpr (requires { out.start_time_; }) out.start_time_ = std::chrono::steady_clock::now();
}

template <class Client = httplib::Client>
httplib::Request to_httplib(const http::request& request, httplib_connection& connection) {
  httplib::Request out;
  out.method = std::string{request.method};
  out.body = request.body;
  if constexpr (requires(Client& c) { c.set_path_encode(false); }) {
    // The connection writes the target and the headers itself; httplib gets only those that change what it does. With
    // a body of a kilobyte it would send "Expect: 100-continue" and wait up to a second; any other value prevents that.
    static_cast<void>(connection);
    out.path = "/";
    if (const auto asked = request.headers.get("Connection")) out.headers.emplace("Connection", *asked);
    out.headers.emplace("Expect", "");
  } else {
    out.path = request.target();
    out.headers = connection.headers_of(request.headers);
  }
  set_httplib_start(out);
  return out;
}

}}}  // namespace ghl::v0::detail
