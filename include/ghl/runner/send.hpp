/// How a request is given to a transport, and the pieces in which a runner waits.
#pragma once

#include <ghl/policy/awaited.hpp>
#include <ghl/policy/transport.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/stop.hpp>

#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

template <class Stop>
inline constexpr bool can_stop = !std::same_as<Stop, never_stops>;

/// Calls a transport, with the stop token where there is one and the transport takes it.
template <class Transport, class Request, class Stop, class... Completion>
decltype(auto) send(Transport& transport, Request&& request, const Stop& stop, Completion&&... done) {
  if constexpr (can_stop<Stop> && std::is_invocable_v<Transport&, Request, const Stop&, Completion...>)
    return transport(std::forward<Request>(request), stop, std::forward<Completion>(done)...);
  else
    return transport(std::forward<Request>(request), std::forward<Completion>(done)...);
}

/// The request, for a transport that keeps it: the operation keeps a copy only where it may send again.
template <class Operation>
http::request request_to_send(Operation& operation) {
  if constexpr (Operation::sends_again) return operation.request();
  else return std::move(operation.request());
}

/// A wait that is over early where a stop is requested: no piece of it in which nobody asks is longer than this.
class wait_left {
 public:
  wait_left() = default;
  explicit wait_left(milliseconds span) noexcept : left_(span.count()) {}

  /// The next piece; 0: the wait is over.
  template <class Stop>
  milliseconds next(const Stop& stop) {
    constexpr std::int64_t longest_piece = 20;
    if (left_ <= 0 || stop.stop_requested()) return milliseconds{};
    const std::int64_t piece = can_stop<Stop> && left_ > longest_piece ? longest_piece : left_;
    left_ -= piece;
    return milliseconds{piece};
  }

 private:
  std::int64_t left_ = 0;
};

/// Stands where a mistake leaves nothing to return: an error has said why.
template <class Answer>
Answer no_answer();

}}}  // namespace ghl::v0::detail
