/// The checks of the types that JSON is read into or written from: plain functions over type_facts.
#pragma once

#include <ghl/detail/literal.hpp>
#include <ghl/endpoint/diagnosis.hpp>
#include <ghl/endpoint/fields.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/endpoint/type_facts.hpp>

#include <cstddef>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

/// The structs that enclose the one being checked, so that a recursive type is checked once.
struct enclosing_types {
  const char* tag;
  const enclosing_types* outer;
};

constexpr bool has_name(const field_facts& f, std::string_view name) noexcept {
  return !name.empty() && (same_text(f.name, name) || same_text(f.also, name));
}

/// What is wrong with the names of a field.
constexpr finding check_field(const type_facts& type, std::size_t i) noexcept {
  const field_facts& f = type.fields[i];
  for (std::size_t k = 0; k < i; ++k)
    if (has_name(type.fields[k], f.name) || has_name(type.fields[k], f.also))
      return {diagnosis::repeated_field, has_name(type.fields[k], f.name) ? f.name : f.also};
  if (same_text(f.name, f.also)) return {diagnosis::repeated_field, f.name};
  return {};
}

/// Why a type is not readable: what is known of it, or else the finding that is given.
constexpr finding why_not(const type_facts& type, const finding& otherwise) noexcept {
  return type.wrong.what != diagnosis::none ? type.wrong : otherwise;
}

/// Whether a struct has a mistake that keeps its fields from being looked at.
constexpr bool is_unusable(const type_facts& type) noexcept {
  return type.wrong.what != diagnosis::none && type.wrong.what != diagnosis::forgotten_member;
}

/// The first mistake in a type or in the types of its fields. To read into a type asks more of it than to write it.
constexpr finding check_type(const type_facts& type, bool is_read, const enclosing_types* outer = nullptr) noexcept {
  if (!type.described) return {};
  for (const enclosing_types* t = outer; t != nullptr; t = t->outer)
    if (same_type(t->tag, type.tag)) return {};
  if (is_unusable(type)) return type.wrong;
  const enclosing_types here{type.tag, outer};
  for (std::size_t i = 0; i < type.count; ++i) {
    const field_facts& f = type.fields[i];
    if (const finding found = check_field(type, i); found.what != diagnosis::none) return found;
    const type_facts inner = type.types[i]();
    if (!inner.readable) return why_not(inner, {diagnosis::field_type, f.name});
    if (is_read && f.constant) return {diagnosis::constant_field, f.name};
    if (is_read && !inner.can_be_made) return {diagnosis::cannot_be_made, f.name};
    if (!inner.described) continue;
    if (const finding found = check_type(inner, is_read, &here); found.what != diagnosis::none) return found;
  }
  return type.wrong;
}

/// The first mistake in a type that an endpoint reads or writes. Functions that a descriptor can hold, over constants:
/// all endpoints that share a type share its check.
template <class T>
constexpr finding check_response() noexcept {
  const type_facts type = facts_of_type<T>();
  if (!type.readable) return why_not(type, {diagnosis::response_type, "response"});
  if (!type.can_be_made) return {diagnosis::cannot_be_made, "response"};
  return check_type(type, true);
}
template <>
constexpr finding check_response<no_content>() noexcept {
  return {};
}
template <class T>
inline constexpr finding in_response = check_response<T>();
template <class T>
constexpr finding found_in_response() noexcept {
  return in_response<T>;
}
template <class T>
constexpr finding check_body_type() noexcept {
  const type_facts type = facts_of_type<T>();
  return type.readable ? check_type(type, false) : why_not(type, {diagnosis::body_type, "body"});
}
template <class T>
inline constexpr finding in_body = check_body_type<T>();
template <class T>
constexpr finding check_body() noexcept {
  return in_body<T>;
}
constexpr finding no_response_found() noexcept { return {diagnosis::no_response, {}}; }

}}}  // namespace ghl::v0::detail
