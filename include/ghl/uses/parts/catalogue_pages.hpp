/// How the pages of a list follow each other, as data.
#pragma once

#include <ghl/detail/literal_tuple.hpp>
#include <ghl/endpoint/descriptor_reader.hpp>
#include <ghl/endpoint/field_list.hpp>
#include <ghl/endpoint/member_path.hpp>
#include <ghl/endpoint/page_words.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/endpoint/words.hpp>
#include <ghl/uses/parts/page_facts.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

/// What leads from one page to the next: ghl::by_skip, ghl::by_page or ghl::by_cursor.
enum class paging : unsigned char { none, skip, page, cursor };

/// What the next request has in another way than the last one. Names are those on the wire.
struct catalogue_page_step {
  std::string_view parameter{};                ///< its name; empty: it is in the body
  std::span<const std::string_view> body{};    ///< the way to it in the body: "paging", "skip"
  bool of_last_item = false;                   ///< `from` begins at the last item of the page, not at the response
  std::span<const std::string_view> from{};    ///< the way to its value: "meta", "startAfterId"; for a cursor alone
};

/// Purpose: how the pages of an operation follow each other.
struct catalogue_pages {
  paging style = paging::none;
  int first = 0;                               ///< what a request without a number gets: the first page, or item
  std::span<const catalogue_page_step> steps{};
  std::span<const std::string_view> items{};   ///< the way to the items in the response; empty: it is the array
};

namespace detail {

template <class Path>
inline constexpr std::size_t length_of_path = 0;
template <class... Members>
inline constexpr std::size_t length_of_path<member_path<Members...>> = sizeof...(Members);

/// The names on the way.
template <class Path>
constexpr auto names_of(const Path& path) noexcept {
  std::array<std::string_view, length_of_path<Path>> names{};
  names[0] = field_name_of(path.first);
  if constexpr (requires { path.rest; }) {
    const auto rest = names_of(path.rest);
    for (std::size_t i = 0; i < rest.size(); ++i) names[i + 1] = rest[i];
  }
  return names;
}
constexpr std::array<std::string_view, 0> names_of(const response_itself&) noexcept { return {}; }
template <class Path>
constexpr auto names_of(const last_item_path<Path>& last) noexcept {
  return names_of(last.path);
}

/// The name of the parameter that a member fills; empty: none, it is the body.
template <class E, class Member, class Owner>
constexpr std::string_view parameter_name_of(Member Owner::*member) noexcept {
  std::string_view name;
  for_each_word(endpoint_of<E>, [&]<class Word>(const Word& word) {
    if constexpr (requires { word.member; })
      if constexpr (std::same_as<std::remove_cvref_t<decltype(word.member)>, Member Owner::*>)
        if (word.member == member && !is_body_kind(word_kind_of<Word>)) name = word.name;
  });
  return name;
}

template <class Step>
constexpr auto names_from(const Step& step) noexcept {
  if constexpr (requires { step.from; }) return names_of(step.from);
  else return std::array<std::string_view, 0>{};
}
template <class Path>
constexpr auto names_in_body(const Path& path) noexcept {
  if constexpr (requires { path.rest; }) return names_of(path.rest);
  else return std::array<std::string_view, 0>{};
}

/// The word of E, and all that its rows point to.
template <class E>
struct pages_table {
  static constexpr auto& word = page_facts<E>::word;
  using word_type = std::remove_cvref_t<decltype(word)>;

  template <std::size_t At>
  static constexpr auto from = names_from(get<At>(word.steps));
  template <std::size_t At>
  static constexpr auto body = names_in_body(get<At>(word.steps).to);
  static constexpr auto items = names_of(word.items);

  template <std::size_t At>
  static constexpr catalogue_page_step step() noexcept {
    constexpr auto& of = get<At>(word.steps);
    bool last = false;
    if constexpr (requires { of.from.path; }) last = true;
    return {parameter_name_of<E>(of.to.first), body<At>, last, from<At>};
  }
  static constexpr auto steps = []<std::size_t... At>(std::index_sequence<At...>) {
    return std::array<catalogue_page_step, sizeof...(At)>{step<At>()...};
  }(std::make_index_sequence<word_type::steps_count>{});

  static constexpr int first() noexcept {
    using step_type = std::remove_cvref_t<decltype(get<0>(word.steps))>;
    if constexpr (requires { step_type::first; }) return step_type::first;
    else return 0;
  }
  static constexpr catalogue_pages row() noexcept {
    constexpr page_style style = word_type::style;
    return {style == page_style::skip   ? paging::skip
            : style == page_style::page ? paging::page
                                        : paging::cursor,
            first(), steps, items};
  }
};

template <class E>
constexpr catalogue_pages pages_row() noexcept {
  if constexpr (paged_request<E>) return pages_table<E>::row();
  else return {};
}

}  // namespace detail
}}  // namespace ghl::v0
