/// The fields of a struct as the parts of a form or of a multipart body.
#pragma once

#include <ghl/endpoint/fields.hpp>
#include <ghl/endpoint/file.hpp>
#include <ghl/endpoint/part_checks.hpp>
#include <ghl/endpoint/descriptor_reader.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/endpoint/words.hpp>
#include <ghl/operation/url_plan.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/percent_encoding.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// The position of the word for the body; the number of words where there is none.
template <class E, std::size_t... At>
constexpr std::size_t find_body(std::index_sequence<At...>) noexcept {
  std::size_t position = 0;
  static_cast<void>(((is_body_kind(kind_at<E, At>) || (static_cast<void>(++position), false)) || ...));
  return position;
}
template <class E>
inline constexpr std::size_t body_position = find_body<E>(word_positions<E>{});
template <class E>
inline constexpr bool has_body = endpoint_of<E>.has_body;
template <class E>
inline constexpr bool has_json_body = has_body<E> && endpoint_of<E>.body_kind == word_kind::body;

template <class E>
  requires has_body<E>
using body_of = std::remove_cvref_t<decltype(member_at<E, body_position<E>>(std::declval<const E&>()))>;

/// One part: a text, or a file.
struct body_part {
  std::string_view name;
  std::string_view text;
  const file* from = nullptr;  // a file, whose bytes `text` is
};

/// What is done with each part; its type is left out, so that a body has the code of its walk once.
struct part_visitor {
  fault (*visit)(void* with, const body_part& part);
  void* with;
  fault operator()(const body_part& part) const { return visit(with, part); }
};

template <class T>
fault visit_value(const part_visitor& visit, std::string_view name, const T& value) {
  if constexpr (has_known_type<T>) {
    return with_known(value, [&](const auto& known) { return visit_value(visit, name, known); });
  } else if constexpr (std::same_as<T, file>) {
    return visit({name, value.bytes, &value});
  } else if constexpr (std::same_as<T, bool>) {
    return visit({name, value ? "true" : "false"});
  } else if constexpr (json_number<T>) {
    const number_text digits{value};
    return digits.text().empty() ? fault::not_finite : visit({name, digits.text()});
  } else if constexpr (map_of_files<T>) {
    for (const auto& [key, element] : value)
      if (const fault f = key.empty() ? fault::empty_value : visit({key, element.bytes, &element}); f != fault::none)
        return f;
    return fault::none;
  } else if constexpr (is_optional<T>) {
    return value ? visit_value<typename T::value_type>(visit, name, *value) : fault::none;
  } else if constexpr (is_vector<T>) {
    for (const typename T::value_type& element : value)
      if (const fault f = visit_value<typename T::value_type>(visit, name, element); f != fault::none) return f;
    return fault::none;
  } else {
    return visit({name, value});
  }
}

/// Visits the parts in order; stops at the first one that cannot be sent.
template <class Body>
refusal visit_parts(const void* body, const part_visitor& visit) {
  const Body& from = *static_cast<const Body*>(body);
  refusal refused;
  if constexpr (described<Body>) {
    for_each_field<Body>([&](const auto& field) {
      using member_type = typename std::remove_cvref_t<decltype(field)>::member_type;
      if (refused.why != fault::none) return;
      refused = {visit_value<member_type>(visit, field.name, static_cast<const member_type&>(from.*(field.member))), field.name};
    });
  } else {
    refused = {visit_value(visit, "the body", from), "the body"};
  }
  return refused;
}

/// A body of which the type is left out.
struct erased_parts {
  refusal (*visit_all)(const void* body, const part_visitor& visit);
  const void* body;
  refusal operator()(const part_visitor& visit) const { return visit_all(body, visit); }
};

}}}  // namespace ghl::v0::detail
