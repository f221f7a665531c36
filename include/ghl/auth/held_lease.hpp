/// What gives a lease up.
#pragma once

#include <ghl/auth/refresh_coordinator.hpp>

#include <memory>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// The lease ends with this object, whatever is thrown, unless it is kept.
class lease_end {
 public:
  explicit lease_end(refresh_coordinator& of) noexcept : of_(&of) {}
  lease_end(const lease_end&) = delete;
  lease_end& operator=(const lease_end&) = delete;
  ~lease_end() {
    if (of_ != nullptr) of_->end_lease();
  }
  void keep() noexcept { of_ = nullptr; }

 private:
  refresh_coordinator* of_;
};

/// A lease that copies share: it is given up where the last of them is destroyed. See refreshing_token::hold_lease().
class held_lease {
 public:
  held_lease() = default;
  explicit held_lease(std::shared_ptr<refresh_coordinator> of) : kept_(std::make_shared<kept>(std::move(of))) {}
  void take() noexcept { kept_->taken = true; }
  void release() noexcept {
    if (kept_) kept_->taken = false;
  }

 private:
  struct kept {
    std::shared_ptr<refresh_coordinator> of;
    bool taken = false;
    explicit kept(std::shared_ptr<refresh_coordinator> coordinator) noexcept : of(std::move(coordinator)) {}
    kept(const kept&) = delete;
    kept& operator=(const kept&) = delete;
    ~kept() {
      if (taken) of->end_lease();
    }
  };
  std::shared_ptr<kept> kept_;
};

}}}  // namespace ghl::v0::detail
