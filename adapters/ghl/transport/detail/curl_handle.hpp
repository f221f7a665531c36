/// What ghl::curl_transport is made of: a handle of libcurl's with its connection.
#pragma once

#include <ghl/value/http.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/stop.hpp>
#include <ghl/value/url.hpp>
#include <ghl/transport/detail/curl_answer.hpp>
#include <ghl/transport/detail/curl_fault.hpp>
#include <ghl/transport/detail/curl_header_list.hpp>

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <climits>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>

namespace ghl { inline namespace v0 { namespace detail {

/// Starts libcurl, once in a program. A function's static is initialized by one thread while the others wait, which
/// curl_global_init itself guarantees from 7.84 on only. Nothing calls curl_global_cleanup: no library can know that
/// nobody else uses libcurl, and what it would free ends with the process.
inline CURLcode curl_started() {
  static const CURLcode outcome = curl_global_init(CURL_GLOBAL_DEFAULT);
  return outcome;
}

/// A handle with a connection of its own to one origin, used by one call at a time. It is driven through a multi
/// handle, as curl_easy_perform does inside, since only that can be left in the middle when a stop is requested.
class curl_handle {
 public:
  curl_handle(std::string_view to, const std::string& ca_file, milliseconds connect_timeout, std::size_t limit)
      : origin(to), secure_(split_url(to).secure), easy_(curl_easy_init()), multi_(curl_multi_init()), answer_(limit) {
    if (easy_ == nullptr || multi_ == nullptr) failed_ = CURLE_FAILED_INIT;
    else set_up(ca_file, connect_timeout);
  }
  curl_handle(const curl_handle&) = delete;
  curl_handle& operator=(const curl_handle&) = delete;
  ~curl_handle() {
    curl_easy_cleanup(easy_);
#if LIBCURL_VERSION_NUM >= 0x073F00
    curl_url_cleanup(url_);
#endif
    if (multi_ != nullptr) curl_multi_cleanup(multi_);
  }

  const std::string origin;

  /// Whether nothing came on the kept connection since the last call. What lies there would be read as the next answer:
  /// libcurl 7.88 looks for the end of the connection only.
  [[nodiscard]] bool is_quiet() {
    if (socket_ == CURL_SOCKET_BAD) return true;
    curl_waitfd idle{socket_, CURL_WAIT_POLLIN, 0};
    return curl_multi_wait(multi_, &idle, 1, 0, nullptr) == CURLM_OK && idle.revents == 0;
  }

  template <class Stop>
  result<http::response> perform(const http::request& request, const Stop& stop) {
    if (failed_ == CURLE_OK) translate(request);
    if (failed_ != CURLE_OK) return transport_error(fault::other, sent::no, curl_easy_strerror(failed_));
    constexpr bool stops = !std::is_same_v<Stop, never_stops>;
    bool stopped = false;
    int running = 1;
    bool broken = curl_multi_add_handle(multi_, easy_) != CURLM_OK;
    while (!broken && running != 0 && !stopped) {
      broken = curl_multi_perform(multi_, &running) != CURLM_OK;
      if (!broken && running != 0) {
        stopped = stop.stop_requested();
        if (!stopped) wait(stops ? 20 : 60'000);  // or until something happens; libcurl has its own timeouts
      }
    }
    CURLcode code = CURLE_FAILED_INIT;
    for (int left = 0; const CURLMsg* message = curl_multi_info_read(multi_, &left);)
      if (message->msg == CURLMSG_DONE) code = message->data.result;
    const bool begun = has_begun();
    remember_socket();
    curl_multi_remove_handle(multi_, easy_);
    if (stopped) return transport_error(fault::cancelled, begun ? sent::maybe : sent::no);
    if (code == CURLE_OK && answer_.has_headers()) {
      http::response answer = take_answer();
      if (!may_be_cut_short(answer)) return answer;
      return transport_error(fault::cut_short, sent::yes, "an answer without a length, whose end TLS does not vouch for");
    }
    if (kept_from_resending_) return transport_error(fault::connection_lost, sent::maybe, "not sent twice");
    if (answer_.too_large()) return transport_error(fault::too_large, sent::yes);
    const auto [what, was_sent] = curl_fault(code, begun, answer_.began());
    return transport_error(what, was_sent, error_[0] != '\0' ? error_ : curl_easy_strerror(code));
  }

 private:
  template <class T>
  void set(CURLoption option, T value) {
    const CURLcode code = curl_easy_setopt(easy_, option, value);
    if (failed_ == CURLE_OK) failed_ = code;
  }
  static long limit_of(milliseconds t, long none) {
    return t.count() <= 0 ? none : static_cast<long>((std::min)(t.count(), std::int64_t{INT_MAX}));
  }

  /// What all calls share.
  void set_up(const std::string& ca_file, milliseconds connect_timeout) {
#if LIBCURL_VERSION_NUM >= 0x073F00
    // Taken apart once; a text would be for each call.
    url_ = curl_url();
    if (url_ == nullptr || curl_url_set(url_, CURLUPART_URL, origin.c_str(), CURLU_DISALLOW_USER) != CURLUE_OK)
      failed_ = CURLE_URL_MALFORMAT;
    set(CURLOPT_CURLU, url_);
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
        set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));  // or the system's authorities stay trusted
      }
    }
    // A libcurl without HTTP/2 refuses the first, and speaks 1.1.
    curl_easy_setopt(easy_, CURLOPT_HTTP_VERSION,
                     static_cast<long>(secure_ ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1));
#if LIBCURL_VERSION_NUM >= 0x074000
    set(CURLOPT_HTTP09_ALLOWED, 0L);
#endif
#if LIBCURL_VERSION_NUM >= 0x075700
    set(CURLOPT_QUICK_EXIT, 1L);  // or a call that times out in getaddrinfo waits for it to end
#endif
    set(CURLOPT_CONNECTTIMEOUT_MS, limit_of(connect_timeout, INT_MAX));  // 0 would be libcurl's 300 s
    set(CURLOPT_ERRORBUFFER, static_cast<char*>(error_));
    set(CURLOPT_HEADERFUNCTION, &curl_handle::on_header);
    set(CURLOPT_HEADERDATA, static_cast<void*>(this));
    set(CURLOPT_WRITEFUNCTION, &curl_handle::on_body);
    set(CURLOPT_WRITEDATA, static_cast<void*>(this));
    set(CURLOPT_SOCKOPTFUNCTION, &curl_handle::on_socket);
    set(CURLOPT_SOCKOPTDATA, static_cast<void*>(this));
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, 1L);
  }

  /// What belongs to one call. libcurl copies neither the headers nor the body.
  void translate(const http::request& request) {
    answer_.clear();
    error_[0] = '\0';
    kept_from_resending_ = false;
    // A second DELETE that finds nothing left would hide the success of the first.
    repeatable_ = request.method == method::get || request.method == method::put;

    set(CURLOPT_REQUEST_TARGET, request.target().data());  // as it stands: no dot segment is squashed
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
    set(CURLOPT_ACCEPT_ENCODING, headers_.accept_encoding());  // to decode the body; the list has the header itself
  }

  void wait(int milliseconds) {
#if LIBCURL_VERSION_NUM >= 0x074200
    curl_multi_poll(multi_, nullptr, 0, milliseconds, nullptr);
#else
    int ready = 0;
    curl_multi_wait(multi_, nullptr, 0, milliseconds, &ready);
    // Returns at once while there is no socket, as when a name is being resolved.
    if (ready == 0) std::this_thread::sleep_for(std::chrono::milliseconds{1});
#endif
  }

  /// Which socket to listen to while the connection is idle; none over HTTP/2, whose frames come at any time.
  void remember_socket() {
    long version = 0;
    socket_ = CURL_SOCKET_BAD;
    curl_easy_getinfo(easy_, CURLINFO_HTTP_VERSION, &version);
    if (version < CURL_HTTP_VERSION_2_0) curl_easy_getinfo(easy_, CURLINFO_ACTIVESOCKET, &socket_);
  }

  /// Whether libcurl has begun to send the request, be it on a kept connection that was lost then.
  [[nodiscard]] bool has_begun() const {
    curl_off_t microseconds = 0;
    curl_easy_getinfo(easy_, CURLINFO_PRETRANSFER_TIME_T, &microseconds);
    return microseconds > 0;
  }

  /// libcurl takes the bare end of a TLS connection for the end of a body without a length, although anybody on the way
  /// could have cut it off there.
  [[nodiscard]] bool may_be_cut_short(const http::response& answer) const {
    long version = 0;
    curl_easy_getinfo(easy_, CURLINFO_HTTP_VERSION, &version);
    return secure_ && version < CURL_HTTP_VERSION_2_0 && answer.status != 204 &&
           answer.status != 304 && !answer.headers.contains("Content-Length") &&
           !answer.headers.contains("Transfer-Encoding");
  }

  http::response take_answer() {
    long status = 0;
    curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
    return answer_.take(static_cast<int>(status));
  }

  // What libcurl calls. No exception may pass through it.
  template <class Keep>
  static std::size_t kept(std::size_t size, Keep keep) noexcept {
#if defined(__cpp_exceptions)
    try {
      return keep() ? size : 0;
    } catch (...) {
      return 0;  // CURLE_WRITE_ERROR: out of memory
    }
#else
    return keep() ? size : 0;
#endif
  }
  static std::size_t on_header(char* data, std::size_t, std::size_t size, void* self) noexcept {
    return kept(size, [=] { return static_cast<curl_handle*>(self)->answer_.add_line({data, size}); });
  }
  static std::size_t on_body(char* data, std::size_t, std::size_t size, void* self) noexcept {
    auto& handle = *static_cast<curl_handle*>(self);
    curl_off_t announced = 0;
    curl_easy_getinfo(handle.easy_, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
    const auto length = static_cast<std::uint64_t>((std::max)(announced, curl_off_t{0}));
    return kept(size, [&] { return handle.answer_.add_body({data, size}, length); });
  }
  /// Called before each new connection. libcurl sends again, whatever the method, when a kept connection was lost
  /// before a byte of the answer came; the server may have acted by then, so a POST or PATCH is not sent again.
  static int on_socket(void* self, curl_socket_t, curlsocktype) noexcept {
    auto& handle = *static_cast<curl_handle*>(self);
    handle.kept_from_resending_ = !handle.repeatable_ && handle.has_begun();
    return handle.kept_from_resending_ ? CURL_SOCKOPT_ERROR : CURL_SOCKOPT_OK;
  }

  const bool secure_;
  CURL* easy_;
#if LIBCURL_VERSION_NUM >= 0x073F00
  CURLU* url_ = nullptr;
#endif
  CURLM* multi_;
  CURLcode failed_ = CURLE_OK;
  curl_socket_t socket_ = CURL_SOCKET_BAD;
  curl_header_list headers_;
  curl_answer answer_;
  std::optional<ghl::method> method_;  // that libcurl knows
  bool repeatable_ = false;
  bool kept_from_resending_ = false;
  char error_[CURL_ERROR_SIZE] = {};
};

}}}  // namespace ghl::v0::detail
