/// What ghl::pages knows of a request at compile time.
#pragma once

#include <ghl/client/client_fwd.hpp>
#include <ghl/detail/literal_tuple.hpp>
#include <ghl/endpoint/descriptor_reader.hpp>
#include <ghl/endpoint/page_words.hpp>
#include <ghl/endpoint/well_formed.hpp>
#include <ghl/endpoint/words.hpp>

#include <cstddef>
#include <type_traits>

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
