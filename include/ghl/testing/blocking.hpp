/// A callback transport as a blocking one, to try it with the transport suite or in a small program.
#pragma once

#include <ghl/value/http.hpp>
#include <ghl/value/result.hpp>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace ghl { inline namespace v0 { namespace testing {

/// Purpose: calls a callback transport and blocks until it calls back, on any thread.
/// Example: `transport_suite(server.url(), ghl::testing::blocking(my_callback_transport{}))`
/// The transport has to have a thread of its own that calls back: nothing else runs while a call waits.
/// Thread safety: as the transport's.
template <class Transport>
class blocking {
 public:
  explicit blocking(Transport transport) : transport_(std::move(transport)) {}

  result<http::response> operator()(const http::request& request) {
    const auto state = std::make_shared<waiting>();
    transport_(request, completion{state});
    return state->take();
  }
  template <class Stop>
    requires requires(Transport& t, http::request r, Stop stop, void (*done)(result<http::response>)) {
      t(std::move(r), std::move(stop), done);
    }
  result<http::response> operator()(const http::request& request, Stop stop) {
    const auto state = std::make_shared<waiting>();
    transport_(request, std::move(stop), completion{state});
    return state->take();
  }

 private:
  struct waiting {
    std::mutex mutex;
    std::condition_variable called;
    std::optional<result<http::response>> answer;

    result<http::response> take() {
      std::unique_lock<std::mutex> lock{mutex};
      called.wait(lock, [this] { return answer.has_value(); });
      return std::move(*answer);
    }
  };
  struct completion {
    std::shared_ptr<waiting> to;
    void operator()(result<http::response> answer) const {
      {
        const std::lock_guard<std::mutex> lock{to->mutex};
        to->answer.emplace(std::move(answer));
      }
      to->called.notify_one();
    }
  };

  Transport transport_;
};

}}}  // namespace ghl::v0::testing
