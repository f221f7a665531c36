/// The first mistake of an endpoint.
#pragma once

#include <ghl/detail/literal.hpp>
#include <ghl/detail/literal_tuple.hpp>
#include <ghl/endpoint/descriptor_reader.hpp>
#include <ghl/endpoint/diagnosis.hpp>
#include <ghl/endpoint/members.hpp>
#include <ghl/endpoint/type_checks.hpp>
#include <ghl/endpoint/type_facts.hpp>
#include <ghl/endpoint/words.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

/// A struct with a static member function `endpoint()` that returns a descriptor.
template <class E>
concept request_struct = requires { static_cast<const detail::checked_facts&>(E::endpoint()); };

namespace detail {

/// The first mistake of an endpoint, of those in its words before those in its types.
constexpr finding check_endpoint(const checked_facts& e, finding in_struct, finding (*response)()) noexcept {
  if (e.in_words.what != diagnosis::none) return e.in_words;
  if (in_struct.what == diagnosis::foreign_member) return in_struct;
  if (e.in_members.what != diagnosis::none) return e.in_members;
  if (e.has_body)
    if (const finding f = e.body_type(); f.what != diagnosis::none) return f;
  if (in_struct.what != diagnosis::none) return in_struct;
  return response();
}

/// Whether all parameters of a request are members of itself.
constexpr bool names_own(const checked_facts& e, const char* tag) noexcept {
  return e.parameters == 0 || (e.one_owner && same_type(e.owner, tag));
}

template <class T, class... Mention>
constexpr finding fault_of_members() noexcept {
  if constexpr ((std::is_convertible_v<T*, typename Mention::owner*> && ...))
    if (const std::string_view name = forgetful<T, Mention...>(); !name.empty())
      return {diagnosis::forgotten_member, name};
  return {};
}

/// The members that words name, one after the other.
template <class T, class... Found>
struct mentioned {
  template <class Word>
  static constexpr auto with(const Word&) noexcept {
    if constexpr (names_member<Word>) return mentioned<T, Found..., mention_of<Word>>{};
    else return mentioned{};
  }
  static constexpr finding fault() noexcept { return fault_of_members<T, Found...>(); }
};
template <class All>
constexpr All mentioned_by(All all) noexcept {
  return all;
}
template <class All, class Word, class... Words>
constexpr auto mentioned_by(All, const Word& word, const Words&... words) noexcept {
  return mentioned_by(decltype(All::with(word)){}, words...);
}

/// What is wrong with a request that has bases, or members that are no parameters.
template <class E, class... Words>
constexpr finding fault_of_request(const descriptor<Words...>& d) noexcept {
  std::string_view foreign;
  bool is_foreign = false;
  for_each_word(d, [&]<class Word>(const Word& word) {
    if constexpr (names_member<Word>)
      if (!is_foreign && !std::is_convertible_v<E*, typename Word::owner_type*>) {
        is_foreign = true;
        foreign = word.name.empty() ? text_of("body") : word.name;
      }
  });
  if (is_foreign) return {diagnosis::foreign_member, foreign};
  return [&]<std::size_t... At>(std::index_sequence<At...>) {
    return decltype(mentioned_by(mentioned<E>{}, get<At>(d.words)...))::fault();
  }(std::index_sequence_for<Words...>{});
}

template <class E>
concept names_response = requires { typename E::response; };
template <class E>
using named_response = std::remove_const_t<typename E::response>;

/// Whether endpoint() is a constant expression; a consteval function is, and is not asked again. (A partial
/// specialization, since clang writes down why a requires-expression does not hold.)
template <class E, class = void>
inline constexpr bool constant_endpoint = true;
template <class E>
inline constexpr bool constant_endpoint<E, address<&E::endpoint>> =
    requires { typename constant<(static_cast<void>(E::endpoint()), true)>; };

/// A request that is no more than a list of its parameters, as most are.
template <class E>
concept plain_request = request_struct<E> && !__is_union(E) &&
                        constant_endpoint<E> && names_own(endpoint_of<E>, &tag_of<E>) &&
                        !has_more_members_than<E, endpoint_of<E>.parameters, endpoint_of<E>.bytes>;

/// Whether the members that lead to the next page are those of the request and of its response.
template <class E>
constexpr finding fault_of_pages() noexcept {
  finding found;
  for_each_word(endpoint_of<E>, [&]<class Word>(const Word& word) {
    if constexpr (word_kind_of<Word> == word_kind::pages)
      if (!Word::template belongs_to<E>()) found = {diagnosis::pages_member, word.name};
  });
  return found;
}

/// What is wrong with a type that most questions cannot be asked of, or with a request that is more than a list of its
/// parameters, or has a word for pages.
template <class E>
constexpr finding finding_in_odd() noexcept {
  if constexpr (!requires { sizeof(E); }) return {diagnosis::incomplete, name_of_type<E>()};
  else if constexpr (request_struct<E>) {
    if constexpr (std::is_union_v<E>) return {diagnosis::union_request, name_of_type<E>()};
    else if constexpr (!constant_endpoint<E>) {
      return {diagnosis::inconstant_endpoint, name_of_type<E>()};
    } else {
      finding in_struct;
      if constexpr (!plain_request<E>) in_struct = fault_of_request<E>(endpoint_of<E>);
      if constexpr (names_response<E>) {
        const finding found = check_endpoint(endpoint_of<E>, in_struct, &found_in_response<named_response<E>>);
        if constexpr (endpoint_of<E>.has_pages)
          if (found.what == diagnosis::none) return fault_of_pages<E>();
        return found;
      } else {
        return check_endpoint(endpoint_of<E>, in_struct, &no_response_found);
      }
    }
  } else if constexpr (requires { E::endpoint(); }) return {diagnosis::no_descriptor, name_of_type<E>()};
  else if constexpr (mentions_endpoint<E>) return {diagnosis::unusable_endpoint, name_of_type<E>()};
  else return {diagnosis::no_request, name_of_type<E>()};
}

template <class E>
inline constexpr finding finding_in = finding_in_odd<E>();
template <class E>
  requires(plain_request<E> && names_response<E> && !endpoint_of<E>.has_pages)
inline constexpr finding finding_in<E> = check_endpoint(endpoint_of<E>, {}, &found_in_response<named_response<E>>);
template <class E>
inline constexpr finding finding_in<const E> = finding_in<E>;

}}}  // namespace ghl::v0::detail
