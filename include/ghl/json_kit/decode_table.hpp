/// What the JSON reader has to know of a C++ type, as a constant table instead of as code for every type.
#pragma once

#include <ghl/value/fault.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/endpoint/fields.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace detail {

enum class form : unsigned char { boolean, number, text, texts, optional, array, object, bit };

struct shape;

/// A value to be filled, its type left out. A null `type` means that whatever comes is ignored.
struct place {
  const shape* type;
  void* value;
};

/// A number as the parser saw it.
struct number_seen {
  enum : unsigned char { integer, natural, real } as;
  std::int64_t i;
  std::uint64_t u;
  double d;
};

struct member_shape {
  std::string_view name;
  std::string_view also;
  bool required;
  place (*in)(void* object);
};

struct shape {
  form kind = form::text;
  fault (*store)(void*, const number_seen&) = nullptr;  // number
  place (*next)(void*) = nullptr;                       // optional: the value in it; array: a new element at its end
  void (*clear)(void*) = nullptr;                       // optional and array
  const member_shape* members = nullptr;                // object
  std::size_t count = 0;
};

template <class T>
fault store_number(void* where, const number_seen& n) {
  T& out = *static_cast<T*>(where);
  if constexpr (std::floating_point<T>) {
    const double d = n.as == number_seen::real ? n.d
                     : n.as == number_seen::integer ? static_cast<double>(n.i) : static_cast<double>(n.u);
    constexpr auto most = static_cast<double>((std::numeric_limits<T>::max)());
    if (!(d >= -most && d <= most)) return fault::number_out_of_range;
    out = static_cast<T>(d);
  } else if (n.as == number_seen::real) {
    // 1.0 and 1e3 are integers too (RFC 8259, section 6, knows one kind of number), and a parser hands over an integer
    // that is too long for 64 bits as a floating-point number.
    constexpr double exact = 9007199254740992.0;  // 2^53: every integer up to here is itself as a double
    if (!(n.d >= -exact && n.d <= exact)) return fault::number_out_of_range;  // a NaN too
    const auto i = static_cast<std::int64_t>(n.d);
    if (static_cast<double>(i) != n.d) return fault::wrong_type;
    if (!std::in_range<T>(i)) return fault::number_out_of_range;
    out = static_cast<T>(i);
  } else {
    const bool fits = n.as == number_seen::integer ? std::in_range<T>(n.i) : std::in_range<T>(n.u);
    if (!fits) return fault::number_out_of_range;
    out = n.as == number_seen::integer ? static_cast<T>(n.i) : static_cast<T>(n.u);
  }
  return fault::none;
}

template <class T>
constexpr shape make_shape();

template <class T>
inline constexpr shape shape_of = make_shape<T>();

/// An element of a vector<bool>, which has no address: the value is the vector.
inline constexpr shape bit_shape{form::bit};

template <class T, std::size_t I>
using member_type = typename std::remove_cvref_t<decltype(get<I>(fields_of<T>.list))>::member_type;

template <class T, std::size_t I>
place member_place(void* object) {
  static_assert(has_shape<member_type<T, I>>,
                "ghl: JSON cannot be read into a member of this type; use bool, a number, std::string, std::optional, "
                "std::vector, ghl::string_or_strings or a struct with fields()");
  member_type<T, I>& member = static_cast<T*>(object)->*(get<I>(fields_of<T>.list).member);
  return {&shape_of<member_type<T, I>>, &member};
}

template <class T, class Indices>
struct member_table;

template <class T, std::size_t... I>
struct member_table<T, std::index_sequence<I...>> {
  static constexpr member_shape list[sizeof...(I) + 1] = {
      {get<I>(fields_of<T>.list).name, get<I>(fields_of<T>.list).also, !is_optional<member_type<T, I>>,
       &member_place<T, I>}...,
      {{}, {}, false, nullptr}};  // never read; an array has at least one element
};

/// The most fields that one struct can have.
inline constexpr std::size_t field_limit = 128;

template <class T>
constexpr shape make_shape() {
  shape s;
  if constexpr (std::same_as<T, bool>) {
    s.kind = form::boolean;
  } else if constexpr (json_number<T>) {
    s.kind = form::number;
    s.store = &store_number<T>;
  } else if constexpr (std::same_as<T, std::string>) {
    s.kind = form::text;
  } else if constexpr (std::same_as<T, string_or_strings>) {
    s.kind = form::texts;
    s.clear = [](void* v) { static_cast<T*>(v)->values.clear(); };
    s.next = [](void* v) -> place {
      return {&shape_of<typename decltype(T::values)::value_type>, &static_cast<T*>(v)->values.emplace_back()};
    };
  } else if constexpr (is_optional<T>) {
    s.kind = form::optional;
    s.clear = [](void* v) { static_cast<T*>(v)->reset(); };
    s.next = [](void* v) -> place { return {&shape_of<typename T::value_type>, &static_cast<T*>(v)->emplace()}; };
  } else if constexpr (is_vector<T>) {
    s.kind = form::array;
    s.clear = [](void* v) { static_cast<T*>(v)->clear(); };
    if constexpr (std::same_as<T, std::vector<bool>>)
      s.next = [](void* v) -> place { return {&bit_shape, v}; };
    else
      s.next = [](void* v) -> place {
        return {&shape_of<typename T::value_type>, &static_cast<T*>(v)->emplace_back()};
      };
  } else {
    constexpr std::size_t count = decltype(T::fields())::size;
    static_assert(count <= field_limit, "ghl: a struct may have 128 fields at most; describe the ones that you need");
    s.kind = form::object;
    s.count = count;
    s.members = member_table<T, std::make_index_sequence<count>>::list;
  }
  return s;
}

}}}  // namespace ghl::v0::detail
