/// How a row of the catalogue is made of a descriptor.
#pragma once

#include <ghl/endpoint/descriptor_reader.hpp>
#include <ghl/endpoint/more_words.hpp>
#include <ghl/endpoint/operation_list.hpp>
#include <ghl/endpoint/required.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/endpoint/well_formed.hpp>
#include <ghl/endpoint/words.hpp>
#include <ghl/uses/parts/catalogue_pages.hpp>
#include <ghl/uses/parts/schema.hpp>
#include <ghl/uses/parts/schema_of.hpp>
#include <ghl/value/endpoint_facts.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

enum class parameter_place : unsigned char { path, query, header };

/// A parameter of an operation.
struct catalogue_parameter {
  parameter_place place;
  std::string_view name;               ///< on the wire
  bool required;                       ///< it has to be given
  bool is_constant;                    ///< a query that is the same in each call: nobody gives it
  std::string_view value;              ///< of a constant one
  bool has_commas;                     ///< a list in one value; elsewhere the name is repeated for each element
  const schema& (*type)() noexcept;
};

enum class body_kind : unsigned char { none, json, form, multipart };

/// The body of an operation.
struct catalogue_body {
  body_kind kind = body_kind::none;
  std::string_view content_type{};     ///< "application/json"; of multipart without its boundary
  bool required = false;
  const schema& (*type)() noexcept = &detail::schema_function<no_content>;
};

/// Purpose: an operation as data; beside these the members of ghl::endpoint_facts: title, method, path, version, scopes,
/// which tokens serve, oauth_only.
struct catalogue_entry : endpoint_facts {
  std::string_view name;               ///< of the request struct: "get_links"
  std::string_view full_name;          ///< with its namespaces behind ghl: "links::get_links", "v3::links::get_links"
  std::span<const catalogue_parameter> parameters;
  catalogue_body body;
  const schema& (*response)() noexcept;
  bool response_may_be_absent;         ///< an empty body is a success, too
  std::string_view accept;             ///< "application/json"; "*/*" where the response is the bytes that come
  catalogue_pages pages;               ///< how its pages follow each other, where ghl::pages goes through it
};

namespace detail {

template <class Word>
constexpr bool has_commas_style() noexcept {
  if constexpr (requires { typename Word::style; }) return std::same_as<typename Word::style, commas_style>;
  else return false;
}
template <class Word>
inline constexpr bool is_parameter = word_kind_of<Word> == word_kind::path || word_kind_of<Word> == word_kind::query ||
                                     word_kind_of<Word> == word_kind::header || std::same_as<Word, constant_query_word>;

template <class... Words>
constexpr auto make_parameters(const descriptor<Words...>& of) noexcept {
  std::array<catalogue_parameter, (std::size_t{0} + ... + std::size_t{is_parameter<Words>})> list{};
  std::size_t count = 0;
  for_each_word(of, [&]<class Word>(const Word& word) {
    if constexpr (std::same_as<Word, constant_query_word>) {
      list[count++] = {parameter_place::query, word.name, true, true, word.constant, false, &schema_function<std::string>};
    } else if constexpr (is_parameter<Word>) {
      using type = typename Word::member_type;
      constexpr parameter_place place = word_kind_of<Word> == word_kind::path    ? parameter_place::path
                                        : word_kind_of<Word> == word_kind::query ? parameter_place::query
                                                                                 : parameter_place::header;
      list[count++] = {place, word.name, !is_omittable<type>, false, {}, has_commas_style<Word>(),
                       &schema_function<type>};
    }
  });
  return list;
}
template <class E>
inline constexpr auto parameters_of = make_parameters(endpoint_of<E>);

template <class... Words>
constexpr catalogue_body make_body(const descriptor<Words...>& of) noexcept {
  catalogue_body body;
  for_each_word(of, [&]<class Word>(const Word&) {
    if constexpr (is_body_kind(word_kind_of<Word>)) {
      using type = typename Word::member_type;
      body = {body_kind::json, "application/json", !is_omittable<type>, &schema_function<type>};
      if (word_kind_of<Word> == word_kind::form) {
        body.kind = body_kind::form;
        body.content_type = "application/x-www-form-urlencoded";
      } else if (word_kind_of<Word> == word_kind::multipart) {
        body.kind = body_kind::multipart;
        body.content_type = "multipart/form-data";
      }
    }
  });
  return body;
}

/// A response that is read as the bytes that come.
inline constexpr schema bytes_schema{schema_kind::bytes, {}, "binary"};
constexpr const schema& bytes_function() noexcept { return bytes_schema; }

template <class E>
constexpr catalogue_entry make_entry() noexcept {
  using response = response_of<E>;
  constexpr bool is_raw = std::same_as<held<response>, std::string>;
  const std::string_view full = full_name_of<E>;
  return {endpoint_of<E>, last_name_of<E>, full, parameters_of<E>, make_body(endpoint_of<E>),
          is_raw ? &bytes_function : &schema_function<response>, is_optional<response>,
          is_raw ? "*/*" : "application/json", pages_row<E>()};
}

template <class... E>
struct catalogue_of {
  static_assert((well_formed<E> && ...));
  static constexpr std::array<catalogue_entry, sizeof...(E)> entries{make_entry<E>()...};
  static constexpr std::span<const catalogue_entry> list() noexcept { return entries; }
};
template <class... E>
struct catalogue_of<operation_list<E...>> : catalogue_of<E...> {};
template <class... E, class... Other, class... Rest>
struct catalogue_of<operation_list<E...>, operation_list<Other...>, Rest...>
    : catalogue_of<operation_list<E..., Other...>, Rest...> {};

/// The next segment of a path, which is taken from it.
constexpr std::string_view take_segment(std::string_view& path) noexcept {
  path.remove_prefix(path.empty() ? 0U : 1U);
  const std::size_t size = path.find('/') == std::string_view::npos ? path.size() : path.find('/');
  const std::string_view segment = path.substr(0, size);
  path.remove_prefix(size);
  return segment;
}
constexpr bool is_placeholder(std::string_view segment) noexcept { return segment.starts_with(':'); }

/// Whether a path is one that a template stands for.
constexpr bool is_path_of(std::string_view of, std::string_view path) noexcept {
  while (!of.empty() && !path.empty()) {
    const std::string_view wanted = take_segment(of);
    const std::string_view given = take_segment(path);
    if (is_placeholder(wanted) ? given.empty() : wanted != given) return false;
  }
  return of.empty() && path.empty();
}
/// Whether the first of two templates for one path has a fixed segment where the other has a placeholder.
constexpr bool says_more(std::string_view a, std::string_view b) noexcept {
  while (!a.empty() && !b.empty()) {
    const bool open_in_a = is_placeholder(take_segment(a));
    const bool open_in_b = is_placeholder(take_segment(b));
    if (open_in_a != open_in_b) return open_in_b;
  }
  return false;
}

}  // namespace detail
}}  // namespace ghl::v0
