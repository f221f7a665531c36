/// What the JSON reader needs to know of a C++ type, as a constant table rather than as code for each type.
#pragma once

#include <ghl/detail/literal_tuple.hpp>
#include <ghl/endpoint/fields.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/json_kit/compact.hpp>
#include <ghl/json_kit/parsed_number.hpp>
#include <ghl/value/fault.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 {

class json_reader;

namespace detail {

/// What the reader does with a value: `strings` is string_or_strings, `bit` is an element of a vector<bool>, `map` has
/// any keys, and `any` is kept as it is.
enum class json_type : unsigned char { flag, number, string, strings, optional, array, object, bit, map, any };

struct decode_table;

/// A value to be filled, its C++ type left out. Without a table, the JSON value is ignored.
struct slot {
  const decode_table* table;
  void* value;
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
  slot (*next)(void*) = nullptr;  // optional: its value; array: a new element at its end; map: of an element, itself
  void (*clear)(void*) = nullptr;                         // optional, array and map
  const decode_member* members = nullptr;                 // object
  std::size_t count = 0;
};

/// An element of a map; it stays where it is until the next key.
struct map_element {
  const std::string* key;
  void* value;
};

/// The table of a `map`. In one of its own, since most programs have none.
struct map_table : decode_table {
  map_element (*add)(void* map, std::string_view key);  // new, also where the key has an element already
  void (*append_key)(std::string& path, std::string_view key);
};

/// A piece of a value that is kept as it is.
struct json_piece {
  enum : unsigned char { literal, number, string, key, open, close } what;
  std::string_view text;                  // "true"; what a string or key says; the bracket
  const parsed_number* number_read = nullptr;
};

/// The table of an optional that tells null from absent. Its `count` is not 0.
struct tristate_table : decode_table {
  void (*forget)(void*);  // makes it absent; `clear` makes it null
};

/// The table of `any`, and of a type with a json_as. Of the latter, `clear` is what makes it absent, if it may be.
struct any_table : decode_table {
  bool (*take)(json_reader& from, const slot& to, const json_piece& piece);
  const decode_table* made_of;  // of what stands on the wire, if it is there; null: it is kept as it is
};

template <class T>
constexpr decode_table make_table();

template <class T>
inline constexpr decode_table table_of = make_table<T>();

template <string_map T>
constexpr map_table make_map_table();

template <string_map T>
inline constexpr map_table table_of<T> = make_map_table<T>();

template <class T>
  requires is_tristate<T>
constexpr tristate_table make_tristate_table();

template <class T>
  requires is_tristate<T>
inline constexpr tristate_table table_of<T> = make_tristate_table<T>();

template <has_json_as T>
constexpr any_table make_converted_table();

template <has_json_as T>
inline constexpr any_table table_of<T> = make_converted_table<T>();

/// In json_kit/converted.hpp.
template <class T>
bool convert_piece(json_reader& from, const slot& to, const json_piece& piece);

/// An element of a vector<bool> has no address: the value of its slot is the vector. Its function stands here, and not
/// in the reader, since most programs have no such vector.
inline fault store_bit(void* bits, const parsed_number& n) {
  static_cast<std::vector<bool>*>(bits)->push_back(n.u != 0);
  return fault::none;
}
inline constexpr decode_table bit_table{json_type::bit, &store_bit};

template <class T, std::size_t At>
using field_type = typename std::remove_cvref_t<decltype(get<At>(fields_of<T>.list))>::member_type;

template <class T, std::size_t At>
slot slot_of_field(void* object) {
  using type = field_type<T, At>;
  static_assert(json_readable<type>,
                "ghl: JSON cannot be read into a member of this type; use bool, a number, std::string, std::optional, "
                "std::vector, a std::map of strings, ghl::json_value, ghl::string_or_strings or a struct with "
                "fields()");
  type& member = static_cast<T*>(object)->*(get<At>(fields_of<T>.list).member);
  return {&table_of<type>, &member};
}

template <class T, class Indices>
struct member_table;

template <class T, std::size_t... At>
struct member_table<T, std::index_sequence<At...>> {
  static constexpr decode_member list[sizeof...(At) + 1] = {
      {get<At>(fields_of<T>.list).name, get<At>(fields_of<T>.list).also, !is_omittable<field_type<T, At>>,
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

template <string_map T>
constexpr map_table make_map_table() {
  using element = typename T::mapped_type;
  map_table t{};
  t.type = json_type::map;
  t.clear = [](void* v) { static_cast<T*>(v)->clear(); };
  t.next = [](void* v) -> slot { return {&table_of<element>, v}; };
  t.add = [](void* v, std::string_view key) -> map_element {
    const auto [at, is_new] = static_cast<T*>(v)->try_emplace(std::string{key});
    if (!is_new) (*at).second = element{};
    return {&(*at).first, &(*at).second};
  };
  t.append_key = &append_key;
  return t;
}

template <class T>
  requires is_tristate<T>
constexpr tristate_table make_tristate_table() {
  tristate_table t{};
  t.type = json_type::optional;
  t.count = 1;
  t.next = [](void* v) -> slot { return {&table_of<typename T::value_type>, &static_cast<T*>(v)->emplace()}; };
  if constexpr (is_nullable<T>) t.clear = [](void* v) { static_cast<T*>(v)->set_null(); };
  else if constexpr (is_nullable<typename T::value_type>) t.clear = [](void* v) { *static_cast<T*>(v) = nullptr; };
  else t.clear = [](void* v) { static_cast<T*>(v)->emplace(); };
  t.forget = [](void* v) { static_cast<T*>(v)->reset(); };
  return t;
}

/// What stands in an optional, however many there are around it.
template <class T>
inline constexpr const decode_table* table_of_present = &table_of<T>;
template <class T>
  requires(is_optional<T> || is_nullable<T>)
inline constexpr const decode_table* table_of_present<T> = table_of_present<typename T::value_type>;

template <has_json_as T>
constexpr any_table make_converted_table() {
  any_table t{};
  t.type = json_type::any;
  if constexpr (is_omittable<T>) t.clear = [](void* v) { *static_cast<T*>(v) = T{}; };
  t.take = &convert_piece<T>;
  t.made_of = table_of_present<known_type<T>>;
  return t;
}

/// Makes a member that may be absent empty; whether it is one.
inline bool make_absent(const slot& s) {
  if (s.table->type == json_type::optional && s.table->count != 0)
    static_cast<const tristate_table*>(s.table)->forget(s.value);
  else if (s.table->type == json_type::optional || (s.table->type == json_type::any && s.table->clear != nullptr))
    s.table->clear(s.value);
  else return false;
  return true;
}

}  // namespace detail
}}  // namespace ghl::v0
