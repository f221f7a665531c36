/// libcurl's easy handle as ghl::curl_transport sets it up: for an origin once, and for each request.
#pragma once

#include <ghl/value/http.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/url.hpp>
#include <ghl/transport/detail/curl_header_list.hpp>

#include <curl/curl.h>

#include <algorithm>
#include <climits>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

/// Initializes libcurl, once in a program. A static variable of a function is initialized by one thread while others
/// wait; curl_global_init itself is thread-safe only from 7.84 on. curl_global_cleanup is never called: a library
/// cannot know whether other code uses libcurl, and the memory is freed when the process ends.
inline CURLcode curl_started() {
  static const CURLcode outcome = curl_global_init(CURL_GLOBAL_DEFAULT);
  return outcome;
}

/// Purpose: an easy handle and what libcurl refers to in it, for requests to one origin.
/// Errors: the first option that libcurl refuses is remembered; prepare() returns its error from then on.
class curl_easy {
 public:
  curl_easy(const std::string& origin, const std::string& ca_file, milliseconds connect_timeout)
      : secure_(split_url(origin).secure), easy_(curl_easy_init()) {
    if (easy_ == nullptr) failed_ = CURLE_FAILED_INIT;
    else set_up(origin, ca_file, connect_timeout);
  }
  curl_easy(const curl_easy&) = delete;  // libcurl holds its address
  curl_easy& operator=(const curl_easy&) = delete;
  ~curl_easy() = default;

  [[nodiscard]] CURL* get() const noexcept { return easy_.get(); }
  [[nodiscard]] bool secure() const noexcept { return secure_; }
  /// libcurl's text about the last error, or else its text for `code`.
  [[nodiscard]] const char* error_text(CURLcode code) const {
    return error_[0] != '\0' ? error_ : curl_easy_strerror(code);
  }

  template <class T>
  void set(CURLoption option, T value) {
    const CURLcode code = curl_easy_setopt(easy_.get(), option, value);
    if (failed_ == CURLE_OK) failed_ = code;
  }

  /// Sets what belongs to one call. libcurl copies neither the headers nor the body. Fails only if libcurl lacks memory
  /// or a feature.
  CURLcode prepare(const http::request& request) {
    if (failed_ != CURLE_OK) return failed_;
    error_[0] = '\0';
    set(CURLOPT_REQUEST_TARGET, request.target().data());  // unchanged: libcurl would remove dot segments
    const bool body = !request.body.empty() || (request.method != method::get && request.method != method::del);
    if (body) {
      set(CURLOPT_POSTFIELDS, request.body.c_str());
      set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    } else {
      set(CURLOPT_HTTPGET, 1L);
    }
    if (method_ != request.method) set(CURLOPT_CUSTOMREQUEST, std::string_view{request.method}.data());
    method_ = request.method;
    set(CURLOPT_TIMEOUT_MS, limit_of(request.timeout, 0));
    headers_.fill(request.headers, body);
    set(CURLOPT_HTTPHEADER, headers_.list());
    set(CURLOPT_ACCEPT_ENCODING, headers_.accept_encoding());  // to decode the body; the header is in the list
    return failed_;
  }

  /// Whether libcurl has begun to send the request, even if on a kept connection that was then lost.
  [[nodiscard]] bool has_begun() const {
    curl_off_t microseconds = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_PRETRANSFER_TIME_T, &microseconds);
    return microseconds > 0;
  }

  /// When anything was received after the request, be it half a line or the end of the connection; 0: nothing was.
  [[nodiscard]] curl_off_t heard_at() const {
    curl_off_t microseconds = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_STARTTRANSFER_TIME_T, &microseconds);
    return microseconds;
  }

  /// Of the answer: CURL_HTTP_VERSION_1_1 and so on.
  [[nodiscard]] long http_version() const {
    long version = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_HTTP_VERSION, &version);
    return version;
  }

 private:
  struct cleanup {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
#if LIBCURL_VERSION_NUM >= 0x073F00
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
#endif
  };

  static long limit_of(milliseconds t, long none) {
    return t.count() <= 0 ? none : static_cast<long>((std::min)(t.count(), std::int64_t{INT_MAX}));
  }

  /// Sets what is the same for all calls.
  void set_up(const std::string& origin, const std::string& ca_file, milliseconds connect_timeout) {
#if LIBCURL_VERSION_NUM >= 0x073F00
    // Parsed once; a URL given as text would be parsed for each call.
    url_.reset(curl_url());
    if (!url_ || curl_url_set(url_.get(), CURLUPART_URL, origin.c_str(), CURLU_DISALLOW_USER) != CURLUE_OK)
      failed_ = CURLE_URL_MALFORMAT;
    set(CURLOPT_CURLU, url_.get());
#else
    set(CURLOPT_URL, origin.c_str());
#endif
#if LIBCURL_VERSION_NUM >= 0x075500
    set(CURLOPT_PROTOCOLS_STR, secure_ ? "https" : "http");
#else
    set(CURLOPT_PROTOCOLS, static_cast<long>(secure_ ? CURLPROTO_HTTPS : CURLPROTO_HTTP));
#endif
    set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    set(CURLOPT_TCP_NODELAY, 1L);
    set(CURLOPT_NOSIGNAL, 1L);
    // No proxy, whatever the environment says.
    if (!secure_ || is_loopback(split_url(origin).host)) set(CURLOPT_NOPROXY, "*");
    if (secure_) {
      set(CURLOPT_SSL_VERIFYPEER, 1L);
      set(CURLOPT_SSL_VERIFYHOST, 2L);
      set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
      if (!ca_file.empty()) {
        set(CURLOPT_CAINFO, ca_file.c_str());
        set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));  // else the system's stay trusted
      }
    }
    // A libcurl without HTTP/2 refuses 2TLS, and uses 1.1.
    curl_easy_setopt(easy_.get(), CURLOPT_HTTP_VERSION,
                     static_cast<long>(secure_ ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1));
#if LIBCURL_VERSION_NUM >= 0x074000
    set(CURLOPT_HTTP09_ALLOWED, 0L);
#endif
#if LIBCURL_VERSION_NUM >= 0x075700
    set(CURLOPT_QUICK_EXIT, 1L);  // otherwise a call that times out in getaddrinfo waits for it to end
#endif
    set(CURLOPT_CONNECTTIMEOUT_MS, limit_of(connect_timeout, INT_MAX));  // 0 would be libcurl's 300 s
    set(CURLOPT_ERRORBUFFER, static_cast<char*>(error_));
  }

  const bool secure_;
#if LIBCURL_VERSION_NUM >= 0x073F00
  std::unique_ptr<CURLU, cleanup> url_;  // outlives the handle, which refers to it
#endif
  std::unique_ptr<CURL, cleanup> easy_;
  CURLcode failed_ = CURLE_OK;
  curl_header_list headers_;
  std::optional<ghl::method> method_;  // that libcurl knows
  char error_[CURL_ERROR_SIZE] = {};
};

}}}  // namespace ghl::v0::detail
