/// How the URL of a request is written: by a plan that is made of the descriptor when it is compiled.
#pragma once

#include <ghl/detail/literal_tuple.hpp>
#include <ghl/detail/text_builder.hpp>
#include <ghl/endpoint/descriptor_reader.hpp>
#include <ghl/endpoint/json_as.hpp>
#include <ghl/endpoint/path_template.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/endpoint/words.hpp>
#include <ghl/endpoint/more_words.hpp>
#include <ghl/options/settings.hpp>
#include <ghl/value/endpoint_facts.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/percent_encoding.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

/// What cannot be sent, and where it stands.
struct refusal {
  fault why = fault::none;
  std::string_view where{};
};

struct url_part;
struct special_words;

/// The URL while it is written, and whether a '?' stands in it.
struct url_writer {
  text_builder out{};
  char separator = '?';

  void begin(const url_part& part);
};

/// A parameter of a URL. The type of its request is left out, so that one function writes the URLs of all endpoints.
struct url_part {
  std::string_view name;
  std::string_view before;  // path: the text before the value
  bool in_query = false;
  fault (*write)(url_writer& to, const url_part& part, const void* request) = nullptr;
};

inline void url_writer::begin(const url_part& part) {
  if (!part.in_query) return static_cast<void>(out.append(part.before));
  out.push_back(std::exchange(separator, '&'));
  append_encoded(out, part.name);
  out.push_back('=');
}

template <class T>
fault write_parameter(url_writer& to, const url_part& part, const T& value) {
  if constexpr (has_known_type<T>) {
    return with_known(value, [&](const auto& known) { return write_parameter(to, part, known); });
  } else if constexpr (is_optional<T>) {
    return value ? write_parameter<typename T::value_type>(to, part, *value) : fault::none;
  } else if constexpr (is_vector<T>) {
    if (value.empty()) return fault::empty_value;
    for (const typename T::value_type& element : value)
      if (const fault f = write_parameter<typename T::value_type>(to, part, element); f != fault::none) return f;
    return fault::none;
  } else {
    to.begin(part);
    return append_value(to.out, value);
  }
}

template <class T>
fault append_element(url_writer& to, const T& element) {
  if constexpr (has_known_type<T>) {
    return with_known(element, [&](const auto& known) { return append_element(to, known); });
  } else {
    if constexpr (is_url_text<T>)
      if (element.find(',') != element.npos) return fault::comma_in_list;
    return append_value(to.out, element);
  }
}

/// All elements as one value.
template <class T>
fault write_with_commas(url_writer& to, const url_part& part, const T& value) {
  if constexpr (has_known_type<T>) {
    return with_known(value, [&](const auto& known) { return write_with_commas(to, part, known); });
  } else if constexpr (is_optional<T>) {
    return value ? write_with_commas<typename T::value_type>(to, part, *value) : fault::none;
  } else {
    if (value.empty()) return fault::empty_value;
    bool first = true;
    for (const typename T::value_type& element : value) {
      if (std::exchange(first, false)) to.begin(part);
      else to.out.push_back(',');
      if (const fault f = append_element<typename T::value_type>(to, element); f != fault::none) return f;
    }
    return fault::none;
  }
}

template <class T>
fault write_even_if_empty(url_writer& to, const url_part& part, const T& value) {
  if constexpr (has_known_type<T>) {
    return with_known(value, [&](const auto& known) { return write_even_if_empty(to, part, known); });
  } else if constexpr (is_optional<T>) {
    return value ? write_even_if_empty<typename T::value_type>(to, part, *value) : fault::none;
  } else {
    to.begin(part);
    return value.empty() ? fault::none : append_value(to.out, value);
  }
}

/// A query word in its style, where it has one.
template <class Word, class T>
fault write_in_style(url_writer& to, const url_part& part, const T& value) {
  if constexpr (!requires { typename Word::style; }) return write_parameter<T>(to, part, value);
  else if constexpr (std::is_same_v<typename Word::style, commas_style>) return write_with_commas<T>(to, part, value);
  else return write_even_if_empty<T>(to, part, value);
}

/// The member that the word at that position of E's descriptor names.
template <class E, std::size_t At>
const auto& member_at(const E& request) {
  constexpr auto& named = get<At>(endpoint_of<E>.words);
  using member_type = typename std::remove_cvref_t<decltype(named)>::member_type;
  return static_cast<const member_type&>(request.*(named.member));
}

/// How the URL of a request is written: the values of the path in its order, then those of the query.
template <std::size_t Count>
struct url_plan {
  url_part parts[Count + 1];
  std::size_t path_values = 0;
  std::size_t count = 0;
  std::string_view tail{};  // of the path, behind its last value
};

template <class E, std::size_t At>
inline constexpr word_kind kind_at = word_kind_of<std::remove_cvref_t<decltype(get<At>(endpoint_of<E>.words))>>;

template <class E>
inline constexpr path_template path_of = parse_path(endpoint_of<E>.path.data());

template <class E, std::size_t At, std::size_t Count>
constexpr void add_part(url_plan<Count>& to) {
  constexpr auto& named = get<At>(endpoint_of<E>.words);
  if constexpr (kind_at<E, At> == word_kind::path || kind_at<E, At> == word_kind::query) {
    using word_type = std::remove_cvref_t<decltype(named)>;
    using member_type = typename word_type::member_type;
    url_part part{named.name, {}, kind_at<E, At> == word_kind::query,
                  [](url_writer& to_url, const url_part& of, const void* request) {
                    return write_in_style<word_type, member_type>(to_url, of,
                                                                   member_at<E, At>(*static_cast<const E*>(request)));
                  }};
    std::size_t position = to.count;
    if (!part.in_query) {
      position = path_of<E>.find(named.name);
      part.before = path_of<E>.literal(position);
    } else {
      ++to.count;
    }
    to.parts[position] = part;
  } else if constexpr (std::is_same_v<std::remove_cvref_t<decltype(named)>, constant_query_word>) {
    to.parts[to.count++] = {named.name, {}, true, [](url_writer& to_url, const url_part& of, const void*) {
                              constexpr std::string_view value = get<At>(endpoint_of<E>.words).constant;
                              to_url.begin(of);
                              append_encoded(to_url.out, value);
                              return fault::none;
                            }};
  }
}
template <class E, std::size_t... At>
constexpr auto make_url_plan(std::index_sequence<At...>) {
  url_plan<sizeof...(At)> plan;
  plan.path_values = plan.count = path_of<E>.count;
  plan.tail = path_of<E>.literal(path_of<E>.count);
  (add_part<E, At>(plan), ...);
  return plan;
}
template <class... Words>
std::index_sequence_for<Words...> positions_of(const descriptor<Words...>&);
template <class E>
using word_positions = decltype(positions_of(endpoint_of<E>));
template <class E>
inline constexpr auto url_plan_of = make_url_plan<E>(word_positions<E>{});

/// What a call needs to know of its endpoint, in a form that all endpoints share.
struct call_plan {
  const endpoint_facts* facts;
  const url_part* parts;
  std::size_t path_values;
  std::size_t count;
  std::string_view tail;
  const special_words* special;  // null: there are none
};

/// Writes the URL; stops at the first value that cannot be sent.
inline refusal write_url(std::string& url, const call_plan& plan, const void* request, const settings& s) {
  url_writer to;
  to.out.append(s.base.url());
  for (std::size_t i = 0; i < plan.count; ++i) {
    const url_part& part = plan.parts[i];
    if (i == plan.path_values) to.out.append(plan.tail);
    if (const fault f = part.write(to, part, request); f != fault::none) [[unlikely]]
      return {f, part.name};
  }
  if (plan.count == plan.path_values) to.out.append(plan.tail);
  url = to.out.text();
  return {};
}

}}}  // namespace ghl::v0::detail
