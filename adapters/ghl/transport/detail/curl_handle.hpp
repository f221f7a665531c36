/// A handle of libcurl's with its connection, of which ghl::curl_transport keeps a pool.
#pragma once

#include <ghl/value/http.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/result.hpp>
#include <ghl/value/stop.hpp>
#include <ghl/transport/detail/curl_answer.hpp>
#include <ghl/transport/detail/curl_easy.hpp>
#include <ghl/transport/detail/curl_fault.hpp>

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>

namespace ghl { inline namespace v0 { namespace detail {

/// A handle with a connection of its own to one origin, used by one call at a time. It is driven through a multi
/// handle, as curl_easy_perform does internally, since only then a call can be abandoned when a stop is requested.
class curl_handle {
 public:
  curl_handle(std::string_view to, const std::string& ca_file, milliseconds connect_timeout, std::size_t limit)
      : origin(to), multi_(curl_multi_init()), easy_(origin, ca_file, connect_timeout), answer_(limit) {
    easy_.set(CURLOPT_HEADERFUNCTION, &curl_handle::on_header);
    easy_.set(CURLOPT_HEADERDATA, static_cast<void*>(this));
    easy_.set(CURLOPT_WRITEFUNCTION, &curl_handle::on_body);
    easy_.set(CURLOPT_WRITEDATA, static_cast<void*>(this));
    easy_.set(CURLOPT_SOCKOPTFUNCTION, &curl_handle::on_socket);
    easy_.set(CURLOPT_SOCKOPTDATA, static_cast<void*>(this));
    if (multi_) curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, 1L);
  }
  curl_handle(const curl_handle&) = delete;  // libcurl holds its address
  curl_handle& operator=(const curl_handle&) = delete;
  ~curl_handle() = default;

  const std::string origin;

  /// Whether nothing was received on the kept connection since the last call. libcurl 7.88 checks only whether the
  /// connection was closed, and would read such bytes as the next answer.
  [[nodiscard]] bool is_quiet() {
    if (socket_ == CURL_SOCKET_BAD) return true;
    curl_waitfd idle{socket_, CURL_WAIT_POLLIN, 0};
    return curl_multi_wait(multi_.get(), &idle, 1, 0, nullptr) == CURLM_OK && idle.revents == 0;
  }

  template <class Stop>
  result<http::response> perform(const http::request& request, const Stop& stop) {
    answer_.clear();
    kept_from_resending_ = false;
    heard_before_ = 0;
    // A second DELETE that finds nothing left would hide the success of the first.
    repeatable_ = request.method == method::get || request.method == method::put;
    const CURLcode prepared = multi_ ? easy_.prepare(request) : CURLE_FAILED_INIT;
    if (prepared != CURLE_OK) return transport_error(fault::other, sent::no, curl_easy_strerror(prepared));
    constexpr bool stops = !std::is_same_v<Stop, never_stops>;
    bool stopped = false;
    int running = 1;
    bool broken = curl_multi_add_handle(multi_.get(), easy_.get()) != CURLM_OK;
    while (!broken && running != 0 && !stopped) {
      broken = curl_multi_perform(multi_.get(), &running) != CURLM_OK;
      if (!broken && running != 0) {
        stopped = stop.stop_requested();
        if (!stopped) wait(stops ? 20 : 60'000);  // or until something happens; libcurl has its own timeouts
      }
    }
    CURLcode code = CURLE_FAILED_INIT;
    for (int left = 0; const CURLMsg* message = curl_multi_info_read(multi_.get(), &left);)
      if (message->msg == CURLMSG_DONE) code = message->data.result;
    const bool begun = easy_.has_begun();
    const bool answered = answer_.began() || has_heard(request, code);
    remember_socket();
    curl_multi_remove_handle(multi_.get(), easy_.get());
    if (stopped) return transport_error(fault::cancelled, answered ? sent::yes : begun ? sent::maybe : sent::no);
    if (code == CURLE_OK && answer_.has_headers()) {
      http::response answer = take_answer();
      if (answer.status < 100) return transport_error(fault::other, sent::yes, "a status that HTTP does not have");
      if (!may_be_cut_short(answer)) return answer;
      return transport_error(fault::cut_short, sent::yes,
                             "an answer without a length, whose end TLS does not vouch for");
    }
    if (kept_from_resending_) return transport_error(fault::connection_lost, sent::maybe, "not sent twice");
    if (answer_.too_large()) return transport_error(fault::too_large, sent::yes);
    const std::string_view text = easy_.error_text(code);
    const auto [what, was_sent] = curl_fault(code, begun, answered, text);
    return transport_error(what, was_sent, std::string{text});
  }

 private:
  void wait(int milliseconds) {
#if LIBCURL_VERSION_NUM >= 0x074200
    curl_multi_poll(multi_.get(), nullptr, 0, milliseconds, nullptr);
#else
    int ready = 0;
    curl_multi_wait(multi_.get(), nullptr, 0, milliseconds, &ready);
    // Returns at once while there is no socket, as when a name is being resolved.
    if (ready == 0) std::this_thread::sleep_for(std::chrono::milliseconds{1});
#endif
  }

  /// Whether bytes came that are no line yet, or none that libcurl can read: it keeps those to itself. It tells when
  /// the first ones came; but it also tells that time of the end of the connection, and of the start of a long body.
  [[nodiscard]] bool has_heard(const http::request& request, CURLcode code) const {
    if (easy_.heard_at() <= heard_before_) return false;
    switch (static_cast<int>(code)) {
      case CURLE_OK:
      case CURLE_GOT_NOTHING: return false;
      case CURLE_WEIRD_SERVER_REPLY:
      case CURLE_UNSUPPORTED_PROTOCOL: return true;
      default: return request.body.empty();
    }
  }

  /// Which socket to check while the connection is idle; none over HTTP/2, where frames may arrive at any time.
  void remember_socket() {
    socket_ = CURL_SOCKET_BAD;
    if (easy_.http_version() < CURL_HTTP_VERSION_2_0)
      curl_easy_getinfo(easy_.get(), CURLINFO_ACTIVESOCKET, &socket_);
  }

  /// Where a body has no length, libcurl takes the end of the connection for the end of the body even if TLS was not
  /// shut down, so an attacker in between could have cut the body off.
  [[nodiscard]] bool may_be_cut_short(const http::response& answer) const {
    return easy_.secure() && easy_.http_version() < CURL_HTTP_VERSION_2_0 && answer.status != 204 &&
           answer.status != 304 && !answer.headers.contains("Content-Length") &&
           !answer.headers.contains("Transfer-Encoding");
  }

  http::response take_answer() {
    long status = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
    return answer_.take(static_cast<int>(status));
  }

  // Callbacks. No exception may pass through libcurl.
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
    curl_easy_getinfo(handle.easy_.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
    const auto length = static_cast<std::uint64_t>((std::max)(announced, curl_off_t{0}));
    return kept(size, [&] { return handle.answer_.add_body({data, size}, length); });
  }
  /// Called before each new connection. When a kept connection is lost before a byte of the answer was received,
  /// libcurl repeats the request, whatever its method. The server may have acted on it already, so only GET and PUT may
  /// be repeated.
  static int on_socket(void* self, curl_socket_t, curlsocktype) noexcept {
    auto& handle = *static_cast<curl_handle*>(self);
    handle.heard_before_ = handle.easy_.heard_at();  // the end of a kept connection
    handle.kept_from_resending_ = !handle.repeatable_ && handle.easy_.has_begun();
    return handle.kept_from_resending_ ? CURL_SOCKOPT_ERROR : CURL_SOCKOPT_OK;
  }

  struct cleanup {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
  };

  std::unique_ptr<CURLM, cleanup> multi_;  // holds the connection; destroyed after the easy handle, as libcurl requires
  curl_easy easy_;
  curl_socket_t socket_ = CURL_SOCKET_BAD;
  curl_answer answer_;
  curl_off_t heard_before_ = 0;
  bool repeatable_ = false;
  bool kept_from_resending_ = false;
};

}}}  // namespace ghl::v0::detail
