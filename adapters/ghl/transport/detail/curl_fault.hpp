/// Translates libcurl's errors.
#pragma once

#include <ghl/value/fault.hpp>

#include <curl/curl.h>

#include <string_view>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// `begun`: libcurl began to send the request; otherwise the server has received nothing. `answered`: a part of the
/// answer was received, so the server has received the request. `text`: what libcurl says about it.
inline std::pair<fault, sent> curl_fault(CURLcode code, bool begun, bool answered, std::string_view text) {
  const sent so_far = answered ? sent::yes : begun ? sent::maybe : sent::no;
  // The same code as for a connection that was reset, but the answer came, and asking again would bring another one.
  if (code == CURLE_RECV_ERROR && text.find("chunked-encoding") != std::string_view::npos)
    return {text.find("Out of memory") == std::string_view::npos ? fault::other : fault::too_large, sent::yes};
  switch (static_cast<int>(code)) {  // an int, since only some of libcurl's codes have a meaning of their own here
    case CURLE_OPERATION_TIMEDOUT: return {fault::timeout, so_far};
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
#if LIBCURL_VERSION_NUM < 0x073E00
    case CURLE_SSL_CACERT:
#endif
    case CURLE_SSL_CACERT_BADFILE: return {fault::tls, so_far};
    case CURLE_OK:  // the connection ended in the headers
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
    case CURLE_SEND_ERROR:
      if (answered) return {fault::cut_short, sent::yes};
      if (code == CURLE_SEND_ERROR) return {fault::connection_lost, sent::maybe};
      return {begun ? fault::connection_lost : fault::connect, so_far};  // connect: a proxy's refusal
    // What libcurl says of a line longer than it reads (100 kB), with a code of its own from 8.6 on.
    case CURLE_OUT_OF_MEMORY:
#if LIBCURL_VERSION_NUM >= 0x080600
    case CURLE_TOO_LARGE:
#endif
      return {answered ? fault::too_large : fault::other, so_far};
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT: return {begun ? fault::connection_lost : fault::connect, so_far};
    default: return {fault::other, so_far};
  }
}

}}}  // namespace ghl::v0::detail
