/// Translates libcurl's errors.
#pragma once

#include <ghl/value/fault.hpp>

#include <curl/curl.h>

#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// `begun`: libcurl began to send the request; otherwise the server has received nothing. `answered`: a part of the
/// answer was received, so the server has received the request.
inline std::pair<fault, sent> curl_fault(CURLcode code, bool begun, bool answered) {
  const sent so_far = answered ? sent::yes : begun ? sent::maybe : sent::no;
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
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT: return {begun ? fault::connection_lost : fault::connect, so_far};
    default: return {fault::other, so_far};
  }
}

}}}  // namespace ghl::v0::detail
