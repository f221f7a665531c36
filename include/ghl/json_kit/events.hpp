/// Walks a described value and passes its parts to a JSON writer: the counterpart of json_reader.
#pragma once

#include <ghl/detail/finite.hpp>
#include <ghl/detail/text.hpp>
#include <ghl/endpoint/fields.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/value/fault.hpp>

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace ghl { inline namespace v0 {

/// Purpose: calls `out` for each part of `value`, in order: null(), boolean(bool), integer(std::int64_t),
/// unsigned_integer(std::uint64_t), number(double), string(std::string_view), begin_object(), key(std::string_view),
/// end_object(), begin_array(), end_array(). A json_reader has the same functions, so `json_events(a, reader)` copies
/// a value.
/// A `key` stays where it is until the end of its value. Where `out` has raw_number(std::string_view) too, it is called
/// for the numbers of a json_value, with their text as it came.
/// Rules: an absent optional member is left out; an absent element of an array or a map is null.
/// Errors: `invalid_utf8` for a string that is not UTF-8 (RFC 8259, section 8.1), `not_finite` for a NaN or an
/// infinity, which JSON does not have, `number_out_of_range` for a number of a json_value that is beyond every double,
/// where there is no raw_number; what was written must be discarded then. `none` otherwise.
/// Example: ghl::json_writer, examples/04_json_policy.cpp. Thread safety: as safe as `out`.
template <class T, class Writer>
fault json_events(const T& value, Writer& out) {
  if constexpr (detail::has_json_as<T>) {
    return detail::with_known(value, [&](const detail::known_type<T>& known) { return json_events(known, out); });
  } else if constexpr (std::same_as<T, bool>) {
    out.boolean(value);
  } else if constexpr (std::floating_point<T>) {
    if (!detail::is_finite(value)) return fault::not_finite;  // before any conversion: see detail/finite.hpp
    out.number(static_cast<double>(value));
  } else if constexpr (detail::json_number<T>) {
    if constexpr (std::is_signed_v<T>) out.integer(std::int64_t{value});
    else out.unsigned_integer(std::uint64_t{value});
  } else if constexpr (std::same_as<T, std::string>) {
    if (!detail::is_utf8(value)) return fault::invalid_utf8;
    out.string(std::string_view{value});
  } else if constexpr (std::same_as<T, string_or_strings>) {
    if (value.values.size() == 1) return json_events(value.values.front(), out);
    return json_events(value.values, out);
  } else if constexpr (detail::is_optional<T> || detail::is_nullable<T>) {
    if (value) return json_events(*value, out);
    out.null();
  } else if constexpr (detail::is_vector<T>) {
    out.begin_array();
    for (const typename T::value_type& element : value)
      if (const fault f = json_events(element, out); f != fault::none) return f;
    out.end_array();
  } else if constexpr (std::same_as<T, json_value>) {
    return replay(value, out);  // found beside json_value, and only if there is one
  } else if constexpr (detail::string_map<T>) {
    out.begin_object();
    for (const auto& [key, element] : value) {
      if (!detail::is_utf8(key)) return fault::invalid_utf8;
      out.key(std::string_view{key});
      if (const fault f = json_events(element, out); f != fault::none) return f;
    }
    out.end_object();
  } else {
    static_assert(described<T>, "ghl: JSON cannot be written from a value of this type; give it fields()");
    out.begin_object();
    fault failed = fault::none;
    for_each_field<T>([&]<class Field>(const Field& field) {
      const typename Field::member_type& member = value.*(field.member);
      if constexpr (detail::is_omittable<typename Field::member_type>) {
        if (detail::is_absent(member)) return;
      }
      if (failed != fault::none) return;
      out.key(field.name);
      failed = json_events(member, out);
    });
    if (failed != fault::none) return failed;
    out.end_object();
  }
  return fault::none;
}

}}  // namespace ghl::v0
