/// The words of a descriptor that few endpoints need: other bodies than JSON, header parameters, and queries that are
/// written in another way.
#pragma once

#include <ghl/detail/literal.hpp>
#include <ghl/endpoint/conversions.hpp>
#include <ghl/endpoint/descriptor_reader.hpp>
#include <ghl/endpoint/diagnosis.hpp>
#include <ghl/endpoint/file.hpp>
#include <ghl/endpoint/members.hpp>
#include <ghl/endpoint/part_checks.hpp>
#include <ghl/endpoint/required.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/endpoint/type_facts.hpp>
#include <ghl/endpoint/words.hpp>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ghl { inline namespace v0 {

namespace detail {

template <class Owner, class Member>
using header_word = member_word<word_kind::header, Owner, Member>;
template <class Owner, class Member>
using form_word = member_word<word_kind::form, Owner, Member>;
template <class Owner, class Member>
using multipart_word = member_word<word_kind::multipart, Owner, Member>;

/// How a query parameter is written, where not as usual.
struct commas_style {};
struct may_be_empty_style {};
template <class Style, class Owner, class Member>
struct styled_query : query_word<Owner, Member> {
  using style = Style;
};
template <class Style, class Owner, class Member>
inline constexpr word_kind word_kind_of<styled_query<Style, Owner, Member>> = word_kind::query;

/// A query parameter that no member fills.
struct constant_query_word : descriptor_word {};

template <class T>
inline constexpr bool is_list = false;
template <class T>
inline constexpr bool is_list<std::vector<T>> = true;
template <class T>
inline constexpr bool is_list<std::optional<std::vector<T>>> = true;
template <has_known_type T>
inline constexpr bool is_list<T> = is_list<known_type<T>>;
template <has_known_type T>
inline constexpr bool is_list<std::optional<T>> = is_list<known_type<T>>;
template <class T>
inline constexpr bool is_url_text = std::same_as<T, std::string> || std::same_as<T, std::string_view>;
template <class T>
inline constexpr bool is_url_text<std::optional<T>> = is_url_text<T>;
template <has_known_type T>
inline constexpr bool is_url_text<T> = is_url_text<known_type<T>>;

template <class Member>
inline constexpr diagnosis header_type_of = parameter_fault<Member>(false, diagnosis::header_type);
template <class Member>
  requires(url_scalar<Member>)
inline constexpr diagnosis header_type_of<Member> = parameter_fault<Member>(true, diagnosis::none);
template <class Member>
  requires(url_scalar<Member>)
inline constexpr diagnosis header_type_of<std::optional<Member>> = parameter_fault<Member>(true, diagnosis::none);

}  // namespace detail

/// A list in one query value: `ghl::query("fields", &report::fields, ghl::commas)` sends `fields=clicks,spend`.
inline constexpr detail::commas_style commas{};
/// A query parameter whose empty text means something: `ghl::query("q", &x::q, ghl::may_be_empty)` sends `q=`.
inline constexpr detail::may_be_empty_style may_be_empty{};

#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-var-template"
#endif

/// The query parameter `name`, from a std::vector (or a std::optional of one) whose elements are joined by commas.
/// Errors: a call is refused for an empty vector, an empty element, and an element with a comma in it
/// (fault::comma_in_list), which the server would take for two.
template <class Owner, detail::object Member>
consteval auto query(const char* name, Member Owner::*member, detail::commas_style) {
  using namespace detail;
  const diagnosis type = is_list<plain<Member>> ? query_type_of<plain<Member>> : diagnosis::commas_without_list;
  return styled_query<commas_style, Owner, Member>{{{word_kind::query, text_of(name), &tag_of<Owner>, type, nullptr,
           &(phantom<Owner>.value.*member), bytes_of<Member>}, member}};
}
/// The query parameter `name`, from a text that may be empty. (An empty text is refused elsewhere: it is mostly a value
/// that somebody has forgotten.) An empty std::optional is left out.
template <class Owner, detail::object Member>
consteval auto query(const char* name, Member Owner::*member, detail::may_be_empty_style) {
  using namespace detail;
  const diagnosis type = is_url_text<plain<Member>> ? diagnosis::none : diagnosis::empty_of_no_text;
  return styled_query<may_be_empty_style, Owner, Member>{
      {{word_kind::query, text_of(name), &tag_of<Owner>, type, nullptr,
           &(phantom<Owner>.value.*member), bytes_of<Member>}, member}};
}
/// A query parameter that is the same in each call: `ghl::query("altType", "location")`. Both texts stand as they are
/// meant: everything outside of RFC 3986's unreserved set is percent-encoded, '&', '%' and blanks too, and the value may
/// be empty.
/// Errors: a control byte in either does not compile.
consteval detail::constant_query_word query(const char* name, const char* value) {
  detail::constant_query_word word{{detail::word_kind::constant_query, detail::text_of(name)}};
  word.constant = detail::text_of(value);
  return word;
}

/// Purpose: a header of the request, from the member: a string, a number, a bool, or a std::optional of one, left out
/// where it is empty.
/// Example: `ghl::header("X-Request-Source", &create_order::source)`.
/// Errors: a name that is no token (RFC 9110, section 5.6.2), that two words have, in any case, or that the library
/// writes, does not compile. A call is refused for an empty value and for one with a control byte in it.
template <class Owner, detail::object Member>
consteval detail::header_word<Owner, Member> header(const char* name, Member Owner::*member) {
  using namespace detail;
  return {{word_kind::header, text_of(name), &tag_of<Owner>, header_type_of<plain<Member>>, nullptr,
           &(phantom<Owner>.value.*member), bytes_of<Member>}, member};
}

/// Purpose: a body of type application/x-www-form-urlencoded, from one member of described type, whose fields are
/// strings, numbers, bools, a std::vector of those (the name is repeated) or a std::optional (left out where empty).
/// Example: `ghl::form(&get_access_token::body)`.
/// Errors: a call is refused for a number that is not finite, and where nothing at all would be sent.
template <class Owner, detail::object Member>
consteval detail::form_word<Owner, Member> form(Member Owner::*member) {
  using namespace detail;
  return {{word_kind::form, {}, &tag_of<Owner>, diagnosis::none, &check_form<plain<Member>>,
           &(phantom<Owner>.value.*member), bytes_of<Member>}, member};
}

/// Purpose: a body of type multipart/form-data (RFC 7578), from one member of described type. Each field is a part: a
/// ghl::file, or a string, a number or a bool as plain text; a std::vector is one part for each element, a
/// std::optional is left out where it is empty. The parts of a map of files have its keys for names; so has the body
/// where the member itself is such a map.
/// Example:
///     struct upload_csv {
///       std::string location_id;
///       struct content {
///         ghl::file csv;
///         static consteval auto fields() { return ghl::fields(ghl::field("file", &content::csv)); }
///       } body;
///       ...
///       ghl::multipart(&upload_csv::body)
/// Errors: a call is refused for a file that cannot be named (see ghl::file), a text that is not UTF-8, a number that is
/// not finite, and where there is no part.
/// The body is one string, made in one allocation; the boundary does not occur in it.
template <class Owner, detail::object Member>
consteval detail::multipart_word<Owner, Member> multipart(Member Owner::*member) {
  using namespace detail;
  return {{word_kind::multipart, {}, &tag_of<Owner>, diagnosis::none, &check_multipart<plain<Member>>,
           &(phantom<Owner>.value.*member), bytes_of<Member>}, member};
}

#if defined(__clang__)
#pragma clang diagnostic pop
#endif

// For the sentence about other arguments; see words.hpp.

template <class... Arguments>
consteval detail::descriptor_word header(const Arguments&...) {
  return detail::misused_word("header");
}
template <class... Arguments>
consteval detail::descriptor_word form(const Arguments&...) {
  return detail::misused_word("form");
}
template <class... Arguments>
consteval detail::descriptor_word multipart(const Arguments&...) {
  return detail::misused_word("multipart");
}

}}  // namespace ghl::v0
