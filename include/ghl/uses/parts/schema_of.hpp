/// How the schema of a type is made of its fields().
#pragma once

#include <ghl/endpoint/enum_names.hpp>
#include <ghl/endpoint/field_list.hpp>
#include <ghl/endpoint/fields.hpp>
#include <ghl/endpoint/file.hpp>
#include <ghl/endpoint/json_as.hpp>
#include <ghl/endpoint/member_path.hpp>
#include <ghl/endpoint/open_enum.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/endpoint/type_facts.hpp>
#include <ghl/uses/parts/schema.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// A name as it is in the program, cut at the ABI version: "links::get_links" of "ghl::v0::links::get_links".
constexpr std::string_view name_without_ghl(std::string_view name) noexcept {
  for (const std::string_view begin : {std::string_view{"struct "}, std::string_view{"class "}, std::string_view{"enum "},
                                       std::string_view{"ghl::"}, std::string_view{"v0::"}})
    if (name.starts_with(begin)) name.remove_prefix(begin.size());
  return name;
}
/// The position of its last part.
constexpr std::size_t begin_of_last_part(std::string_view name) noexcept {
  const std::size_t at = name.substr(0, name.find('<')).rfind("::");
  return at == std::string_view::npos ? 0 : at + 2;
}
template <class T>
inline constexpr std::string_view full_name_of = name_without_ghl(name_of_type<T>());
template <class T>
inline constexpr std::string_view last_name_of = full_name_of<T>.substr(begin_of_last_part(full_name_of<T>));

template <class T>
constexpr schema make_schema() noexcept;
template <class T>
inline constexpr schema schema_table = make_schema<T>();
/// A function, since a struct may hold a vector of itself.
template <class T>
constexpr const schema& schema_function() noexcept {
  return schema_table<T>;
}

template <class... Fields>
constexpr auto make_schema_fields(const field_list<Fields...>& of) noexcept {
  return [&]<std::size_t... At>(std::index_sequence<At...>) {
    return std::array<schema_field, sizeof...(Fields)>{
        {{get<At>(of.list).name, get<At>(of.list).also, !is_omittable<typename Fields::member_type>,
          &schema_function<typename Fields::member_type>}...}};
  }(std::index_sequence_for<Fields...>{});
}
template <class T>
inline constexpr auto schema_fields_of = make_schema_fields(fields_of<T>);

template <class E, std::size_t Count>
constexpr std::size_t named_values(const enum_name_list<E, Count>& names) noexcept {
  std::size_t count = 0;
  for (const enum_name<E>& n : names.list) count += n.others ? 0U : 1U;
  return count;
}
template <class E>
constexpr auto make_schema_values() noexcept {
  if constexpr (named_enum<E>) {
    std::array<std::string_view, named_values(enum_names<E>)> values;
    std::size_t count = 0;
    for (const auto& n : enum_names<E>.list)
      if (!n.others) values[count++] = n.text;
    return values;
  } else {
    return E::names();
  }
}
template <class E>
inline constexpr auto schema_values_of = make_schema_values<E>();
template <class E>
concept has_open_names = is_open_enum<E> && requires { E::names(); };

template <class T>
concept time_like = requires {
  typename T::clock;
  typename T::duration;
};

template <class T>
constexpr std::string_view number_format() noexcept {
  if constexpr (std::floating_point<T>) return sizeof(T) == 4 ? "float" : "double";
  else if constexpr (std::is_signed_v<T>) return sizeof(T) == 8 ? "int64" : sizeof(T) == 4 ? "int32" : "int16";
  else return sizeof(T) == 8 ? "uint64" : sizeof(T) == 4 ? "uint32" : "uint16";
}

template <class T>
constexpr schema make_schema() noexcept {
  if constexpr (!std::same_as<T, held<T>>) {
    schema inner = make_schema<held<T>>();
    inner.may_be_null = is_tristate<T>;
    return inner;
  } else if constexpr (named_enum<T> || has_open_names<T>) {
    schema e{schema_kind::text, last_name_of<T>};
    e.values = schema_values_of<T>;
    e.is_open = !named_enum<T>;
    return e;
  } else if constexpr (has_known_type<T>) {
    schema known = make_schema<known_type<T>>();
    if constexpr (time_like<T>) known.format = "date-time";
    return known;
  } else if constexpr (std::same_as<T, bool>) {
    return {schema_kind::boolean};
  } else if constexpr (json_number<T>) {
    return {std::floating_point<T> ? schema_kind::number : schema_kind::integer, {}, number_format<T>()};
  } else if constexpr (std::same_as<T, string_or_strings>) {
    return {schema_kind::text_or_texts};
  } else if constexpr (std::same_as<T, json_value>) {
    return {schema_kind::any};
  } else if constexpr (std::same_as<T, file>) {
    return {schema_kind::bytes, {}, "binary"};
  } else if constexpr (std::same_as<T, no_content>) {
    return {schema_kind::nothing};
  } else if constexpr (described<T>) {
    schema o{schema_kind::object, last_name_of<T>};
    o.fields = schema_fields_of<T>;
    return o;
  } else if constexpr (is_vector<T>) {
    schema list{schema_kind::array};
    list.element = &schema_function<typename T::value_type>;
    return list;
  } else if constexpr (string_map<T>) {
    schema map{schema_kind::map};
    map.element = &schema_function<typename T::mapped_type>;
    return map;
  } else {
    return {schema_kind::text};
  }
}

}}}  // namespace ghl::v0::detail
