/// The words of a descriptor: with them an endpoint is written down as one page of the API reference.
#pragma once

#include <ghl/detail/literal.hpp>
#include <ghl/detail/literal_tuple.hpp>
#include <ghl/endpoint/conversions.hpp>
#include <ghl/endpoint/descriptor_reader.hpp>
#include <ghl/endpoint/diagnosis.hpp>
#include <ghl/endpoint/members.hpp>
#include <ghl/endpoint/required.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/endpoint/type_checks.hpp>
#include <ghl/endpoint/type_facts.hpp>
#include <ghl/value/endpoint_facts.hpp>
#include <ghl/value/method.hpp>

#include <cstddef>
#include <utility>

namespace ghl { inline namespace v0 {

namespace detail {

/// A word with the member that fills the parameter.
template <word_kind Kind, class Owner, class Member>
struct member_word : descriptor_word {
  using owner_type = Owner;
  using member_type = plain<Member>;
  Member Owner::*member;
};
template <class Owner, class Member>
using path_word = member_word<word_kind::path, Owner, Member>;
template <class Owner, class Member>
using query_word = member_word<word_kind::query, Owner, Member>;
template <class Owner, class Member>
using body_word = member_word<word_kind::body, Owner, Member>;

/// What a type of word is, at compile time, where it has a member: path, query, header, body, form or multipart; any
/// other is `other`.
template <class Word>
inline constexpr word_kind word_kind_of = word_kind::other;
template <word_kind Kind, class Owner, class Member>
inline constexpr word_kind word_kind_of<member_word<Kind, Owner, Member>> = Kind;

inline constexpr descriptor_word sub_account_word{word_kind::sub_account};
inline constexpr descriptor_word agency_word{word_kind::agency};
inline constexpr descriptor_word no_token_word{word_kind::no_token};
inline constexpr descriptor_word other_word{word_kind::other};

consteval descriptor_word misused_word(const char* name) { return {word_kind::misused, text_of(name)}; }

// From pointers, since a compiler looks for no conversions of those.
constexpr const descriptor_word* word_of(const descriptor_word* w) noexcept { return w; }
constexpr const descriptor_word* word_of(const token* t) noexcept {
  return *t == token::agency ? &agency_word : *t == token::sub_account ? &sub_account_word : &no_token_word;
}
constexpr const descriptor_word* word_of(const volatile void*) noexcept { return &other_word; }
constexpr void forget_place(descriptor_word* w) noexcept { w->place = nullptr; }

template <class Member>
inline constexpr diagnosis path_type_of = is_optional<Member> || is_vector<Member>
                                              ? diagnosis::path_of_many
                                              : parameter_fault<Member>(url_scalar<Member>, diagnosis::path_type);
template <class Member>
inline constexpr diagnosis query_type_of = parameter_fault<Member>(url_query<Member>, diagnosis::query_type);

}  // namespace detail

/// Purpose: an endpoint as a constant: its facts, and the members that fill its parameters. Made by endpoint().
template <class... Words>
struct descriptor : detail::checked_facts {
  detail::literal_tuple<Words...> words;
};

/// Purpose: describes one operation of the API, in the static member function `endpoint()` of its request struct.
/// After title, method and path the words come in any order: version() at most once, scope() any number of times,
/// token::sub_account and token::agency, path(), query(), body() at most once. More words, for the few endpoints that
/// need them, are in endpoint/more_words.hpp: form(), multipart(), header(), constant queries, token::none, oauth_only.
/// Example:
///     struct delete_link {
///       ghl::required<std::string> link_id;
///       struct response { ... };
///       static consteval auto endpoint() {
///         return ghl::endpoint("Delete Link", ghl::method::del, "/links/:linkId", ghl::version("2021-07-28"),
///                              ghl::scope("links.write"), ghl::token::sub_account,
///                              ghl::path("linkId", &delete_link::link_id));
///       }
///     };
/// Errors: a mistake is a compile error that names its culprit; see ghl::well_formed.
template <class... Words>
consteval descriptor<Words...> endpoint(const char* title, method m, const char* path, Words... words) {
  const detail::descriptor_word* const list[] = {detail::word_of(&words)..., nullptr};  // never empty
  detail::descriptor_reader reader{title, m, path};
  const detail::checked_facts& facts = reader.read(list, sizeof...(Words));
  (detail::forget_place(&words), ...);
  return {facts, {{words}...}};
}

// The functions that take any arguments are for one sentence: what is wrong is found with all other mistakes.

template <class... Arguments>
consteval descriptor<> endpoint(const Arguments&...) {
  descriptor<> none{};
  none.in_words = {detail::diagnosis::endpoint_arguments, {}};
  return none;
}

/// The Version header of the endpoint: a published date, or "v3".
consteval detail::descriptor_word version(const char* text) {
  return {detail::word_kind::version, detail::text_of(text)};
}
/// A Version header of another form, on purpose.
consteval detail::descriptor_word unpublished_version(const char* text) {
  return {detail::word_kind::unpublished_version, detail::text_of(text)};
}
/// A scope that the token must have: "links.readonly".
consteval detail::descriptor_word scope(const char* text) { return {detail::word_kind::scope, detail::text_of(text)}; }

/// Only a token that OAuth has issued serves: a client with a ghl::private_integration_token does not compile.
inline constexpr detail::descriptor_word oauth_only{detail::word_kind::oauth_only};

template <class... Arguments>
consteval detail::descriptor_word version(const Arguments&...) {
  return detail::misused_word("version");
}
template <class... Arguments>
consteval detail::descriptor_word unpublished_version(const Arguments&...) {
  return detail::misused_word("unpublished_version");
}
template <class... Arguments>
consteval detail::descriptor_word scope(const Arguments&...) {
  return detail::misused_word("scope");
}

#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-var-template"
#endif

/// The placeholder `:name` of the path, filled from the member.
template <class Owner, detail::object Member>
consteval detail::path_word<Owner, Member> path(const char* name, Member Owner::*member) {
  using namespace detail;
  return {{word_kind::path, text_of(name), &tag_of<Owner>, path_type_of<plain<Member>>, nullptr,
           &(phantom<Owner>.value.*member), bytes_of<Member>}, member};
}
/// The query parameter `name`, from the member: a string, a number, a bool, a std::vector of them (the name is
/// repeated), or a std::optional of any of these, left out where it is empty.
template <class Owner, detail::object Member>
consteval detail::query_word<Owner, Member> query(const char* name, Member Owner::*member) {
  using namespace detail;
  return {{word_kind::query, text_of(name), &tag_of<Owner>, query_type_of<plain<Member>>, nullptr,
           &(phantom<Owner>.value.*member), bytes_of<Member>}, member};
}
/// The JSON body, from one member of described type.
template <class Owner, detail::object Member>
consteval detail::body_word<Owner, Member> body(Member Owner::*member) {
  using namespace detail;
  return {{word_kind::body, {}, &tag_of<Owner>, diagnosis::none, &check_body<plain<Member>>,
           &(phantom<Owner>.value.*member), bytes_of<Member>}, member};
}

#if defined(__clang__)
#pragma clang diagnostic pop
#endif

template <class... Arguments>
consteval detail::descriptor_word path(const Arguments&...) {
  return detail::misused_word("path");
}
template <class... Arguments>
consteval detail::descriptor_word query(const Arguments&...) {
  return detail::misused_word("query");
}
template <class... Arguments>
consteval detail::descriptor_word body(const Arguments&...) {
  return detail::misused_word("body");
}

/// The descriptor of a request struct, as a constant.
template <class E>
inline constexpr auto endpoint_of = E::endpoint();

namespace detail {

/// Calls `f(word)` for each word of a descriptor, in order. To tell them apart in a generic lambda:
/// `if constexpr (word_kind_of<Word> == word_kind::query)`, and then `word.name` and `request.*(word.member)`.
template <class... Words, class F>
constexpr void for_each_word(const descriptor<Words...>& d, F&& f) {
  [&]<std::size_t... At>(std::index_sequence<At...>) {
    (static_cast<void>(f(get<At>(d.words))), ...);
  }(std::index_sequence_for<Words...>{});
}

}  // namespace detail
}}  // namespace ghl::v0
