/// What a JSON policy may ask about a text itself, where its library does not tell, or not exactly enough.
#pragma once

#include <ghl/json_kit/scan.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/json_kit/reader.hpp>

#include <charconv>
#include <cstdint>
#include <string_view>
#include <system_error>

namespace ghl { inline namespace v0 {

/// Purpose: what is wrong with a text as a whole: `truncated` where it ends too early, `malformed`, `invalid_utf8`,
/// `nested_too_deeply` (json_depth_limit), `number_out_of_range` for a number beyond every double, `none` for JSON.
/// The first of them in the order of the text. A policy on a library that tells less, or takes more than JSON
/// (comments, unpaired surrogates, whatever follows the value), asks here.
/// Example: `if (!library_parse(text)) reader.fail(ghl::json_fault(text));`
/// Cost: one pass, no allocation but for numbers with an exponent. Thread safety: a pure function.
[[nodiscard]] inline fault json_fault(std::string_view text) { return detail::json_scan{text}.run(); }

/// Purpose: tells a reader a number that the parser hands over as text, exactly: integers of 64 bits as they are,
/// anything else as the nearest double, whatever the program's locale.
/// `text` is a number by JSON's grammar; the parser has seen to that.
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
