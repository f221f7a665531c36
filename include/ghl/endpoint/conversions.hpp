/// What is wrong with a json_as or with the names of an enumeration, and when a member that may be absent is.
#pragma once

#include <ghl/endpoint/diagnosis.hpp>
#include <ghl/endpoint/enum_names.hpp>
#include <ghl/endpoint/json_as.hpp>
#include <ghl/endpoint/nullable.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/endpoint/type_facts.hpp>
#include <ghl/value/fault.hpp>

#include <concepts>
#include <optional>
#include <type_traits>

namespace ghl { inline namespace v0 { namespace detail {

/// The first mistake in the names of an enumeration.
template <class E>
constexpr finding fault_of_enum() noexcept {
  if constexpr (!named_enum<E>) {
    return {diagnosis::enum_without_names, name_of_type<E>()};
  } else {
    switch (fault_of_names(enum_names<E>)) {
      case names_fault::none: return {};
      case names_fault::empty: return {diagnosis::enum_name_empty, name_of_type<E>()};
      case names_fault::name_twice: return {diagnosis::enum_name_twice, name_of_type<E>()};
      default: return {diagnosis::enum_value_twice, name_of_type<E>()};
    }
  }
}

/// The first mistake in a json_as, or in the names of an enumeration.
template <class T>
constexpr finding fault_of_conversion() noexcept {
  if constexpr (std::is_enum_v<T> && (named_enum<T> || !has_json_as<T>)) {
    return fault_of_enum<T>();
  } else if constexpr (!has_known_type<T>) {
    return {diagnosis::json_as_type, name_of_type<T>()};
  } else if constexpr (std::same_as<known_type<T>, T> || !json_readable<known_type<T>>) {
    return {diagnosis::json_as_type, name_of_type<T>()};
  } else if constexpr (!makes_from_known<T>) {
    return {diagnosis::json_as_from, name_of_type<T>()};
  } else if constexpr (!gives_known<T>) {
    return {diagnosis::json_as_to, name_of_type<T>()};
  } else if constexpr (!std::is_default_constructible_v<T>) {
    return {diagnosis::json_as_default, name_of_type<T>()};
  } else {
    return {};
  }
}

/// What is wrong with the type of a parameter: `otherwise`, unless its json_as or its names say more.
template <class T>
constexpr diagnosis parameter_fault(bool fits, diagnosis otherwise) noexcept {
  if constexpr (is_optional<T> || is_vector<T>) {
    return parameter_fault<typename T::value_type>(fits, otherwise);
  } else if constexpr (has_json_as<T> || std::is_enum_v<T>) {
    if (constexpr finding wrong = fault_of_conversion<T>(); wrong.what != diagnosis::none) return wrong.what;
  }
  return fits ? diagnosis::none : otherwise;
}

/// Whether a member that may be absent is.
template <class T>
bool is_absent(const T& value) {
  if constexpr (has_known_type<T>) {
    bool absent = false;  // what cannot be written is not
    static_cast<void>(with_known(value, [&](const auto& known) {
      absent = is_absent(known);
      return fault::none;
    }));
    return absent;
  } else if constexpr (is_nullable<T>) {
    return value.is_absent();
  } else if constexpr (is_nullable<typename T::value_type>) {
    return !value || value->is_absent();
  } else {
    return !value;
  }
}

}}}  // namespace ghl::v0::detail
