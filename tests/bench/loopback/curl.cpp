// ghl with curl_transport beside libcurl used by hand.
#include "calls.hpp"

#include <ghl/transport/curl.hpp>

#include <curl/curl.h>

#include <vector>

namespace {

/// As one would write it with some care: one handle with its connection, options and header lists set once, an answer
/// of limited size, all of its headers kept.
class by_hand {
 public:
  explicit by_hand(const std::string& origin) : origin_(origin) {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    curl_ = curl_easy_init();
    for (const std::string& line : {"Authorization: " + std::string{calls::bearer}, "Version: " + std::string{calls::version},
                                    std::string{"Accept: application/json"}, "User-Agent: " + std::string{calls::agent}}) {
      headers_ = curl_slist_append(headers_, line.c_str());
      headers_with_body_ = curl_slist_append(headers_with_body_, line.c_str());
    }
    headers_with_body_ = curl_slist_append(headers_with_body_, "Content-Type: application/json");
    headers_with_body_ = curl_slist_append(headers_with_body_, "Expect:");
    curl_easy_setopt(curl_, CURLOPT_URL, origin_.c_str());
    curl_easy_setopt(curl_, CURLOPT_PROTOCOLS_STR, "http");
    curl_easy_setopt(curl_, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl_, CURLOPT_TCP_NODELAY, 1L);
    curl_easy_setopt(curl_, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(curl_, CURLOPT_PROXY, "");
    curl_easy_setopt(curl_, CURLOPT_CONNECTTIMEOUT_MS, 10'000L);
    curl_easy_setopt(curl_, CURLOPT_TIMEOUT_MS, long{calls::timeout_ms});
    curl_easy_setopt(curl_, CURLOPT_ERRORBUFFER, error_);
    curl_easy_setopt(curl_, CURLOPT_HEADERFUNCTION, &by_hand::on_header);
    curl_easy_setopt(curl_, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, &by_hand::on_body);
    curl_easy_setopt(curl_, CURLOPT_WRITEDATA, this);
  }
  by_hand(const by_hand&) = delete;
  by_hand& operator=(const by_hand&) = delete;
  ~by_hand() {
    curl_easy_cleanup(curl_);
    curl_slist_free_all(headers_);
    curl_slist_free_all(headers_with_body_);
  }

  void repeat(measure::call what, int links, int times, measure::latencies l) {
    const std::string location = "n" + std::to_string(links);
    for (int i = 0; i < times; ++i)
      measure::timed(l, [&] {
        calls::by_hand(what, location, links, [&](const calls::by_hand_request& r) { return send(r); });
      });
  }

 private:
  calls::answer send(const calls::by_hand_request& in) {
    lines_.clear();
    answer_ = {};
    curl_easy_setopt(curl_, CURLOPT_REQUEST_TARGET, in.target.c_str());
    if (in.body.empty()) {
      curl_easy_setopt(curl_, CURLOPT_HTTPGET, 1L);
    } else {
      curl_easy_setopt(curl_, CURLOPT_POSTFIELDS, in.body.data());
      curl_easy_setopt(curl_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(in.body.size()));
    }
    curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, in.body.empty() ? headers_ : headers_with_body_);
    curl_easy_setopt(curl_, CURLOPT_CUSTOMREQUEST, in.method.data());
    if (curl_easy_perform(curl_) != CURLE_OK) measure::give_up(error_);
    long status = 0;
    curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
    answer_.status = static_cast<int>(status);
    // "all headers in an owned list", in the form that costs least: one text, and where each line begins
    return std::move(answer_);
  }

  static std::size_t on_header(char* data, std::size_t, std::size_t size, void* self) {
    static_cast<by_hand*>(self)->lines_.append(data, size);
    return size;
  }
  static std::size_t on_body(char* data, std::size_t, std::size_t size, void* self) {
    std::string& body = static_cast<by_hand*>(self)->answer_.body;
    if (size > calls::response_limit - body.size()) return 0;
    if (body.empty()) {
      curl_off_t announced = 0;
      curl_easy_getinfo(static_cast<by_hand*>(self)->curl_, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
      if (announced > 0 && announced < 1024 * 1024) body.reserve(static_cast<std::size_t>(announced));
    }
    body.append(data, size);
    return size;
  }

  const std::string origin_;
  CURL* curl_ = nullptr;
  curl_slist* headers_ = nullptr;
  curl_slist* headers_with_body_ = nullptr;
  std::string lines_;
  calls::answer answer_;
  char error_[CURL_ERROR_SIZE] = {};
};

}  // namespace

int main(int argc, char** argv) { return measure::main<calls::ours<ghl::curl_transport>, by_hand>(argc, argv); }
