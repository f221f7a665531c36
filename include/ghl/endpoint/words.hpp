/// The words of a descriptor: how an endpoint is written down, as one page of the API reference.
#pragma once

#include <ghl/endpoint/descriptor_reader.hpp>
#include <ghl/endpoint/type_facts.hpp>
#include <ghl/detail/literal.hpp>
#include <ghl/endpoint/diagnosis.hpp>
#include <ghl/detail/literal_tuple.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/value/endpoint_facts.hpp>
#include <ghl/endpoint/fields.hpp>
#include <ghl/value/method.hpp>
#include <ghl/endpoint/required.hpp>

namespace ghl { inline namespace v0 {

namespace detail {

template <class Owner, class Member>
struct path_word : word {
  using member_type = plain<Member>;
  Member Owner::*member;
};
template <class Owner, class Member>
struct query_word : word {
  using member_type = plain<Member>;
  Member Owner::*member;
};
template <class Owner, class Member>
struct body_word : word {
  using member_type = plain<Member>;
  Member Owner::*member;
};

inline constexpr word sub_account_word{site::sub_account, {}};
inline constexpr word agency_word{site::agency, {}};
inline constexpr word unknown_word{site::unknown, {}};

constexpr const word* word_of(const word& w) noexcept { return &w; }
constexpr const word* word_of(token t) noexcept { return t == token::agency ? &agency_word : &sub_account_word; }
constexpr const word* word_of(...) noexcept { return &unknown_word; }  // the checks say so

template <class Member>
inline constexpr misfit misfit_in_path = is_optional<Member> || is_vector<Member> ? misfit::path_of_many
                                         : url_scalar<Member>                     ? misfit::none
                                                                                  : misfit::path_type;
template <class Member>
inline constexpr misfit misfit_in_query = url_query<Member> ? misfit::none : misfit::query_type;

}  // namespace detail

/// Purpose: an endpoint as a constant: its facts and the members that fill its parameters. Made by endpoint().
template <class... Words>
struct descriptor : endpoint_facts {
  static constexpr std::size_t size = sizeof...(Words);
  detail::literal_tuple<Words...> words;
};

/// Purpose: describes one operation of the API, in the static member function `endpoint()` of its request struct.
/// After title, method and path the words come in any order: version() at most once, scope() any number of times,
/// token::sub_account and token::agency, path(), query(), body() at most once.
/// Example:
///     struct delete_link {
///       ghl::required<std::string> link_id;
///       struct response { … };
///       static consteval auto endpoint() {
///         return ghl::endpoint("Delete Link", ghl::method::del, "/links/:linkId", ghl::version("2021-07-28"),
///                              ghl::scope("links.write"), ghl::token::sub_account,
///                              ghl::path("linkId", &delete_link::link_id));
///       }
///     };
/// Errors: a defect is a compile error that names it; see ghl::well_formed.
template <class... Words>
consteval descriptor<Words...> endpoint(const char* title, method m, const char* path, Words... words) {
  const detail::word* const list[] = {detail::word_of(words)..., nullptr};  // never empty
  return {detail::reader{title, m, path}.read(list, sizeof...(Words)), {{words}...}};
}

/// The Version header of the endpoint: a published date, or "v3".
consteval detail::word version(const char* text) { return {detail::site::version, detail::text_of(text)}; }
/// A Version of another form, meant.
consteval detail::word unpublished_version(const char* text) {
  return {detail::site::unpublished_version, detail::text_of(text)};
}
/// A scope that the token must have: "links.readonly".
consteval detail::word scope(const char* text) { return {detail::site::scope, detail::text_of(text)}; }

/// The placeholder `:name` of the path, filled from the member.
template <class Owner, class Member>
consteval detail::path_word<Owner, Member> path(const char* name, Member Owner::*member) {
  using namespace detail;
  return {{site::path, text_of(name), &tag_of<Owner>, misfit_in_path<plain<Member>>}, member};
}
/// The query parameter `name`, from the member: a string, a number, a bool, a std::vector of them (the name is
/// repeated), or a std::optional of any of these, left out where it is empty.
template <class Owner, class Member>
consteval detail::query_word<Owner, Member> query(const char* name, Member Owner::*member) {
  using namespace detail;
  return {{site::query, text_of(name), &tag_of<Owner>, misfit_in_query<plain<Member>>}, member};
}
/// The JSON body, from one member of described type.
template <class Owner, class Member>
consteval detail::body_word<Owner, Member> body(Member Owner::*member) {
  using namespace detail;
  return {{site::body, {}, &tag_of<Owner>, misfit::none, &misfit_in_body<plain<Member>>}, member};
}

/// Purpose: what an endpoint without a response body answers: `using response = ghl::no_content;`.
struct no_content {
  friend constexpr bool operator==(no_content, no_content) noexcept = default;
};

/// The descriptor of a request struct, as a constant.
template <class E>
inline constexpr auto endpoint_of = E::endpoint();

}}  // namespace ghl::v0
