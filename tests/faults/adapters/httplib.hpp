/// ghl::httplib_transport, as the cases want it.
#pragma once

#include "blocking.hpp"

#include <ghl/transport/httplib.hpp>

#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace faults {

/// A transport for any number of threads: each call takes one that no other call uses.
class httplib_pool {
 public:
  explicit httplib_pool(ghl::httplib_transport first) : first_(std::move(first)) {}

  ghl::result<ghl::http::response> operator()(const ghl::http::request& request) const {
    std::unique_ptr<ghl::httplib_transport> mine = idle_->take();
    if (!mine) mine = std::make_unique<ghl::httplib_transport>(first_);
    auto answer = (*mine)(request);
    idle_->put(std::move(mine));
    return answer;
  }

 private:
  struct shelf {
    std::mutex mutex;
    std::vector<std::unique_ptr<ghl::httplib_transport>> kept;

    std::unique_ptr<ghl::httplib_transport> take() {
      const std::lock_guard lock{mutex};
      if (kept.empty()) return nullptr;
      auto last = std::move(kept.back());
      kept.pop_back();
      return last;
    }
    void put(std::unique_ptr<ghl::httplib_transport> back) {
      const std::lock_guard lock{mutex};
      kept.push_back(std::move(back));
    }
  };
  ghl::httplib_transport first_;
  std::shared_ptr<shelf> idle_ = std::make_shared<shelf>();
};

struct httplib_adapter : blocking_adapter {
  static constexpr const char* name = "httplib";

  static ghl::httplib_transport plain_transport() {
    ghl::httplib_options options;
    options.response_limit = response_limit;
    return ghl::httplib_transport{options};
  }
  static httplib_pool crowd_transport() { return httplib_pool{plain_transport()}; }
  static watched<ghl::httplib_transport> transport(std::function<void()> after_each) {
    return {plain_transport(), std::move(after_each)};
  }
};

}  // namespace faults
