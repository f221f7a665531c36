/// Tables of texts.
#pragma once

#include <cstddef>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

/// The `text` of the row whose `key` is this one; empty if there is none.
template <class Row, std::size_t N, class Key>
constexpr std::string_view text_in(const Row (&table)[N], Key Row::*key, Key wanted) noexcept {
  for (const Row& row : table)
    if (row.*key == wanted) return row.text;
  return {};
}

}}}  // namespace ghl::v0::detail
