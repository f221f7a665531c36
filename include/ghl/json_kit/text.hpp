/// Functions on JSON texts for a JSON policy whose library does not report errors, or numbers, exactly enough.
#pragma once

#include <ghl/json_kit/reader.hpp>
#include <ghl/json_kit/scan.hpp>
#include <ghl/value/fault.hpp>

#include <charconv>
#include <cstdint>
#include <string_view>
#include <system_error>

namespace ghl { inline namespace v0 {

/// Purpose: the first error in a text: `truncated` if it ends too early, `malformed`, `invalid_utf8`,
/// `nested_too_deeply` (json_depth_limit), `number_out_of_range` for a number beyond every double, `none` if it is
/// JSON. For a policy on a library that reports less, or that accepts more than JSON (comments, unpaired surrogates,
/// text after the value).
/// Example: `if (!library_parse(text)) reader.fail(ghl::json_fault(text));`
/// Cost: one pass, no allocation but for numbers with an exponent. Thread safety: a pure function.
[[nodiscard]] inline fault json_fault(std::string_view text) { return detail::json_scan{text}.run(); }

/// Purpose: passes a number from its text to a reader, exactly: an integer of 64 bits as it is, any other number as the
/// nearest double, in every locale. `text` must be a number by JSON's grammar.
/// Errors: `number_out_of_range` for a number beyond every double.
inline bool read_json_number(json_reader& to, std::string_view text) {
  const char* const end = text.data() + text.size();
  if (text.starts_with('-')) {
    std::int64_t i = 0;
    if (const auto [at, failed] = std::from_chars(text.data(), end, i); failed == std::errc{} && at == end)
      return to.integer(i);
  } else {
    std::uint64_t u = 0;
    if (const auto [at, failed] = std::from_chars(text.data(), end, u); failed == std::errc{} && at == end)
      return to.unsigned_integer(u);
  }
  if (detail::is_too_large(text)) return to.fail(fault::number_out_of_range);
  return to.number(detail::nearest_double(text));
}

}}  // namespace ghl::v0
