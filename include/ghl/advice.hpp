/// Texts of the API that you know and the library does not: ghl::advice.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/detail/text.hpp>
#include <ghl/policy/advisor.hpp>
#include <ghl/value/error.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/remedy.hpp>

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ghl { inline namespace v0 {

/// A status, a part of what the server says with it, in any case of letters, and what is to be done then.
struct known_text {
  int status = 0;      ///< 0: any
  std::string text{};  ///< empty: any
  remedy meaning{};    ///< remedy::unknown, too: it takes a row of the library's back
  std::string path{};  ///< how the endpoint's path begins, as in "/links/:linkId"; empty: any endpoint
};

/// Purpose: rows of your own for the table of value/remedy.hpp, an option of a client. They come before it; the first
/// that matches counts. Where the body has no message that can be read, its first kilobyte is searched.
/// Example:
///     ghl::client api{transport, json, token,
///                     ghl::advice{{.status = 409, .text = "is being merged", .meaning = ghl::remedy::retry}}};
/// A meaning of `retry` is one for a GET and a DELETE; ghl::retry follows it.
/// Lifetime: owns its rows, which copies share. Thread safety: a value; it does not change.
class advice {
 public:
  advice(std::initializer_list<known_text> rows) : advice(std::vector<known_text>{rows}) {}
  explicit advice(std::vector<known_text> rows)
      : rows_(std::make_shared<const std::vector<known_text>>(std::move(rows))) {}

  [[nodiscard]] std::optional<remedy> advise(const error& e) const {
    if (e.kind != error_kind::status) return std::nullopt;
    const auto matches = [&](const known_text& row) {
      return (row.status == 0 || row.status == e.status) && detail::called_path(e).starts_with(row.path) &&
             detail::any_text(e, [&](std::string_view text) { return detail::contains_ignoring_case(text, row.text); });
    };
    for (const known_text& row : *rows_)
      if (matches(row)) return row.meaning;
    return std::nullopt;
  }

 private:
  std::shared_ptr<const std::vector<known_text>> rows_;
};

static_assert(advisor<advice>);

}}  // namespace ghl::v0
