/// The checks of a descriptor, each with the sentence that says what is wrong and what to do.
#pragma once

#include <ghl/detail/defect.hpp>
#include <ghl/detail/never.hpp>
#include <ghl/detail/shape.hpp>
#include <ghl/endpoint.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ghl::inline v0 {

/// Purpose: what an endpoint without a response body answers: `using response = ghl::no_content;`.
struct no_content {
  friend constexpr bool operator==(no_content, no_content) noexcept = default;
};

/// A struct with a static member function `endpoint()` that gives a descriptor.
template <class E>
concept request_struct = requires { static_cast<const endpoint_facts&>(E::endpoint()); };

namespace detail {

/// A name that the compiler prints as text.
template <std::size_t N>
struct culprit {
  char text[N + 1] = {};
  constexpr explicit culprit(std::string_view from) noexcept {
    for (std::size_t i = 0; i < N; ++i) text[i] = from[i];
  }
};

template <defect D, culprit Name>
struct descriptor_of {
  static_assert(D != defect::path_without_slash, "ghl: the path of an endpoint begins with '/'");
  static_assert(D != defect::path_character,
                "ghl: the path holds a character that a URL path may not hold; queries go into ghl::query(), values "
                "into placeholders such as :id");
  static_assert(D != defect::empty_placeholder, "ghl: a ':' in the path has no name; write :id");
  static_assert(D != defect::repeated_placeholder, "ghl: the path has the same placeholder twice; rename one");
  static_assert(D != defect::unfilled_placeholder,
                "ghl: a placeholder of the path has no parameter; add ghl::path(\"its name\", &your_struct::member)");
  static_assert(D != defect::unknown_placeholder,
                "ghl: ghl::path() names no placeholder of the path; correct the name, or write :name into the path");
  static_assert(D != defect::repeated_parameter, "ghl: two parameters have the same name; remove one");
  static_assert(D != defect::unnamed_parameter, "ghl: a parameter has an empty name; name it as on the wire");
  static_assert(D != defect::two_bodies, "ghl: an endpoint has one ghl::body() at most; join them in one struct");
  static_assert(D != defect::body_on_get, "ghl: a GET has no body; use ghl::query()");
  static_assert(D != defect::two_versions, "ghl: an endpoint has one ghl::version() at most; remove one");
  static_assert(D != defect::version_form,
                "ghl: this is no published Version (a date as 2021-07-28, or v3); correct it, or write "
                "ghl::unpublished_version() if it is meant");
  static_assert(D != defect::scope_form, "ghl: this is not the form of a scope; write it as in links.readonly");
  static_assert(D != defect::too_many_scopes, "ghl: an endpoint has eight scopes at most");
  static_assert(D != defect::no_token,
                "ghl: the endpoint names no token; add ghl::token::sub_account or ghl::token::agency");
};

template <class T>
inline constexpr bool url_scalar =
    json_number<T> || std::same_as<T, bool> || std::same_as<T, std::string> || std::same_as<T, std::string_view>;
template <class T>
inline constexpr bool url_query = url_scalar<T>;
template <class T>
inline constexpr bool url_query<std::optional<T>> = url_query<T>;
template <class T>
inline constexpr bool url_query<std::vector<T>> = url_scalar<T> && !std::same_as<T, bool>;

/// What the type of one parameter must be.
template <class E, class Word>
struct checked_word {};
template <class E, class Owner, class Member>
struct checked_word<E, path_word<Owner, Member>> {
  static_assert(std::derived_from<E, Owner>, "ghl: ghl::path() names a member of another struct; name one of its own");
  static_assert(!is_optional<Member> && !is_vector<Member>,
                "ghl: a path parameter is always one value; make the member a plain type");
  static_assert(url_scalar<Member> || is_optional<Member> || is_vector<Member>,
                "ghl: a value of this type cannot be written into a path; use std::string, a number or bool");
};
template <class E, class Owner, class Member>
struct checked_word<E, query_word<Owner, Member>> {
  static_assert(std::derived_from<E, Owner>, "ghl: ghl::query() names a member of another struct; name one of its own");
  static_assert(url_query<Member>,
                "ghl: a value of this type cannot be written into a query; use std::string, a number, bool, a "
                "std::vector of those, or a std::optional");
};
template <class E, class Owner, class Member>
struct checked_word<E, body_word<Owner, Member>> {
  static_assert(std::derived_from<E, Owner>, "ghl: ghl::body() names a member of another struct; name one of its own");
  static_assert(has_shape<Member>(), "ghl: JSON cannot be written from the body's type; give it fields()");
};

template <class E, class Words>
struct checked_words;
template <class E, class... Words>
struct checked_words<E, const descriptor<Words...>> {
  char each[1 + (0 + ... + sizeof(checked_word<E, Words>))];
};

template <class E>
struct checked_response {
  static_assert(never<E>, "ghl: the endpoint has no response; add struct response, or using response = ghl::no_content");
};
template <class E>
  requires requires { typename E::response; }
struct checked_response<E> {
  static_assert(std::same_as<typename E::response, no_content> || has_shape<typename E::response>(),
                "ghl: JSON cannot be read into the endpoint's response; give it fields()");
};

template <class E>
struct checked_endpoint {
  static_assert(request_struct<E>,
                "ghl: this is no request struct; it needs static consteval auto endpoint() { return ghl::endpoint(…); }");
};
template <class E>
inline constexpr finding finding_of = find_defect(endpoint_of<E>);

template <request_struct E>
struct checked_endpoint<E> : descriptor_of<finding_of<E>.what, culprit<finding_of<E>.culprit.size()>{finding_of<E>.culprit}>,
                             checked_words<E, decltype(endpoint_of<E>)>,
                             checked_response<E> {};

}  // namespace detail

/// Purpose: states that the descriptor of E has no defect: `static_assert(ghl::well_formed<delete_link>);` beside its
/// definition. It is true or does not compile; the error is one sentence that says what to do.
template <class E>
inline constexpr bool well_formed = sizeof(detail::checked_endpoint<E>) != 0;

/// What a call of E gives.
template <class E>
using response_of = typename E::response;

}  // namespace ghl::inline v0
