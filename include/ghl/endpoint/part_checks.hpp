/// The checks of the types that a form or a multipart body is written from.
#pragma once

#include <ghl/endpoint/diagnosis.hpp>
#include <ghl/endpoint/fields.hpp>
#include <ghl/endpoint/file.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/endpoint/type_checks.hpp>
#include <ghl/endpoint/type_facts.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <vector>

namespace ghl { inline namespace v0 { namespace detail {

/// A std::map or std::unordered_map from the names of parts to files, or one like them.
template <class T>
concept map_of_files = string_map<T> && std::same_as<typename T::mapped_type, file>;

/// What a part of a multipart body can be.
template <class T>
inline constexpr bool is_part = url_query<T> || std::same_as<T, file> || map_of_files<T>;
template <class T>
inline constexpr bool is_part<std::optional<T>> = url_query<std::optional<T>> || is_part<T>;
template <>
inline constexpr bool is_part<std::vector<file>> = true;

template <class Field>
struct type_of_field {
  using type = bool;  // it is none, which is said elsewhere
};
template <class Owner, class Member>
struct type_of_field<field_word<Owner, Member>> {
  using type = plain<Member>;
};

/// The first mistake in a struct whose fields become parameters or parts; `fits`: for each, whether it can.
constexpr finding check_parts(const type_facts& type, const bool* fits, diagnosis misfit) noexcept {
  if (is_unusable(type)) return type.wrong;
  for (std::size_t i = 0; i < type.count; ++i) {
    if (const finding found = check_field(type, i); found.what != diagnosis::none) return found;
    if (!fits[i]) return {misfit, type.fields[i].name};
  }
  return type.wrong;
}

template <class... Fields>
constexpr finding check_form_fields(const field_list<Fields...>&, const type_facts& type) noexcept {
  constexpr bool fits[] = {url_query<typename type_of_field<Fields>::type>..., true};
  return check_parts(type, fits, diagnosis::form_field);
}
template <class... Fields>
constexpr finding check_multipart_fields(const field_list<Fields...>&, const type_facts& type) noexcept {
  constexpr bool fits[] = {is_part<typename type_of_field<Fields>::type>..., true};
  return check_parts(type, fits, diagnosis::multipart_field);
}

/// The first mistake in the type of a body that is a form.
template <class T>
constexpr finding check_form() noexcept {
  if constexpr (!described<T>) return {diagnosis::form_struct, "body"};
  else if constexpr (!constant_fields<T>) return facts_of_type<T>().wrong;
  else return check_form_fields(fields_of<T>, facts_of_type<T>());
}
/// The same of a multipart body.
template <class T>
constexpr finding check_multipart() noexcept {
  if constexpr (described<T> && !constant_fields<T>) return facts_of_type<T>().wrong;
  else if constexpr (described<T>) return check_multipart_fields(fields_of<T>, facts_of_type<T>());
  else if constexpr (map_of_files<T>) return {};
  else return {diagnosis::multipart_struct, "body"};
}

}}}  // namespace ghl::v0::detail
