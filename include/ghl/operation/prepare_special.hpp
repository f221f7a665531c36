/// The request of an endpoint with something that few have: a body that is not JSON, header parameters, no token, or a
/// response that is not JSON. All other calls pass this by.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/endpoint/descriptor_reader.hpp>
#include <ghl/endpoint/more_words.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/endpoint/words.hpp>
#include <ghl/operation/body_parts.hpp>
#include <ghl/operation/response_kind.hpp>
#include <ghl/operation/url_plan.hpp>
#include <ghl/operation/write_form.hpp>
#include <ghl/operation/write_multipart.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/form.hpp>
#include <ghl/value/percent_encoding.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// Whether the request of E is more than its URL, the usual header lines and a JSON body.
template <class E>
inline constexpr bool is_special = endpoint_of<E>.no_token || endpoint_of<E>.has_headers ||
                                   endpoint_of<E>.body_kind != word_kind::body || response_kind_of<E>::is_raw;

/// What is special about an endpoint, its type left out.
struct special_words {
  /// Adds the lines of the header parameters; null: there are none.
  refusal (*add_lines)(std::string& block, const void* request) = nullptr;
  /// Writes a body that is not JSON, and its type; null: there is none.
  refusal (*write_body)(std::string& body, std::string& type, const void* request) = nullptr;
  std::string_view accept = "application/json";
};

// ---- header parameters ----

inline fault add_line(std::string& block, std::string_view name, std::string_view value) {
  if (has_control(value)) return fault::control_byte;
  value = trimmed(value);
  if (value.empty()) return fault::empty_value;
  block.append(name).append(": ").append(value).append("\r\n");
  return fault::none;
}
template <class T>
fault add_header(std::string& block, std::string_view name, const T& value) {
  if constexpr (has_known_type<T>) {
    return with_known(value, [&](const auto& known) { return add_header(block, name, known); });
  } else if constexpr (is_optional<T>) {
    return value ? add_header<typename T::value_type>(block, name, *value) : fault::none;
  } else if constexpr (std::same_as<T, bool>) {
    return add_line(block, name, value ? "true" : "false");
  } else if constexpr (json_number<T>) {
    const number_text digits{value};
    return digits.text().empty() ? fault::not_finite : add_line(block, name, digits.text());
  } else {
    return add_line(block, name, value);
  }
}
template <class E, std::size_t At>
void add_header_at([[maybe_unused]] refusal& refused, [[maybe_unused]] std::string& block,
                   [[maybe_unused]] const E& request) {
  if constexpr (kind_at<E, At> == word_kind::header) {
    constexpr std::string_view name = get<At>(endpoint_of<E>.words).name;
    if (refused.why == fault::none) refused = {add_header(block, name, member_at<E, At>(request)), name};
  }
}
template <class E, std::size_t... At>
refusal add_headers(std::string& block, const E& request, std::index_sequence<At...>) {
  refusal refused;
  (add_header_at<E, At>(refused, block, request), ...);
  return refused;
}

// ---- bodies ----

template <class E>
refusal write_special_body(std::string& body, std::string& type, const void* request) {
  const erased_parts parts{&visit_parts<body_of<E>>,
                           &member_at<E, body_position<E>>(*static_cast<const E*>(request))};
  if constexpr (endpoint_of<E>.body_kind == word_kind::multipart) return write_multipart(body, type, parts);
  else {
    type = form_type;
    return write_form(body, parts);
  }
}

template <class E>
constexpr special_words make_special_words() noexcept {
  special_words found;
  if constexpr (endpoint_of<E>.has_headers)
    found.add_lines = [](std::string& block, const void* request) {
      return add_headers(block, *static_cast<const E*>(request), word_positions<E>{});
    };
  if constexpr (endpoint_of<E>.has_body && !has_json_body<E>) found.write_body = &write_special_body<E>;
  if constexpr (response_kind_of<E>::is_raw) found.accept = "*/*";
  return found;
}
template <class E>
inline constexpr special_words special_words_of = make_special_words<E>();

template <class E>
constexpr const special_words* special_words_if() noexcept {
  if constexpr (is_special<E>) return &special_words_of<E>;
  else return nullptr;
}
template <class E>
inline constexpr call_plan plan_of{&endpoint_of<E>,       url_plan_of<E>.parts, url_plan_of<E>.path_values,
                                   url_plan_of<E>.count, url_plan_of<E>.tail,  special_words_if<E>()};

}}}  // namespace ghl::v0::detail
