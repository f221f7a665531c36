/// The scopes that a program needs.
#pragma once

#include <ghl/endpoint/well_formed.hpp>
#include <ghl/endpoint/words.hpp>
#include <ghl/value/endpoint_facts.hpp>

#include <cstddef>
#include <string_view>

namespace ghl { inline namespace v0 {

namespace detail {

/// The scopes of so many endpoints, each once.
template <std::size_t Endpoints>
class scope_set {
 public:
  [[nodiscard]] constexpr const std::string_view* begin() const noexcept { return list_; }
  [[nodiscard]] constexpr const std::string_view* end() const noexcept { return list_ + count_; }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return count_; }
  [[nodiscard]] constexpr bool contains(std::string_view scope) const noexcept {
    for (const std::string_view s : *this)
      if (s == scope) return true;
    return false;
  }
  constexpr void add(const scope_list& scopes) noexcept {
    for (const std::string_view s : scopes)
      if (!contains(s)) list_[count_++] = s;
  }

 private:
  std::string_view list_[Endpoints * scope_list::limit + 1];
  std::size_t count_ = 0;
};

template <class E>
constexpr scope_list scopes_of() noexcept {
  if constexpr (valid<E>) return endpoint_of<E>.scopes;
  else return {};
}
template <bool Checked, class... E>
constexpr auto scopes_of_all() noexcept {
  scope_set<sizeof...(E)> all;
  (all.add(scopes_of<E>()), ...);
  return all;
}

}  // namespace detail

/// Purpose: the scopes that a set of endpoints needs, each once, in the order of their endpoints: for the install URL
/// of an app, and for its docs.
/// Example: `for (std::string_view s : ghl::required_scopes<ghl::links::get_links, ghl::links::delete_link>) ...`
template <class... E>
inline constexpr auto required_scopes = detail::scopes_of_all<(well_formed<E> && ...), E...>();

}}  // namespace ghl::v0
