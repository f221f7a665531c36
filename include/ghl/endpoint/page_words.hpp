/// The words of a descriptor for what comes in pages: which members of a request and of its response lead from one page
/// to the next. <ghl/uses/pages.hpp> goes through them.
#pragma once

#include <ghl/detail/literal.hpp>
#include <ghl/detail/literal_tuple.hpp>
#include <ghl/endpoint/descriptor_reader.hpp>
#include <ghl/endpoint/diagnosis.hpp>
#include <ghl/endpoint/member_path.hpp>
#include <ghl/endpoint/traits.hpp>
#include <ghl/endpoint/words.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <type_traits>
#include <vector>

namespace ghl { inline namespace v0 {

namespace detail {

enum class page_style : unsigned char { skip, page, cursor };

/// Where no member has the items: the response itself is the std::vector.
struct response_itself {};
template <class Items>
struct items_in {
  template <class Response>
  static constexpr bool belongs_to = std::is_base_of_v<typename Items::owner, held<Response>>;
  using vector = held<typename Items::target>;
};
template <>
struct items_in<response_itself> {
  template <class Response>
  static constexpr bool belongs_to = is_vector<held<Response>>;
  using vector = void;
};

/// A member of the last item of a page.
template <class Path>
struct last_item_path {
  Path path;
};

/// A member of the next request, and what fills it.
template <class To, class From>
struct cursor_step {
  To to;
  From from;
};
/// A member that has a number: of items to skip, or of a page.
template <class To, int First>
struct position_step {
  static constexpr int first = First;
  To to;
};

template <class T>
inline constexpr bool is_position = std::same_as<T, std::string> || json_number<T>;
template <class To, class From>
inline constexpr bool cursor_fits = std::same_as<To, From> || (is_position<To> && is_position<From>);

/// Whether a vector can be gone through by reference.
template <class Items>
inline constexpr bool are_items = std::same_as<Items, void>;  // the response, looked at with the endpoint
template <class Item>
inline constexpr bool are_items<std::vector<Item>> = !std::same_as<Item, bool>;

template <class Step>
struct step_facts;
template <class To, int First>
struct step_facts<position_step<To, First>> {
  static constexpr bool fits = is_position<held<typename To::target>>;
  template <class E>
  static constexpr bool belongs_to = std::is_base_of_v<typename To::owner, E>;
};
template <class To, class From>
struct step_facts<cursor_step<To, From>> {
  static constexpr bool fits = cursor_fits<held<typename To::target>, held<typename From::target>>;
  template <class E>
  static constexpr bool belongs_to = std::is_base_of_v<typename To::owner, E> &&
                                     std::is_base_of_v<typename From::owner, held<typename E::response>>;
};
template <class To, class From>
struct step_facts<cursor_step<To, last_item_path<From>>> {
  static constexpr bool fits = cursor_fits<held<typename To::target>, held<typename From::target>>;
  template <class E>
  static constexpr bool belongs_to = std::is_base_of_v<typename To::owner, E>;
};

/// Whether the members of a last item are those of the items.
template <class Step, class Item>
inline constexpr bool fits_item = true;
template <class To, class From, class Item>
inline constexpr bool fits_item<cursor_step<To, last_item_path<From>>, Item> =
    std::is_base_of_v<typename From::owner, Item>;

template <class Vector>
struct item_of_vector {
  using type = void;
};
template <class Item>
struct item_of_vector<std::vector<Item>> {
  using type = Item;
};
/// What the pages of E consist of; void where that is no std::vector.
template <class E, class Items>
struct page_item : item_of_vector<typename items_in<Items>::vector> {};
template <class E>
struct page_item<E, response_itself> : item_of_vector<held<typename E::response>> {};

/// Limit: the path to the size of a page; void where none is named.
template <page_style Style, class Limit, class Items, class... Steps>
struct pages_word : descriptor_word {
  static constexpr page_style style = Style;
  static constexpr std::size_t steps_count = sizeof...(Steps);
  Items items;
  literal_tuple<Steps...> steps;

  template <class E>
  static constexpr bool belongs_to() noexcept {
    using response = typename E::response;
    bool all = items_in<Items>::template belongs_to<response> && (step_facts<Steps>::template belongs_to<E> && ...) &&
               (fits_item<Steps, typename page_item<E, Items>::type> && ...);
    if constexpr (!std::same_as<Limit, void>) all = all && std::is_base_of_v<typename Limit::owner, E>;
    return all;
  }
};
template <page_style Style, class Limit, class Items, class... Steps>
inline constexpr word_kind word_kind_of<pages_word<Style, Limit, Items, Steps...>> = word_kind::pages;

template <class Limit, class Items, class... Steps>
inline constexpr diagnosis pages_type_of =
    are_items<typename items_in<Items>::vector> && (step_facts<Steps>::fits && ...) ? diagnosis::none
                                                                                    : diagnosis::pages_type;

consteval descriptor_word misused_pages(const char* name) {
  return {word_kind::misused, text_of(name), nullptr, diagnosis::pages_arguments};
}

template <page_style Style, class Limit, class Items, class... Steps>
consteval pages_word<Style, Limit, Items, Steps...> make_pages(const char* name, const Items& items, Steps... steps) {
  return {{word_kind::pages, text_of(name), nullptr, pages_type_of<Limit, Items, Steps...>}, items, {{steps}...}};
}

consteval response_itself path_from(const response_itself& all) { return all; }
template <class Path>
consteval last_item_path<Path> path_from(const last_item_path<Path>& last) {
  return last;
}

template <class T>
concept items_path = path_like<T> || std::same_as<T, response_itself>;
template <class T>
inline constexpr bool is_last_item = false;
template <class Path>
inline constexpr bool is_last_item<last_item_path<Path>> = true;
template <class T>
concept cursor_source = path_like<T> || is_last_item<T>;

template <page_style Style, int First, class Limit, class At, class Items>
consteval auto counted(const char* name, const At& at, const Items& items) {
  using step = position_step<path_made_of<At>, First>;
  return make_pages<Style, Limit>(name, path_from(items), step{path_from(at)});
}
template <class To, class From>
consteval auto step_of(const To& to, const From& from) {
  return cursor_step<decltype(path_from(to)), decltype(path_from(from))>{path_from(to), path_from(from)};
}

}  // namespace detail

/// For a word for pages, where the response itself is the std::vector of items.
inline constexpr detail::response_itself whole_response{};

/// For ghl::by_cursor, where the last item of a page leads to the next: `ghl::last(&agent::id)`.
template <class Member, class Owner, class... Rest>
consteval auto last(Member Owner::*member, Rest... rest) {
  return detail::last_item_path<detail::member_path<Member Owner::*, Rest...>>{detail::path_of_members(member, rest...)};
}

/// Purpose: says that a response is one page of a list, and which members lead to the next: in a request the number of
/// items to skip, in its response the items. With it ghl::pages goes through the list.
/// Example:
///     ghl::by_skip(&search_links::skip, &search_links::limit, &response::links)
/// The size of a page may stand between them, and is not changed. A member in a body, or deeper in the response, is
/// written as ghl::member(&x::body, &criteria::skip).
/// What comes is counted, and not taken from the size that was asked for: a server may have a smaller one.
template <detail::path_like Skip, detail::items_path Items>
consteval auto by_skip(Skip skip, Items items) {
  return detail::counted<detail::page_style::skip, 0, void>("by_skip", skip, items);
}
template <detail::path_like Skip, detail::path_like Limit, detail::items_path Items>
consteval auto by_skip(Skip skip, Limit, Items items) {
  return detail::counted<detail::page_style::skip, 0, detail::path_made_of<Limit>>("by_skip", skip, items);
}

/// The same where the request has the number of a page: `ghl::by_page(&list_agents::page, &response::agents)`. The page
/// that a request without a number gets is First: for a list that begins with another, `ghl::by_page<0>(...)`.
template <int First = 1, detail::path_like Page, detail::items_path Items>
consteval auto by_page(Page page, Items items) {
  return detail::counted<detail::page_style::page, First, void>("by_page", page, items);
}
template <int First = 1, detail::path_like Page, detail::path_like Limit, detail::items_path Items>
consteval auto by_page(Page page, Limit, Items items) {
  return detail::counted<detail::page_style::page, First, detail::path_made_of<Limit>>("by_page", page, items);
}

/// The same where each page says how to get the next: a member of the request, and the one of the response that fills
/// it, or ghl::last(&item::id) for one of the last item. Some lists have two of them:
///     ghl::by_cursor(&export_messages::cursor, &response::next_cursor, &response::messages)
///     ghl::by_cursor(&get_contacts::start_after, ghl::member(&response::meta, &meta::start_after),
///                    &get_contacts::start_after_id, ghl::member(&response::meta, &meta::start_after_id),
///                    &response::contacts)
template <detail::path_like To, detail::cursor_source From, detail::items_path Items>
consteval auto by_cursor(To to, From from, Items items) {
  return detail::make_pages<detail::page_style::cursor, void>("by_cursor", detail::path_from(items),
                                                              detail::step_of(to, from));
}
template <detail::path_like To, detail::cursor_source From, detail::path_like SecondTo,
          detail::cursor_source SecondFrom, detail::items_path Items>
consteval auto by_cursor(To to, From from, SecondTo second_to, SecondFrom second_from, Items items) {
  return detail::make_pages<detail::page_style::cursor, void>("by_cursor", detail::path_from(items),
                                                              detail::step_of(to, from),
                                                              detail::step_of(second_to, second_from));
}

// For the sentence about other arguments; see words.hpp.

template <class... Arguments>
consteval detail::descriptor_word by_skip(const Arguments&...) {
  return detail::misused_pages("by_skip");
}
template <class... Arguments>
consteval detail::descriptor_word by_page(const Arguments&...) {
  return detail::misused_pages("by_page");
}
template <int First, class... Arguments>
consteval detail::descriptor_word by_page(const Arguments&...) {
  return detail::misused_pages("by_page");
}
template <class... Arguments>
consteval detail::descriptor_word by_cursor(const Arguments&...) {
  return detail::misused_pages("by_cursor");
}

}}  // namespace ghl::v0
