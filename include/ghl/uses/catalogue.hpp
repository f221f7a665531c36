/// The operations that a program includes, as a table.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/endpoint/descriptor_reader.hpp>
#include <ghl/endpoint/operation_list.hpp>
#include <ghl/endpoint/well_formed.hpp>
#include <ghl/endpoint/words.hpp>
#include <ghl/uses/parts/catalogue_of.hpp>
#include <ghl/uses/parts/schema.hpp>
#include <ghl/uses/parts/schema_of.hpp>
#include <ghl/value/method.hpp>

#include <cstddef>
#include <span>
#include <string_view>

namespace ghl { inline namespace v0 {

/// Purpose: what is known of operations, as constant data: for the help and the completion of a command line, a page of
/// reference, a server that checks requests, an OpenAPI document. No call of them is compiled.
/// Example:
///     for (const ghl::catalogue_entry& e : ghl::catalogue<ghl::links::operations>)
///       std::printf("%s  %s\n", e.title.data(), e.path.data());
/// Takes request structs, or ghl::operation_lists of them. (Names are no literals with a NUL behind them, but titles,
/// paths and all names on the wire are.)
/// Errors: an operation with a mistake does not compile; see ghl::well_formed.
/// Lifetime: constants. Thread safety: so is that.
template <class... E>
inline constexpr std::span<const catalogue_entry> catalogue = detail::catalogue_of<E...>::list();

/// The schema of a type with fields(), or of any that can be in one: `ghl::schema_of<ghl::links::link>.fields[0].name`.
template <class T>
inline constexpr const schema& schema_of = detail::schema_table<T>;

/// The operation of that name, "links::get_links" or "get_links"; null where there is none.
constexpr const catalogue_entry* find_operation(std::span<const catalogue_entry> in, std::string_view name) noexcept {
  for (const catalogue_entry& e : in)
    if (name == e.full_name || name == e.name) return &e;
  return nullptr;
}

/// The operation that serves a method and a path, "/links/n4AriwEnFrGh3tu08W0U"; null where there is none. Where two
/// do, the one that says more of the path: /links/search is no link. Queries are not looked at: give the path alone.
constexpr const catalogue_entry* find_route(std::span<const catalogue_entry> in, method m,
                                            std::string_view path) noexcept {
  const catalogue_entry* found = nullptr;
  for (const catalogue_entry& e : in)
    if (e.method == m && detail::is_path_of(e.path, path) && (found == nullptr || detail::says_more(e.path, found->path)))
      found = &e;
  return found;
}

}}  // namespace ghl::v0
