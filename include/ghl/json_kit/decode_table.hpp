/// What the JSON reader needs to know of a C++ type, as a constant table rather than as code for each type.
#pragma once

#include <ghl/detail/finite.hpp>
#include <ghl/detail/literal_tuple.hpp>
#include <ghl/endpoint/fields.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/value/fault.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 { namespace detail {

/// What the reader does with a value: `strings` is string_or_strings, `bit` is an element of a vector<bool>.
enum class json_type : unsigned char { flag, number, string, strings, optional, array, object, bit };

struct decode_table;

/// A value to be filled, its C++ type left out. Without a table, the JSON value is ignored.
struct slot {
  const decode_table* table;
  void* value;
};

/// A number as the parser read it.
struct parsed_number {
  enum : unsigned char { integer, natural, real } as;
  std::int64_t i;
  std::uint64_t u;
  double d;
};

struct decode_member {
  std::string_view name;
  std::string_view also;
  bool required;
  slot (*in)(void* object);
};

struct decode_table {
  json_type type = json_type::string;
  fault (*store)(void*, const parsed_number&) = nullptr;  // number
  slot (*next)(void*) = nullptr;                          // optional: its value; array: a new element at its end
  void (*clear)(void*) = nullptr;                         // optional and array
  const decode_member* members = nullptr;                 // object
  std::size_t count = 0;
};

/// The float nearest to a double, if there is one. 3.4028235e38, the shortest text of the largest float, is a little
/// more than that float, and still nearer to it than to the next, which would be 2^128.
inline bool narrow(double from, float& to) noexcept {
  constexpr float most = (std::numeric_limits<float>::max)();
  constexpr double beyond = static_cast<double>(most) + 0x1p103;  // half of a step more
  if (from <= -beyond || from >= beyond) return false;
  if (from < static_cast<double>(-most)) to = -most;
  else to = from > static_cast<double>(most) ? most : static_cast<float>(from);
  return true;
}

template <class T>
fault store_number(void* where, const parsed_number& n) {
  T& out = *static_cast<T*>(where);
  if (n.as == parsed_number::real && !is_finite(n.d)) return fault::number_out_of_range;
  if constexpr (std::floating_point<T>) {
    const double d = n.as == parsed_number::real ? n.d
                     : n.as == parsed_number::integer ? static_cast<double>(n.i) : static_cast<double>(n.u);
    if constexpr (sizeof(T) == sizeof(double)) out = d;
    else if (!narrow(d, out)) return fault::number_out_of_range;
  } else if (n.as == parsed_number::real) {
    // 1.0 and 1e3 are integers too (RFC 8259, section 6, has one kind of number), and a parser may pass on an integer
    // of more than 64 bits as a floating-point number.
    constexpr double exact = 9007199254740992.0;  // 2^53: from here on an integer may have been rounded
    if (n.d <= -exact || n.d >= exact) return fault::number_out_of_range;
    const auto i = static_cast<std::int64_t>(n.d);
    const auto whole = static_cast<double>(i);
    if (whole < n.d || whole > n.d) return fault::wrong_type;
    if (!std::in_range<T>(i)) return fault::number_out_of_range;
    out = static_cast<T>(i);
  } else {
    const bool fits = n.as == parsed_number::integer ? std::in_range<T>(n.i) : std::in_range<T>(n.u);
    if (!fits) return fault::number_out_of_range;
    out = n.as == parsed_number::integer ? static_cast<T>(n.i) : static_cast<T>(n.u);
  }
  return fault::none;
}

template <class T>
constexpr decode_table make_table();

template <class T>
inline constexpr decode_table table_of = make_table<T>();

/// An element of a vector<bool> has no address: the value of its slot is the vector.
inline constexpr decode_table bit_table{json_type::bit};

template <class T, std::size_t At>
using field_type = typename std::remove_cvref_t<decltype(get<At>(fields_of<T>.list))>::member_type;

template <class T, std::size_t At>
slot slot_of_field(void* object) {
  using type = field_type<T, At>;
  static_assert(json_readable<type>,
                "ghl: JSON cannot be read into a member of this type; use bool, a number, std::string, std::optional, "
                "std::vector, ghl::string_or_strings or a struct with fields()");
  type& member = static_cast<T*>(object)->*(get<At>(fields_of<T>.list).member);
  return {&table_of<type>, &member};
}

template <class T, class Indices>
struct member_table;

template <class T, std::size_t... At>
struct member_table<T, std::index_sequence<At...>> {
  static constexpr decode_member list[sizeof...(At) + 1] = {
      {get<At>(fields_of<T>.list).name, get<At>(fields_of<T>.list).also, !is_optional<field_type<T, At>>,
       &slot_of_field<T, At>}...,
      {{}, {}, false, nullptr}};  // never read; an array has at least one element
};

/// The most fields that one struct can have.
inline constexpr std::size_t field_limit = 128;

template <class T>
constexpr decode_table make_table() {
  decode_table t;
  if constexpr (std::same_as<T, bool>) {
    t.type = json_type::flag;
  } else if constexpr (json_number<T>) {
    t.type = json_type::number;
    t.store = &store_number<T>;
  } else if constexpr (std::same_as<T, std::string>) {
    t.type = json_type::string;
  } else if constexpr (std::same_as<T, string_or_strings>) {
    t.type = json_type::strings;
    t.clear = [](void* v) { static_cast<T*>(v)->values.clear(); };
    using element = typename decltype(T::values)::value_type;
    t.next = [](void* v) -> slot { return {&table_of<element>, &static_cast<T*>(v)->values.emplace_back()}; };
  } else if constexpr (is_optional<T>) {
    t.type = json_type::optional;
    t.clear = [](void* v) { static_cast<T*>(v)->reset(); };
    t.next = [](void* v) -> slot { return {&table_of<typename T::value_type>, &static_cast<T*>(v)->emplace()}; };
  } else if constexpr (is_vector<T>) {
    t.type = json_type::array;
    t.clear = [](void* v) { static_cast<T*>(v)->clear(); };
    if constexpr (std::same_as<T, std::vector<bool>>)
      t.next = [](void* v) -> slot { return {&bit_table, v}; };
    else
      t.next = [](void* v) -> slot { return {&table_of<typename T::value_type>, &static_cast<T*>(v)->emplace_back()}; };
  } else {
    constexpr std::size_t count = decltype(T::fields())::size;
    static_assert(count <= field_limit, "ghl: a struct may have 128 fields at most; describe the ones that you need");
    t.type = json_type::object;
    t.count = count;
    t.members = member_table<T, std::make_index_sequence<count>>::list;
  }
  return t;
}

}}}  // namespace ghl::v0::detail
