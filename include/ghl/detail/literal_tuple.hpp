/// A tuple of literal values with just what the library needs: <tuple> costs the compiler more than all descriptors.
#pragma once

#include <cstddef>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

// Up to eight values are the members of one class; a base class for each value would be one more class for each.
template <class... T>
struct flat_tuple;
template <class A>
struct flat_tuple<A> { A a; };
template <class A, class B>
struct flat_tuple<A, B> { A a; B b; };
template <class A, class B, class C>
struct flat_tuple<A, B, C> { A a; B b; C c; };
template <class A, class B, class C, class D>
struct flat_tuple<A, B, C, D> { A a; B b; C c; D d; };
template <class A, class B, class C, class D, class E>
struct flat_tuple<A, B, C, D, E> { A a; B b; C c; D d; E e; };
template <class A, class B, class C, class D, class E, class F>
struct flat_tuple<A, B, C, D, E, F> { A a; B b; C c; D d; E e; F f; };
template <class A, class B, class C, class D, class E, class F, class G>
struct flat_tuple<A, B, C, D, E, F, G> { A a; B b; C c; D d; E e; F f; G g; };
template <class A, class B, class C, class D, class E, class F, class G, class H>
struct flat_tuple<A, B, C, D, E, F, G, H> { A a; B b; C c; D d; E e; F f; G g; H h; };

// Any number of values.
template <std::size_t At, class T>
struct tuple_leaf { T value; };
template <class Indices, class... T>
struct leaf_tuple;
template <std::size_t... At, class... T>
struct leaf_tuple<std::index_sequence<At...>, T...> : tuple_leaf<At, T>... {};

template <bool Few>
struct tuple_of {
  template <class... T>
  using type = flat_tuple<T...>;
};
template <>
struct tuple_of<false> {
  template <class... T>
  using type = leaf_tuple<std::index_sequence_for<T...>, T...>;
};

/// One value of each type, initialized as `literal_tuple<T...>{{first}, {second}, ...}`.
template <class... T>
using literal_tuple = typename tuple_of<(sizeof...(T) > 0 && sizeof...(T) <= 8)>::template type<T...>;

template <std::size_t At, class T>
constexpr const T& get(const tuple_leaf<At, T>& leaf) noexcept {
  return leaf.value;
}
template <std::size_t At, class... T>
constexpr const auto& get(const flat_tuple<T...>& tuple) noexcept {
  static_assert(At < sizeof...(T));
  if constexpr (At == 0) return tuple.a;
  else if constexpr (At == 1) return tuple.b;
  else if constexpr (At == 2) return tuple.c;
  else if constexpr (At == 3) return tuple.d;
  else if constexpr (At == 4) return tuple.e;
  else if constexpr (At == 5) return tuple.f;
  else if constexpr (At == 6) return tuple.g;
  else return tuple.h;
}

}}}  // namespace ghl::v0::detail
