/// What ghl::pages knows of a request at compile time.
#pragma once

#include <ghl/client/client_fwd.hpp>
#include <ghl/detail/literal_tuple.hpp>
#include <ghl/endpoint/descriptor_reader.hpp>
#include <ghl/endpoint/field_list.hpp>
#include <ghl/endpoint/page_words.hpp>
#include <ghl/endpoint/well_formed.hpp>
#include <ghl/endpoint/words.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 { namespace detail {

template <class... Words>
consteval std::size_t pages_position(const descriptor<Words...>&) {
  constexpr bool is_it[] = {word_kind_of<Words> == word_kind::pages..., true};
  std::size_t at = 0;
  while (!is_it[at]) ++at;
  return at;
}

/// A request that says how its pages follow each other.
template <class E>
concept paged_request = valid<E> && endpoint_of<E>.has_pages;

/// The word, and the types that it leads to. Of a request without it: types of the right shape, since what is wrong has
/// been said.
template <class E>
struct page_facts {
  struct item {};
  using response = no_content;
};
template <paged_request E>
struct page_facts<E> {
  static constexpr auto& word = get<pages_position(endpoint_of<E>)>(endpoint_of<E>.words);
  using item = typename page_item<E, std::remove_cvref_t<decltype(word.items)>>::type;
  using response = response_of<E>;
};

/// The name of a member in its fields().
template <class Member, class Owner>
constexpr std::string_view field_name_of(Member Owner::*member) noexcept {
  std::string_view name;
  [&]<std::size_t... At>(std::index_sequence<At...>) {
    const auto look = [&](const auto& field) {
      if constexpr (std::same_as<std::remove_cvref_t<decltype(field.member)>, Member Owner::*>)
        if (field.member == member) name = field.name;
    };
    (look(get<At>(fields_of<Owner>.list)), ...);
  }(std::make_index_sequence<fields_of<Owner>.size>{});
  return name;
}

/// Whether the place of a mismatch is a member of that name, or in it; "": wherever it is.
constexpr bool is_in_member(std::string_view path, std::string_view name) noexcept {
  if (name.empty()) return true;
  if (path.starts_with('"')) path.remove_prefix(1);
  if (!path.starts_with(name)) return false;
  path.remove_prefix(name.size());
  return path.empty() || path.front() == '.' || path.front() == '[' || path.front() == '"';
}
/// The name of the member that the way to items or to a cursor begins with; "": the response itself.
template <class Path>
constexpr std::string_view first_name_of(const Path& path) noexcept {
  if constexpr (requires { path.first; }) return field_name_of(path.first);
  else return {};
}

template <class Client>
struct transport_in {
  static constexpr bool known = false;
  using type = void;
};
template <class Transport, class Json, class Credential, class Options>
struct transport_in<client<Transport, Json, Credential, Options>> {
  static constexpr bool known = true;
  using type = Transport;
};

}}}  // namespace ghl::v0::detail
