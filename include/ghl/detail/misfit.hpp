/// What can be wrong with the types of an endpoint: plain functions over what erased.hpp keeps of them.
#pragma once

#include <ghl/detail/erased.hpp>
#include <ghl/endpoint.hpp>
#include <ghl/fields.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace ghl::inline v0::detail {

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
    if (f.type == nullptr) return {misfit::no_field, {}};
    if (!same_type(f.owner, type.tag)) return {misfit::foreign_field, f.name};
    for (std::size_t k = 0; k < i; ++k)
      if (has_name(type.fields[k], f.name) || has_name(type.fields[k], f.also))
        return {misfit::repeated_field, has_name(type.fields[k], f.name) ? f.name : f.also};
    if (f.name == f.also) return {misfit::repeated_field, f.name};
    const type_facts inner = f.type();
    if (!inner.readable) return {misfit::field_type, f.name};
    if (inner.tag == nullptr) continue;
    if (const misfit_found found = misfit_of_type(inner, &here); found.what != misfit::none) return found;
  }
  if (!type.forgets.empty()) return {misfit::forgotten_member, type.forgets};
  return {};
}

/// The first misfit of the parameters of an endpoint.
constexpr misfit_found misfit_of_parameters(const parameter* list, std::size_t count, const char* tag) noexcept {
  for (std::size_t i = 0; i < count; ++i) {
    const parameter& p = list[i];
    if (p.in == site::none) continue;
    const std::string_view name = p.in == site::body ? "body" : p.name;
    if (!same_type(p.owner, tag)) return {misfit::foreign_member, name};
    if (p.type != misfit::none) return {p.type, name};
    if (p.json == nullptr) continue;
    const type_facts body = p.json();
    if (!body.readable) return {misfit::body_type, name};
    if (const misfit_found found = misfit_of_type(body); found.what != misfit::none) return found;
  }
  return {};
}

constexpr std::size_t mentioned(const parameter* list, std::size_t count) noexcept {
  std::size_t n = 0;
  for (std::size_t i = 0; i < count; ++i) n += list[i].in == site::none ? 0U : 1U;
  return n;
}

constexpr type_facts facts_of_nothing() noexcept { return {true}; }

/// What an endpoint answers, its type left out.
template <class E>
inline constexpr type_facts (*response_facts)() = nullptr;
template <class E>
  requires requires { typename E::response; }
inline constexpr type_facts (*response_facts<E>)() =
    std::is_same_v<typename E::response, no_content> ? &facts_of_nothing : &facts_of_type<typename E::response>;

constexpr misfit_found misfit_of_response(type_facts (*response)()) noexcept {
  if (response == nullptr) return {misfit::no_response, {}};
  const type_facts type = response();
  return type.readable ? misfit_of_type(type) : misfit_found{misfit::response_type, {}};
}

/// The first misfit of an endpoint. `forgets`: its name, where it has a member that is no parameter.
constexpr misfit_found misfit_of_endpoint(const parameter* list, std::size_t count, const char* tag,
                                          std::string_view forgets, type_facts (*response)()) noexcept {
  if (const misfit_found f = misfit_of_parameters(list, count, tag); f.what != misfit::none) return f;
  if (!forgets.empty()) return {misfit::forgotten_member, forgets};
  return misfit_of_response(response);
}

}  // namespace ghl::inline v0::detail
