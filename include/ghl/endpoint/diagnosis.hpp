/// What can be wrong with the types of an endpoint: plain functions over what erased.hpp keeps of them.
#pragma once

#include <ghl/endpoint/type_facts.hpp>
#include <ghl/value/endpoint_facts.hpp>
#include <ghl/endpoint/fields.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace ghl { inline namespace v0 { namespace detail {

/// The structs on the way to the one that is looked at: a recursive type is looked at once.
struct trail {
  const char* tag;
  const trail* before;
};

constexpr bool has_name(const field_facts& f, std::string_view name) noexcept {
  return !name.empty() && (f.name == name || f.also == name);
}

/// The first misfit of a type that JSON is read into or written from.
constexpr misfit_found misfit_of_type(const type_facts& type, const trail* way = nullptr) noexcept {
  for (const trail* t = way; t != nullptr; t = t->before)
    if (same_type(t->tag, type.tag)) return {};
  const trail here{type.tag, way};
  for (std::size_t i = 0; i < type.count; ++i) {
    const field_facts& f = type.fields[i];
    if (!f.is_field) return {misfit::no_field, {}};
    if (!same_type(f.owner, type.tag)) return {misfit::foreign_field, f.name};
    for (std::size_t k = 0; k < i; ++k)
      if (has_name(type.fields[k], f.name) || has_name(type.fields[k], f.also))
        return {misfit::repeated_field, has_name(type.fields[k], f.name) ? f.name : f.also};
    if (f.name == f.also) return {misfit::repeated_field, f.name};
    const type_facts inner = f.type();
    if (!inner.readable) return {misfit::field_type, f.name};
    if (!inner.described) continue;
    if (const misfit_found found = misfit_of_type(inner, &here); found.what != misfit::none) return found;
  }
  if (!type.forgets.empty()) return {misfit::forgotten_member, type.forgets};
  return {};
}

/// The first misfit of a type that an endpoint reads or writes. A function without arguments: it is worked out once for
/// all endpoints that share the type.
template <class T>
constexpr misfit_found misfit_in_response() noexcept {
  const type_facts type = facts_of_type<T>();
  return type.readable ? misfit_of_type(type) : misfit_found{misfit::response_type, {}};
}
template <class T>
constexpr misfit_found misfit_in_body() noexcept {
  const type_facts type = facts_of_type<T>();
  return type.readable ? misfit_of_type(type) : misfit_found{misfit::body_type, "body"};
}

}}}  // namespace ghl::v0::detail
