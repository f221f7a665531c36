/// Stop tokens: how a call is cancelled.
#pragma once

#include <concepts>

namespace ghl { inline namespace v0 {

/// A token that cancels a call: std::stop_token, or any type like it, passed as an option of the call:
/// `api.call(request, stop_source.get_token())`. A transport that can be cancelled takes one after the request and
/// before a completion, polls it at least every 50 ms, and returns ghl::transport_error(fault::cancelled, sent). A
/// transport that takes none is not called once a stop was requested; a call that it has begun runs to its end.
template <class S>
concept stop_token_like = std::copy_constructible<S> && requires(const S& stop) {
  // Called often, and from whichever thread runs the call.
  { stop.stop_requested() } -> std::convertible_to<bool>;
};

namespace detail {

/// The stop token of a call without one.
struct never_stops {
  static constexpr bool stop_requested() noexcept { return false; }
};

}  // namespace detail
}}  // namespace ghl::v0
