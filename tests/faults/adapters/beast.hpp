/// ghl::beast_transport, as the cases want it: a call is a coroutine, run to its end on a context of one thread.
#pragma once

#include "../run_cases.hpp"

#include <ghl/transport/beast.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace faults {

/// Tells when a request has ended.
struct watched_beast {
  ghl::beast_transport transport;
  std::function<void()> after_each;

  boost::asio::awaitable<ghl::result<ghl::http::response>> operator()(ghl::http::request request) const {
    auto answering = transport(std::move(request));
    auto answer = co_await std::move(answering);
    after_each();
    co_return answer;
  }
  boost::asio::awaitable<void> wait(ghl::milliseconds span) const { return transport.wait(span); }
};

struct beast_adapter {
  static constexpr const char* name = "beast";

  static ghl::beast_transport plain_transport() {
    ghl::beast_options options;
    options.response_limit = response_limit;
    return ghl::beast_transport{options};
  }
  static watched_beast transport(std::function<void()> after_each) {
    return {plain_transport(), std::move(after_each)};
  }

  template <class T>
  T operator()(boost::asio::awaitable<T> call) {
    std::optional<T> outcome;
    boost::asio::co_spawn(*context, std::move(call), [&](const std::exception_ptr& thrown, T value) {
      if (thrown) std::rethrow_exception(thrown);
      outcome.emplace(std::move(value));
    });
    context->restart();
    context->run();
    return *std::move(outcome);
  }

  static ghl::beast_transport crowd_transport() { return plain_transport(); }

  template <class Client, class E>
  static boost::asio::awaitable<outcome> send(const Client& api, E request) {
    auto calling = api.call(request);
    auto result = co_await std::move(calling);
    co_return outcome_of(std::move(result));
  }
  /// Threads that run one context, on which four times as many coroutines make the calls.
  template <class OneCall>
  static void run_crowd(std::size_t threads, const OneCall& one_call, std::vector<outcome>& outcomes) {
    boost::asio::io_context shared;
    std::atomic<std::size_t> next{0};
    for (std::size_t c = 0; c < 4 * threads; ++c)
      boost::asio::co_spawn(shared, make_calls(one_call, next, outcomes), [](const std::exception_ptr& thrown) {
        if (thrown) std::rethrow_exception(thrown);
      });
    std::vector<std::thread> crowd;
    for (std::size_t t = 0; t < threads; ++t) crowd.emplace_back([&] { shared.run(); });
    for (std::thread& member : crowd) member.join();
  }
  template <class OneCall>
  static boost::asio::awaitable<void> make_calls(const OneCall& one_call, std::atomic<std::size_t>& next,
                                                 std::vector<outcome>& outcomes) {
    for (std::size_t i = next++; i < outcomes.size(); i = next++) {
      auto calling = one_call(i);
      outcomes[i] = co_await std::move(calling);
    }
  }

  std::unique_ptr<boost::asio::io_context> context = std::make_unique<boost::asio::io_context>();
};

}  // namespace faults
