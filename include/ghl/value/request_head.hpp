/// A request on the wire, for adapters whose library does not write one verbatim.
#pragma once

#include <ghl/value/headers.hpp>
#include <ghl/value/http.hpp>

#include <string>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

/// Everything that goes before the body, in the place of what was in `head`, whose memory is used again. Host comes first
/// (RFC 9110, section 7.2), the length last.
inline void write_request_head(const http::request& request, std::string_view authority, std::string& head) {
  const std::string_view method = request.method;
  const http::headers& headers = request.headers;
  head.clear();
  head.reserve(method.size() + request.url.size() + authority.size() + headers.block().size() + 64);
  head.append(method).append(" ").append(request.target()).append(" HTTP/1.1\r\n");
  if (!headers.contains("Host")) head.append("Host: ").append(authority).append("\r\n");
  head.append(headers.block());
  const bool has_length = !request.body.empty() || method == "POST" || method == "PUT" || method == "PATCH";
  if (has_length && !headers.contains("Content-Length"))
    head.append("Content-Length: ").append(std::to_string(request.body.size())).append("\r\n");
  head.append("\r\n");
}

}}}  // namespace ghl::v0::detail
