/// HTTP through libcurl, 7.61 and newer.
#pragma once

#include <ghl/detail/language.hpp>

#if !__has_include(<curl/curl.h>)
#include "ghl: <curl/curl.h> is not on the include path; install libcurl 7.61 or newer, or use another transport"
#endif

#include <ghl/value/http.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/stop.hpp>
#include <ghl/value/url.hpp>

#include <curl/curl.h>
#if LIBCURL_VERSION_NUM < 0x073D00
#include "ghl: this libcurl is too old; install 7.61 or newer, or use another transport"
#endif
#include <ghl/transport/detail/curl_handle.hpp>

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 {

/// What can be set for a curl_transport.
struct curl_options {
  std::string ca_file;                            ///< PEM file with the authorities to trust; empty: the system's
  milliseconds connect_timeout{10'000};           ///< for the connection alone; the request's own timeout holds too
  std::size_t response_limit = 64 * 1024 * 1024;  ///< in bytes, decoded; a larger body is an error
  std::size_t idle_connections = 8;               ///< kept open while no call uses them; 0: none
};

namespace detail {

/// The handles that no call uses at the moment, the most recently used one last.
class curl_pool {
 public:
  explicit curl_pool(curl_options o) : options_(std::move(o)) {}

  std::unique_ptr<curl_handle> take(std::string_view origin) {
    for (;;) {
      std::unique_ptr<curl_handle> found = last_used(origin);
      if (!found)
        return std::make_unique<curl_handle>(origin, options_.ca_file, options_.connect_timeout,
                                             options_.response_limit);
      if (found->is_quiet()) return found;
    }
  }
  void give_back(std::unique_ptr<curl_handle> handle) {
    std::unique_ptr<curl_handle> coldest;  // closed after the lock is released
    const std::lock_guard<std::mutex> lock{mutex_};
    idle_.push_back(std::move(handle));
    if (idle_.size() > options_.idle_connections) {
      coldest = std::move(idle_.front());
      idle_.erase(idle_.begin());
    }
  }

 private:
  std::unique_ptr<curl_handle> last_used(std::string_view origin) {
    std::unique_ptr<curl_handle> found;
    const std::lock_guard<std::mutex> lock{mutex_};
    for (std::size_t i = idle_.size(); i-- > 0 && !found;)
      if (idle_[i]->origin == origin) {
        found = std::move(idle_[i]);
        idle_.erase(idle_.begin() + static_cast<std::ptrdiff_t>(i));
      }
    return found;
  }

  const curl_options options_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<curl_handle>> idle_;
};

}  // namespace detail

/// Purpose: a blocking transport on libcurl, 7.61 and newer. Tested with 7.88.1 (OpenSSL, HTTP/2).
/// Example: `ghl::client api{ghl::curl_transport{}, ghl::glaze_json{}, token};`
/// Connections: each call takes a kept connection to its origin, or opens one; `curl_options::idle_connections` of them
/// are kept, those used last. HTTP/2 is used where libcurl and the server support it, over HTTPS only. A kept
/// connection that was closed, or on which anything was received meanwhile, is replaced before the request is sent. If
/// a kept connection is lost later, before a byte of the answer was received, libcurl repeats a GET or PUT over
/// HTTP/1.1 on a new one; POST, PATCH and DELETE are never repeated and give connection_lost. After an error the
/// connection is closed.
/// Timeouts: `http::request::timeout` bounds the whole exchange. A libcurl before 7.87 that times out while it resolves
/// a name waits for the resolver, and so does one that was built without a resolver in a thread of its own.
/// Cancelling: `transport(request, stop_token)` looks at the token every 20 ms, and closes the connection.
/// TLS: 1.2 or newer; certificate and host name are verified against the system's authorities, or against those in
/// `curl_options::ca_file` and no others. Proxies: the environment's (https_proxy, no_proxy) for HTTPS, none to
/// loopback.
/// Headers: sent unchanged, except Content-Length and Transfer-Encoding, which libcurl writes. Those of the answer are
/// unchanged. A body in a content coding (gzip) is decoded if the request has an Accept-Encoding header, otherwise not.
/// Redirects are returned, not followed. Cookies and .netrc are not used.
/// Memory: the body may take `curl_options::response_limit`, the status line, headers, interim answers and trailers
/// 256 KiB together, and one line of them what libcurl reads of it (100 kB). More is too_large. Chunk extensions are
/// dropped as they come, until the timeout.
/// Errors: ghl::transport_error with connect, tls, timeout, connection_lost (no answer), cut_short (a part of one),
/// too_large, cancelled or other, and libcurl's text. Once a byte of an answer has come, they say sent::yes; but an
/// answer that ends in its first line is connection_lost with sent::maybe, since libcurl takes it for none. A URL that
/// cannot be sent as it stands gives invalid_request. An HTTP/1.1 answer over TLS with neither Content-Length nor
/// Transfer-Encoding is cut_short: whether it is complete cannot be known.
/// Thread safety: any number of calls at a time, on one transport or on copies, which share their connections. The
/// first one calls curl_global_init; nothing calls curl_global_cleanup. With a libcurl before 7.84, other code must not
/// call curl_global_init at that moment.
/// Signals: CURLOPT_NOSIGNAL is set, so libcurl changes no signal handler. From 7.87 on it raises no SIGPIPE; with an
/// older one, over HTTPS, the program has to ignore that signal.
class curl_transport {
 public:
  curl_transport() : curl_transport(curl_options{}) {}
  explicit curl_transport(curl_options options) : pool_(std::make_shared<detail::curl_pool>(std::move(options))) {}

  result<http::response> operator()(const http::request& request) const {
    return (*this)(request, detail::never_stops{});
  }

  template <stop_token_like Stop>
  result<http::response> operator()(const http::request& request, const Stop& stop) const {
    // libcurl takes NUL-terminated strings: a URL with a NUL in it would name another resource.
    if (!split_url(request.url).can_be_requested()) return invalid_request(fault::bad_url, "url");
    if (stop.stop_requested()) return transport_error(fault::cancelled, sent::no);
    if (const CURLcode code = detail::curl_started(); code != CURLE_OK)
      return transport_error(fault::other, sent::no, curl_easy_strerror(code));
    std::unique_ptr<detail::curl_handle> handle = pool_->take(request.origin());
    auto outcome = handle->perform(request, stop);
    if (outcome) pool_->give_back(std::move(handle));  // otherwise its state is unknown, and it is closed
    return outcome;
  }

 private:
  std::shared_ptr<detail::curl_pool> pool_;
};

}}  // namespace ghl::v0
