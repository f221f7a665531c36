/// How a call is told to stop.
#pragma once

#include <concepts>

namespace ghl { inline namespace v0 {

/// What tells a call to stop: std::stop_token, or any value like it, passed as an option of the call:
/// `api.call(request, stop_source.get_token())`. A transport that can be cancelled takes one after the request and
/// before a completion, looks at it at least every 50 ms, and then gives ghl::transport_error(fault::cancelled, sent).
/// One that takes none is not started once a stop was requested, and runs to its end otherwise.
template <class S>
concept stop_token_like = std::copy_constructible<S> && requires(const S& stop) {
  // Asked often, and from whichever thread runs the call.
  { stop.stop_requested() } -> std::convertible_to<bool>;
};

namespace detail {

/// The stop token of a call that was given none.
struct never_stops {
  static constexpr bool stop_requested() noexcept { return false; }
};

}  // namespace detail
}}  // namespace ghl::v0
