/// A transport of your own, and the proof that it is one: the conformance suite calls a server that does everything
/// that servers and networks do, good and bad. The page to it is plug_in_your_own.md.
#include "sandbox/conformance.hpp"

#include <ghl/value/error.hpp>
#include <ghl/value/http.hpp>
#include <ghl/policy/transport.hpp>
#include <ghl/value/result.hpp>
#include <ghl/testing/transport_suite.hpp>

#include <curl/curl.h>
#include <poll.h>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The HTTP code that you already have. Here it is a function around libcurl, as it stands in many a code base.
namespace house {

using header_list = std::vector<std::pair<std::string, std::string>>;
struct reply {
  CURLcode code = CURLE_OK;
  long status = 0;
  long bytes_sent = 0;
  bool whole_head = false;
  header_list headers;
  std::string text;
};

reply perform(const std::string& verb, const std::string& url, const header_list& headers, const std::string& body,
              long limit_ms);

}  // namespace house

namespace {

// Yours: 24 lines.
ghl::result<ghl::http::response> transport(const ghl::http::request& request) {
  house::header_list headers;
  for (const auto& [name, value] : request.headers) headers.emplace_back(name, value);
  const long limit_ms = (std::max)(0L, static_cast<long>(request.timeout.count()));  // for libcurl 0 is no limit
  house::reply in =
      house::perform(std::string{request.method}, request.url, headers, request.body, limit_ms);
  const ghl::sent was_sent = in.status != 0 ? ghl::sent::yes : in.bytes_sent != 0 ? ghl::sent::maybe : ghl::sent::no;
  switch (in.code) {
    case CURLE_OK: break;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT: return ghl::transport_error(ghl::fault::connect, was_sent);
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION: return ghl::transport_error(ghl::fault::tls, was_sent);
    case CURLE_OPERATION_TIMEDOUT: return ghl::transport_error(ghl::fault::timeout, was_sent);
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR: return ghl::transport_error(ghl::fault::connection_lost, was_sent);
    case CURLE_PARTIAL_FILE: return ghl::transport_error(ghl::fault::cut_short, was_sent);
    default: return ghl::transport_error(ghl::fault::other, was_sent, curl_easy_strerror(in.code));
  }
  ghl::http::response answer{.status = static_cast<int>(in.status), .body = std::move(in.text)};
  for (const auto& [name, value] : in.headers) answer.headers.add(name, value);
  return answer;
}
static_assert(ghl::blocking_transport<decltype(&transport)>);

/// One request by hand, without a client: what a transport is given, and what it gives.
bool answers_by_hand(const std::string& origin) {
  ghl::http::request request{.method = ghl::method::get, .url = origin + "/say/hello"};  // absolute, and encoded
  request.headers.add("Accept", "application/json");
  request.timeout = ghl::milliseconds{5000};
  const ghl::result<ghl::http::response> answer = transport(request);
  if (answer) std::printf("%d %s\n", answer->status, answer->body.c_str());
  else std::printf("%s\n", answer.error().message().c_str());
  return answer.has_value();
}

void print_outcome(const ghl::testing::check_result& ended) {
  std::fputs(ghl::testing::to_text(ended).c_str(), stdout);
  std::fflush(stdout);
}

}  // namespace

int main() try {
  const ghl_sandbox::conformance_server server;
  if (!answers_by_hand(server.url())) return 1;
  const ghl::testing::report report =
      ghl::testing::transport_suite(server.url(), transport, {.each = print_outcome});
  std::fputs(ghl::testing::counts(report).c_str(), stdout);
  return ghl::testing::failed(report) == 0 ? 0 : 1;
} catch (const std::exception& e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}

namespace house {

// libcurl is C, and no exception passes through it: out of memory is the end of the program here.
static std::size_t take_body(const char* data, std::size_t, std::size_t size, reply* to) noexcept {
  to->text.append(data, size);
  return size;
}
static std::size_t take_header(const char* data, std::size_t, std::size_t size, reply* to) noexcept {
  std::string_view line{data, size};
  line = line.substr(0, line.find_first_of("\r\n"));
  if (line.starts_with("HTTP/")) {  // what came before belongs to an interim answer, 100 or 103
    to->headers.clear();
    to->whole_head = false;
  } else if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
    to->headers.emplace_back(line.substr(0, colon), line.substr(colon + 1));
  }
  to->whole_head = to->whole_head || line.empty();
  return size;
}

// What lies on an idle connection, its end or bytes behind an answer, is not for the next call.
static bool is_quiet(CURL* curl) {
  curl_socket_t socket = CURL_SOCKET_BAD;
  curl_easy_getinfo(curl, CURLINFO_ACTIVESOCKET, &socket);
  pollfd idle{socket, POLLIN, 0};
  return socket == CURL_SOCKET_BAD || ::poll(&idle, 1, 0) == 0;
}

reply perform(const std::string& verb, const std::string& url, const header_list& headers, const std::string& body,
              long limit_ms) {
  // One for each thread. It keeps its connection open for the next call.
  thread_local const std::unique_ptr<CURL, void (*)(CURL*)> kept{curl_easy_init(), curl_easy_cleanup};
  CURL* const curl = kept.get();
  // Where a kept connection turns out to be dead, libcurl sends again, whatever the verb; over a new one it does not.
  const bool may_use_kept = verb == "GET" && is_quiet(curl);
  curl_easy_reset(curl);
  curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, may_use_kept ? 0L : 1L);
  curl_easy_setopt(curl, CURLOPT_MAXCONNECTS, 1L);

  // A large body shall not wait for the server to ask for it. A header without a value is written with a semicolon.
  const std::unique_ptr<curl_slist, void (*)(curl_slist*)> lines{curl_slist_append(nullptr, "Expect:"),
                                                                 curl_slist_free_all};
  for (const auto& [name, value] : headers)
    curl_slist_append(lines.get(), (name + (value.empty() ? ";" : ": " + value)).c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, lines.get());

  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, verb.c_str());
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  if (!body.empty()) curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data());
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, limit_ms);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);

  reply out;
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &out);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &out);
  out.code = curl_easy_perform(curl);
  if (out.code == CURLE_OK && !out.whole_head) out.code = CURLE_PARTIAL_FILE;  // libcurl lets that pass
  curl_easy_getinfo(curl, CURLINFO_REQUEST_SIZE, &out.bytes_sent);
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &out.status);
  return out;
}

}  // namespace house
