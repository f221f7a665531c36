/// The proof that an endpoint has no mistake, and the sentence that the compiler prints for each one.
#pragma once

#include <ghl/detail/named.hpp>
#include <ghl/endpoint/diagnosis.hpp>
#include <ghl/endpoint/endpoint_finding.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/endpoint/words.hpp>

#include <string_view>
#include <type_traits>

namespace ghl { inline namespace v0 {

namespace detail {

/// Whether E has no mistake; unlike well_formed, this can be false.
template <class E>
concept valid = finding_in<E>.what == diagnosis::none;

/// The name that an error prints.
template <class E>
struct culprit_in {
  static constexpr std::string_view text = finding_in<E>.culprit;
};

/// The same as a type; a valid endpoint has none, since making it costs.
template <class E, bool Valid>
struct printed_culprit {
  using type = named_by<culprit_in<E>>;
};
template <class E>
struct printed_culprit<E, true> {
  using type = void;
};

/// States that there is no mistake. All valid endpoints share one instance.
template <diagnosis Found, class Culprit>
struct valid_endpoint {
  static_assert(holds<Found != diagnosis::no_request, Culprit>,
                "ghl: this is no request struct; it needs static consteval auto endpoint() "
                "{ return ghl::endpoint(...); }");
  static_assert(holds<Found != diagnosis::incomplete, Culprit>,
                "ghl: ghl::well_formed stands where the struct is not complete; write it behind the end of the struct");
  static_assert(holds<Found != diagnosis::no_descriptor, Culprit>,
                "ghl: endpoint() returns no descriptor; write return ghl::endpoint(...);");
  static_assert(holds<Found != diagnosis::unusable_endpoint, Culprit>,
                "ghl: endpoint() cannot be called; make it public, static and without parameters: "
                "static consteval auto endpoint()");
  static_assert(holds<Found != diagnosis::inconstant_endpoint, Culprit>,
                "ghl: endpoint() is no constant expression; write static consteval auto endpoint(), and its texts as "
                "literals");
  static_assert(holds<Found != diagnosis::union_request, Culprit>, "ghl: a union is no request; make it a struct");
  static_assert(holds<Found != diagnosis::endpoint_arguments, Culprit>,
                "ghl: ghl::endpoint() takes a title, a method, a path and then words, the texts as literals: "
                "ghl::endpoint(\"Delete Link\", ghl::method::del, \"/links/:linkId\", ...)");
  static_assert(holds<Found != diagnosis::word_arguments, Culprit>,
                "ghl: this word does not take such arguments; write the texts as literals and the name before the "
                "member: ghl::path(\"linkId\", &your_struct::member), ghl::body(&your_struct::member), "
                "ghl::version(\"2021-07-28\"), ghl::scope(\"links.readonly\")");
  static_assert(holds<Found != diagnosis::no_title, Culprit>,
                "ghl: the endpoint has no title; write that of its reference page");
  static_assert(holds<Found != diagnosis::no_method, Culprit>,
                "ghl: the endpoint names no method; write ghl::method::get, post, put, patch or del");
  static_assert(holds<Found != diagnosis::no_word, Culprit>,
                "ghl: endpoint() holds something that is no word of a descriptor; use ghl::version(), ghl::scope(), "
                "ghl::token, ghl::path(), ghl::query(), ghl::header(), ghl::body(), ghl::form() or "
                "ghl::multipart()");
  static_assert(holds<Found != diagnosis::path_without_slash, Culprit>, "ghl: the path of an endpoint begins with '/'");
  static_assert(holds<Found != diagnosis::path_character, Culprit>,
                "ghl: the path holds a character that a URL path may not hold; queries go into ghl::query(), values "
                "into placeholders such as :id");
  static_assert(holds<Found != diagnosis::path_segment, Culprit>,
                "ghl: the path has a segment that is empty, '.' or '..'; write the path that is meant");
  static_assert(holds<Found != diagnosis::empty_placeholder, Culprit>, "ghl: a ':' in the path has no name; write :id");
  static_assert(holds<Found != diagnosis::repeated_placeholder, Culprit>,
                "ghl: the path has the same placeholder twice; rename one");
  static_assert(holds<Found != diagnosis::unfilled_placeholder, Culprit>,
                "ghl: a placeholder of the path has no parameter; add ghl::path(\"its name\", &your_struct::member)");
  static_assert(holds<Found != diagnosis::unknown_placeholder, Culprit>,
                "ghl: ghl::path() names no placeholder of the path; correct the name, or write :name into the path");
  static_assert(holds<Found != diagnosis::too_many_placeholders, Culprit>,
                "ghl: a path has eight placeholders at most");
  static_assert(holds<Found != diagnosis::repeated_parameter, Culprit>,
                "ghl: two parameters have the same name; remove one");
  static_assert(holds<Found != diagnosis::repeated_member, Culprit>,
                "ghl: two parameters are filled from the same member; name the member that is meant for this one");
  static_assert(holds<Found != diagnosis::unnamed_parameter, Culprit>,
                "ghl: a parameter has an empty name; name it as on the wire");
  static_assert(holds<Found != diagnosis::query_character, Culprit>,
                "ghl: the name or the constant value of this query parameter has a control byte in it, as a line break; "
                "remove it (all else is percent-encoded)");
  static_assert(holds<Found != diagnosis::two_bodies, Culprit>,
                "ghl: an endpoint has one body at most, of ghl::body(), ghl::form() or ghl::multipart(); join them in "
                "one struct");
  static_assert(holds<Found != diagnosis::body_on_get, Culprit>, "ghl: a GET has no body; use ghl::query()");
  static_assert(holds<Found != diagnosis::two_versions, Culprit>,
                "ghl: an endpoint has one ghl::version() at most; remove one");
  static_assert(holds<Found != diagnosis::version_form, Culprit>,
                "ghl: this is no published Version (a date as 2021-07-28, or v3); correct it, or write "
                "ghl::unpublished_version() if it is meant");
  static_assert(holds<Found != diagnosis::scope_form, Culprit>,
                "ghl: this is not the form of a scope; write it as in links.readonly");
  static_assert(holds<Found != diagnosis::too_many_scopes, Culprit>, "ghl: an endpoint has four scopes at most");
  static_assert(holds<Found != diagnosis::repeated_scope, Culprit>, "ghl: endpoint() names a scope twice; remove one");
  static_assert(holds<Found != diagnosis::no_token, Culprit>,
                "ghl: the endpoint names no token; add ghl::token::sub_account or ghl::token::agency");
  static_assert(holds<Found != diagnosis::token_beside_none, Culprit>,
                "ghl: ghl::token::none says that a call carries no token; remove it, or the scopes and the other "
                "words about tokens");
  static_assert(holds<Found != diagnosis::header_name, Culprit>,
                "ghl: this is no name of a header; write letters, digits and '-' (RFC 9110, section 5.1)");
  static_assert(holds<Found != diagnosis::own_header, Culprit>,
                "ghl: the library or the transport writes this header; leave it out (ghl::version() and the body say "
                "what stands in theirs)");
  static_assert(holds<Found != diagnosis::two_pages, Culprit>,
                "ghl: an endpoint has one word for its pages at most; remove one");
  static_assert(holds<Found != diagnosis::pages_arguments, Culprit>,
                "ghl: a word for pages takes members of the request and of its response: "
                "ghl::by_skip(&x::skip, &response::items), ghl::by_page(&x::page, &response::items), "
                "ghl::by_cursor(&x::after, &response::next, &response::items)");
  static_assert(holds<Found != diagnosis::pages_type, Culprit>,
                "ghl: pages cannot be told by members of these types: a position is a number or a text, a cursor is of "
                "the type of the member that it fills (or both are a number or a text), and the items are a "
                "std::vector");
  static_assert(holds<Found != diagnosis::pages_member, Culprit>,
                "ghl: a word for pages names a member of another struct; what tells the place is a member of the "
                "request, and cursor and items are members of its response");
  static_assert(holds<Found != diagnosis::foreign_member, Culprit>,
                "ghl: endpoint() names a member of another struct; name a member of this one");
  static_assert(holds<Found != diagnosis::path_of_many, Culprit>,
                "ghl: a path parameter is always one value; make the member a plain type");
  static_assert(holds<Found != diagnosis::path_type, Culprit>,
                "ghl: a value of this type cannot be written into a path; use std::string, a number or bool, "
                "or give it a ghl::json_as");
  static_assert(holds<Found != diagnosis::query_type, Culprit>,
                "ghl: a value of this type cannot be written into a query; use std::string, a number, bool, a "
                "std::vector of those, or a std::optional; or give it a ghl::json_as (times: <ghl/endpoint/time.hpp>)");
  static_assert(holds<Found != diagnosis::header_type, Culprit>,
                "ghl: a value of this type cannot be written into a header; use std::string, a number, bool, or a "
                "std::optional of one");
  static_assert(holds<Found != diagnosis::commas_without_list, Culprit>,
                "ghl: ghl::commas joins the elements of a list; make the member a std::vector, or remove ghl::commas");
  static_assert(holds<Found != diagnosis::empty_of_no_text, Culprit>,
                "ghl: only a text may be empty; make the member a std::string, or remove ghl::may_be_empty");
  static_assert(holds<Found != diagnosis::form_struct, Culprit>,
                "ghl: a form is written from a struct; give the member of ghl::form() fields()");
  static_assert(holds<Found != diagnosis::form_field, Culprit>,
                "ghl: a form cannot say a field of this type; use std::string, a number, bool, a std::vector of those, "
                "or a std::optional (for a ghl::file: ghl::multipart())");
  static_assert(holds<Found != diagnosis::multipart_struct, Culprit>,
                "ghl: a multipart body is written from a struct, or from a map of ghl::file; give the member of "
                "ghl::multipart() fields()");
  static_assert(holds<Found != diagnosis::multipart_field, Culprit>,
                "ghl: a part of a multipart body cannot be of this type; use ghl::file, std::string, a number, bool, a "
                "std::vector or std::optional of those, or a map of ghl::file");
  static_assert(holds<Found != diagnosis::body_type, Culprit>,
                "ghl: JSON cannot be written from the type of the body; give it fields()");
  static_assert(holds<Found != diagnosis::no_response, Culprit>,
                "ghl: the endpoint has no response; add struct response, or using response = ghl::no_content");
  static_assert(holds<Found != diagnosis::response_type, Culprit>,
                "ghl: JSON cannot be read into the endpoint's response; give it fields()");
  static_assert(holds<Found != diagnosis::field_type, Culprit>,
                "ghl: JSON cannot say a field of this type; use bool, a number, std::string, std::optional, "
                "std::vector, a std::map of strings, ghl::json_value, ghl::string_or_strings or a struct with "
                "fields(); or give it a ghl::json_as (times: <ghl/endpoint/time.hpp>)");
  static_assert(holds<Found != diagnosis::enum_without_names, Culprit>,
                "ghl: an enumeration needs names; add template <> inline constexpr auto ghl::enum_names<E> = "
                "ghl::names(ghl::name(\"open\", E::open), ...), or use a ghl::open_enum");
  static_assert(holds<Found != diagnosis::enum_name_empty, Culprit>,
                "ghl: a name in ghl::enum_names of this type is empty; write it as on the wire");
  static_assert(holds<Found != diagnosis::enum_name_twice, Culprit>,
                "ghl: ghl::enum_names of this type has the same name twice; remove one");
  static_assert(holds<Found != diagnosis::enum_value_twice, Culprit>,
                "ghl: ghl::enum_names of this type has the same value twice; remove one");
  static_assert(holds<Found != diagnosis::json_as_type, Culprit>,
                "ghl: ghl::json_as of this type needs using type = ...; one that JSON has, as std::string, or a struct "
                "with fields()");
  static_assert(holds<Found != diagnosis::json_as_from, Culprit>,
                "ghl: ghl::json_as of this type needs static std::optional<T> from(const type&)");
  static_assert(holds<Found != diagnosis::json_as_to, Culprit>,
                "ghl: ghl::json_as of this type needs static type to(const T&)");
  static_assert(holds<Found != diagnosis::json_as_default, Culprit>,
                "ghl: a type with a ghl::json_as is made before it is read; give it a default constructor");
  static_assert(holds<Found != diagnosis::unusable_fields, Culprit>,
                "ghl: fields() cannot be used; make it public, static and without parameters, and let it return "
                "ghl::fields(...): static consteval auto fields()");
  static_assert(holds<Found != diagnosis::inconstant_fields, Culprit>,
                "ghl: fields() is no constant expression; write static consteval auto fields(), and its texts as "
                "literals");
  static_assert(holds<Found != diagnosis::union_fields, Culprit>,
                "ghl: JSON cannot say a union, since nobody knows which member is there; make it a struct with "
                "optional members");
  static_assert(holds<Found != diagnosis::map_key, Culprit>,
                "ghl: the keys of a JSON object are texts, and its values have one type that JSON can say; use "
                "std::map<std::string, T> or std::unordered_map<std::string, T>");
  static_assert(holds<Found != diagnosis::cannot_be_made, Culprit>,
                "ghl: a struct that is read needs a default constructor; ghl::required and references are for requests "
                "alone");
  static_assert(holds<Found != diagnosis::constant_field, Culprit>,
                "ghl: nothing can be read into a const member; remove const, or keep it for requests");
  static_assert(holds<Found != diagnosis::foreign_field, Culprit>,
                "ghl: fields() names a member of another struct; name a member of this one");
  static_assert(holds<Found != diagnosis::unnamed_field, Culprit>,
                "ghl: a field has an empty name; name it as on the wire");
  static_assert(holds<Found != diagnosis::repeated_field, Culprit>,
                "ghl: fields() has the same name twice; remove one");
  static_assert(holds<Found != diagnosis::repeated_field_member, Culprit>,
                "ghl: two fields are the same member; name the member that is meant for this one");
  static_assert(holds<Found != diagnosis::no_field, Culprit>, "ghl: fields() holds something that is no ghl::field()");
  static_assert(holds<Found != diagnosis::field_arguments, Culprit>,
                "ghl: ghl::field() takes a literal and a member: ghl::field(\"id\", &your_struct::id)");
  static_assert(holds<Found != diagnosis::forgotten_member, Culprit>,
                "ghl: a struct has a member that neither endpoint() nor fields() mentions; mention it or remove it");
  using stated = void;
};

template <class E>
struct response_type {
  using type = no_content;
};
template <class E>
  requires requires { typename E::response; }
struct response_type<E> {
  using type = std::remove_const_t<typename E::response>;
};

}  // namespace detail

/// Purpose: states that an endpoint has no mistake: `static_assert(ghl::well_formed<delete_link>);` beside its
/// definition. It is true or does not compile; the error is one sentence that says what to do. (The check is a default
/// template argument, since compilers print least about those.)
template <class E, class = typename detail::valid_endpoint<
                       detail::finding_in<E>.what,
                       typename detail::printed_culprit<E, detail::finding_in<E>.what ==
                                                               detail::diagnosis::none>::type>::stated>
inline constexpr bool well_formed = true;

/// What a call of E returns.
template <class E>
using response_of = typename detail::response_type<E>::type;

}}  // namespace ghl::v0
