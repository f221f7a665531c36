// ghl with beast_transport beside Boost.Beast used by hand, both as coroutines on one io_context.
#include "calls.hpp"

#include <ghl/transport/beast.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include <chrono>
#include <exception>
#include <memory>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

class ours {
 public:
  explicit ours(const std::string& origin)
      : api_{ghl::beast_transport{}, calls::json{}, calls::credential{std::string{calls::token}}, ghl::base_url{origin}} {}

  /// `at_once` loops side by side, each making that many calls.
  void repeat(measure::call what, int links, int times, measure::latencies l, int at_once = 1) {
    const std::string location = "n" + std::to_string(links);
    for (int i = 0; i < at_once; ++i) asio::co_spawn(context_, loop(what, location, links, times, l), asio::detached);
    context_.restart();
    context_.run();
  }

 private:
  asio::awaitable<void> loop(measure::call what, std::string location, int links, int times, measure::latencies l) {
    for (int i = 0; i < times; ++i) {
      const auto before = measure::clock::now();
      co_await one(what, location, links);
      if (l != nullptr) l->push_back(std::chrono::duration<double>(measure::clock::now() - before).count());
    }
  }
  asio::awaitable<void> one(measure::call what, const std::string& location, int links) {
    switch (what) {
      case measure::call::delete_link: {
        const ghl::links::delete_link request{.link_id = calls::link_id};  // named: g++ 12 destroys such temporaries twice
        const auto r = co_await api_.call(request);
        co_return calls::expect(r && r->succeeded == true, r);
      }
      case measure::call::remove_followers: {
        const ghl::opportunities::remove_followers request{.id = calls::opportunity_id, .body = calls::followers()};
        const auto r = co_await api_.call(request);
        co_return calls::expect(r && r->followers_removed && r->followers_removed->size() == 2, r);
      }
      case measure::call::get_links: {
        const ghl::links::get_links request{.location_id = location};
        const auto r = co_await api_.call(request);
        co_return calls::expect(r && r->links.size() == static_cast<std::size_t>(links), r);
      }
    }
  }

  asio::io_context context_;
  ghl::client<ghl::beast_transport, calls::json, calls::credential> api_;
};

/// As one would write it with some care: a stream with its timeout, its buffer and its requests kept from call to call,
/// an answer of limited size.
class by_hand {
 public:
  explicit by_hand(const std::string& origin) : port_(origin.substr(origin.rfind(':') + 1)) {}

  void repeat(measure::call what, int links, int times, measure::latencies l, int at_once = 1) {
    const std::string location = "n" + std::to_string(links);
    while (lines_.size() < static_cast<std::size_t>(at_once)) lines_.push_back(std::make_unique<line>(context_, port_));
    for (int i = 0; i < at_once; ++i)
      asio::co_spawn(context_, loop(*lines_[static_cast<std::size_t>(i)], what, location, links, times, l), asio::detached);
    context_.restart();
    context_.run();
  }

 private:
  struct line {
    line(asio::io_context& context, const std::string& to) : stream(context), port(to) {
      const std::string host = "127.0.0.1:" + port;
      for (auto* r : {&plain, &with_body}) {
        r->version(11);
        r->set(http::field::host, host);
        r->set(http::field::authorization, {calls::bearer.data(), calls::bearer.size()});
        r->set("Version", {calls::version.data(), calls::version.size()});
        r->set(http::field::accept, "application/json");
        r->set(http::field::user_agent, {calls::agent.data(), calls::agent.size()});
      }
      with_body.set(http::field::content_type, "application/json");
    }

    asio::awaitable<calls::answer> send(calls::by_hand_request in) {
      stream.expires_after(std::chrono::milliseconds{calls::timeout_ms});
      if (!connected) {
        asio::ip::tcp::resolver resolver{stream.get_executor()};
        const auto found = co_await resolver.async_resolve("127.0.0.1", port, asio::use_awaitable);
        co_await stream.async_connect(found, asio::use_awaitable);
        stream.socket().set_option(asio::ip::tcp::no_delay{true});
        connected = true;
      }
      http::request<http::string_body>& r = in.body.empty() ? plain : with_body;
      r.method_string({in.method.data(), in.method.size()});
      r.target({in.target.data(), in.target.size()});
      r.body() = std::move(in.body);
      if (!r.body().empty()) r.prepare_payload();
      co_await http::async_write(stream, r, asio::use_awaitable);
      http::response_parser<http::string_body> parser;
      parser.body_limit(calls::response_limit);
      co_await http::async_read(stream, buffer, parser, asio::use_awaitable);
      calls::answer a;
      a.status = static_cast<int>(parser.get().result_int());
      a.body = std::move(parser.get().body());
      co_return a;  // the headers stay in the parser, which owns them
    }

    beast::tcp_stream stream;
    std::string port;
    beast::flat_buffer buffer;
    http::request<http::string_body> plain;
    http::request<http::string_body> with_body;
    bool connected = false;
  };

  static asio::awaitable<void> loop(line& on, measure::call what, std::string location, int links, int times,
                                    measure::latencies l) {
    for (int i = 0; i < times; ++i) {
      const auto before = measure::clock::now();
      co_await one(on, what, location, links);
      if (l != nullptr) l->push_back(std::chrono::duration<double>(measure::clock::now() - before).count());
    }
  }
  static asio::awaitable<void> one(line& on, measure::call what, const std::string& location, int links) {
    switch (what) {
      case measure::call::delete_link: {
        const auto r = calls::read<ghl::links::delete_link::response>(co_await on.send(calls::delete_link()));
        co_return calls::expect(r.succeeded == true, r);
      }
      case measure::call::remove_followers: {
        const auto r =
            calls::read<ghl::opportunities::remove_followers::response>(co_await on.send(calls::remove_followers()));
        co_return calls::expect(r.followers_removed && r.followers_removed->size() == 2, r);
      }
      case measure::call::get_links: {
        const auto r = calls::read<ghl::links::get_links::response>(co_await on.send(calls::get_links(location)));
        co_return calls::expect(r.links.size() == static_cast<std::size_t>(links), r);
      }
    }
  }

  const std::string port_;
  asio::io_context context_;
  std::vector<std::unique_ptr<line>> lines_;
};

}  // namespace

int main(int argc, char** argv) { return measure::main<ours, by_hand>(argc, argv); }
