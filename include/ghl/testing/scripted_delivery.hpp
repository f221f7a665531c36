/// How an answer of a script is delivered. Internal.
#pragma once

#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/result.hpp>

#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// A delivery that waits for script::deliver(); type-erased, since a completion may be move-only.
class script_delivery {
 public:
  script_delivery() = default;
  script_delivery(const script_delivery&) = delete;
  script_delivery& operator=(const script_delivery&) = delete;
  virtual ~script_delivery() = default;
  virtual void run() = 0;
};
template <class F>
class script_delivery_of final : public script_delivery {
 public:
  explicit script_delivery_of(F f) : f_(std::move(f)) {}
  void run() override { f_(); }

 private:
  F f_;
};

/// Replaces the answer if the stop token was stopped meanwhile: the call was cancelled.
template <class Stop>
result<http::response> unless_stopped(result<http::response> answer, const Stop& stop) {
  if (stop.stop_requested()) return transport_error(fault::cancelled, sent::maybe);
  return answer;
}

}}}  // namespace ghl::v0::detail
