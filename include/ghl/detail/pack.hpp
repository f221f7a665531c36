/// A tuple of literal values, as small as the library needs it: <tuple> costs more than all of the descriptors.
#pragma once

#include <cstddef>
#include <utility>

namespace ghl::inline v0::detail {

template <std::size_t I, class T>
struct leaf {
  T value;
};

template <class Indices, class... T>
struct leaves;

template <std::size_t... I, class... T>
struct leaves<std::index_sequence<I...>, T...> : leaf<I, T>... {
  static constexpr std::size_t size = sizeof...(T);
};

template <class... T>
using pack = leaves<std::index_sequence_for<T...>, T...>;

template <std::size_t I, class T>
constexpr const T& get(const leaf<I, T>& l) noexcept {
  return l.value;
}

}  // namespace ghl::inline v0::detail
