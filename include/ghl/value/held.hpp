/// A value as a result keeps it: with what the call learned on its way.
#pragma once

#include <ghl/value/attempt.hpp>
#include <ghl/value/rate_limit.hpp>

#include <type_traits>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace http {

struct request;
struct response;

}}}  // namespace ghl::v0::http

namespace ghl { inline namespace v0 { namespace detail {

/// A value, and beside it what the call learned. An error has more bytes than both, as a rule, so that a result has the
/// room anyway.
template <class T>
struct held {
  static constexpr bool has_facts = true;
  T value;
  packed_rate_limit limits{};
  std::vector<attempt> tried{};

  template <class... From>
  explicit held(std::in_place_t, From&&... from) : value(std::forward<From>(from)...) {}
};

/// What goes to a transport and comes from it is not the end of a call.
template <class T>
  requires(std::is_same_v<T, http::request> || std::is_same_v<T, http::response>)
struct held<T> {
  static constexpr bool has_facts = false;
  T value;

  template <class... From>
  explicit held(std::in_place_t, From&&... from) : value(std::forward<From>(from)...) {}
};

}}}  // namespace ghl::v0::detail
