// ghl with httplib_transport beside cpp-httplib used by hand.
#include "calls.hpp"

#include <ghl/transport/httplib.hpp>

#include <httplib.h>

#include <chrono>

namespace {

/// As one would write it with some care: one client with its connection and its settings, headers made once, an answer
/// of limited size, and no wait beyond the deadline where the release can bound the whole call.
class by_hand {
 public:
  explicit by_hand(const std::string& origin)
      : client_(origin),
        headers_{{"Authorization", std::string{calls::bearer}},
                 {"Version", std::string{calls::version}},
                 {"Accept", "application/json"},
                 {"User-Agent", std::string{calls::agent}}},
        headers_with_body_(headers_) {
    headers_with_body_.emplace("Content-Type", "application/json");
    client_.set_keep_alive(true);
    client_.set_tcp_nodelay(true);
    client_.set_follow_location(false);
    const std::chrono::milliseconds timeout{calls::timeout_ms};
    client_.set_connection_timeout(timeout);
    client_.set_read_timeout(timeout);
    client_.set_write_timeout(timeout);
    set_verbatim_and_deadline(client_, timeout);
  }

  void repeat(measure::call what, int links, int times, measure::latencies l) {
    const std::string location = "n" + std::to_string(links);
    for (int i = 0; i < times; ++i)
      measure::timed(l, [&] {
        calls::by_hand(what, location, links, [&](calls::by_hand_request r) { return send(std::move(r)); });
      });
  }

 private:
  template <class Client>
  static void set_verbatim_and_deadline(Client& client, std::chrono::milliseconds timeout) {
    if constexpr (requires { client.set_path_encode(false); }) client.set_path_encode(false);
    else client.set_url_encode(false);
    if constexpr (requires { client.set_max_timeout(timeout); }) client.set_max_timeout(timeout);
  }
  template <class Request>
  static void set_start(Request& r) {
    if constexpr (requires { r.start_time_; }) r.start_time_ = std::chrono::steady_clock::now();
  }

  calls::answer send(calls::by_hand_request in) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds{calls::timeout_ms};
    const auto late = [end] { return std::chrono::steady_clock::now() >= end; };
    httplib::Request out;
    out.method = in.method;
    out.path = std::move(in.target);
    out.headers = in.body.empty() ? headers_ : headers_with_body_;
    out.body = std::move(in.body);
    calls::answer a;
    out.response_handler = [&](const httplib::Response& r) {
      const auto length = r.headers.find("Content-Length");
      const long announced = length == r.headers.end() ? 0 : std::atol(length->second.c_str());
      if (announced > 0 && announced < 1024 * 1024) a.body.reserve(static_cast<std::size_t>(announced));
      return !late();
    };
    out.content_receiver = [&](const char* data, std::size_t size, auto, auto) {
      if (size > calls::response_limit - a.body.size() || late()) return false;
      a.body.append(data, size);
      return true;
    };
    set_start(out);
    httplib::Response response;
    httplib::Error error{};
    if (!client_.send(out, response, error)) measure::give_up(httplib::to_string(error).c_str());
    a.status = response.status;
    return a;  // the headers stay in `response`, which owns them
  }

  httplib::Client client_;
  const httplib::Headers headers_;
  httplib::Headers headers_with_body_;
};

}  // namespace

int main(int argc, char** argv) { return measure::main<calls::ours<ghl::httplib_transport>, by_hand>(argc, argv); }
