/// A tuple of literal values, as small as the library needs it: <tuple> costs more than all of the descriptors.
#pragma once

#include <cstddef>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

// Of a few values: one class, where a base for each value would be a class for each.
template <class... T>
struct flat;
template <class A>
struct flat<A> {
  static constexpr std::size_t size = 1;
  A a;
};
template <class A, class B>
struct flat<A, B> {
  static constexpr std::size_t size = 2;
  A a;
  B b;
};
template <class A, class B, class C>
struct flat<A, B, C> {
  static constexpr std::size_t size = 3;
  A a;
  B b;
  C c;
};
template <class A, class B, class C, class D>
struct flat<A, B, C, D> {
  static constexpr std::size_t size = 4;
  A a;
  B b;
  C c;
  D d;
};
template <class A, class B, class C, class D, class E>
struct flat<A, B, C, D, E> {
  static constexpr std::size_t size = 5;
  A a;
  B b;
  C c;
  D d;
  E e;
};
template <class A, class B, class C, class D, class E, class F>
struct flat<A, B, C, D, E, F> {
  static constexpr std::size_t size = 6;
  A a;
  B b;
  C c;
  D d;
  E e;
  F f;
};
template <class A, class B, class C, class D, class E, class F, class G>
struct flat<A, B, C, D, E, F, G> {
  static constexpr std::size_t size = 7;
  A a;
  B b;
  C c;
  D d;
  E e;
  F f;
  G g;
};
template <class A, class B, class C, class D, class E, class F, class G, class H>
struct flat<A, B, C, D, E, F, G, H> {
  static constexpr std::size_t size = 8;
  A a;
  B b;
  C c;
  D d;
  E e;
  F f;
  G g;
  H h;
};

// Of any number.
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

template <bool Few>
struct pack_of {
  template <class... T>
  using type = flat<T...>;
};
template <>
struct pack_of<false> {
  template <class... T>
  using type = leaves<std::index_sequence_for<T...>, T...>;
};

/// A value of each type, initialized as `pack<T...>{{first}, {second}, …}`.
template <class... T>
using pack = typename pack_of<(sizeof...(T) > 0 && sizeof...(T) <= 8)>::template type<T...>;

template <std::size_t I, class T>
constexpr const T& get(const leaf<I, T>& l) noexcept {
  return l.value;
}
template <std::size_t I, class... T>
constexpr const auto& get(const flat<T...>& f) noexcept {
  static_assert(I < sizeof...(T));
  if constexpr (I == 0) return f.a;
  else if constexpr (I == 1) return f.b;
  else if constexpr (I == 2) return f.c;
  else if constexpr (I == 3) return f.d;
  else if constexpr (I == 4) return f.e;
  else if constexpr (I == 5) return f.f;
  else if constexpr (I == 6) return f.g;
  else return f.h;
}

}}}  // namespace ghl::v0::detail
