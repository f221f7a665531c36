/// What the blocking adapters share.
#pragma once

#include "../run_cases.hpp"

#include <ghl/value/http.hpp>
#include <ghl/value/result.hpp>

#include <atomic>
#include <cstddef>
#include <functional>
#include <thread>
#include <utility>
#include <vector>

namespace faults {

/// Tells when a request has ended.
template <class Transport>
struct watched {
  Transport transport;
  std::function<void()> after_each;

  ghl::result<ghl::http::response> operator()(const ghl::http::request& request) {
    auto answer = transport(request);
    after_each();
    return answer;
  }
};

struct blocking_adapter {
  template <class Result>
  Result operator()(Result result) const {
    return result;
  }

  template <class Client, class E>
  static outcome send(const Client& api, const E& request) {
    return outcome_of(api.call(request));
  }
  template <class OneCall>
  static void run_crowd(std::size_t threads, const OneCall& one_call, std::vector<outcome>& outcomes) {
    std::atomic<std::size_t> next{0};
    std::vector<std::thread> crowd;
    for (std::size_t t = 0; t < threads; ++t)
      crowd.emplace_back([&] {
        for (std::size_t i = next++; i < outcomes.size(); i = next++) outcomes[i] = one_call(i);
      });
    for (std::thread& member : crowd) member.join();
  }
};

}  // namespace faults
