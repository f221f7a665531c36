/// Functions on JSON texts for a JSON policy whose library does not report errors, or numbers, exactly enough.
#pragma once

#include <ghl/json_kit/numbers.hpp>
#include <ghl/json_kit/reader.hpp>
#include <ghl/json_kit/scan.hpp>
#include <ghl/value/fault.hpp>

#include <string_view>

namespace ghl { inline namespace v0 {

/// Purpose: the first error in a text by RFC 8259: `truncated` if it ends too early, `malformed` (a byte order mark
/// too), `invalid_utf8`, `nested_too_deeply` (json_depth_limit), `none` if it is JSON. The grammar has no limits for
/// numbers: one that is too large is an error of the member that it is read into. For a policy on a library that
/// reports less, or that accepts more than JSON (comments, unpaired surrogates, text after the value).
/// Example: `if (!library_parse(text)) reader.fail(ghl::json_fault(text));`
/// Cost: one pass, no allocation. Thread safety: a pure function.
[[nodiscard]] inline fault json_fault(std::string_view text) noexcept { return detail::json_scan{text}.run(); }

/// Purpose: passes a number from its text to a reader, exactly, in every locale: an integer of 64 bits in any spelling
/// (9223372036854775807, 1.0, 1e18) as it is, any other number as the nearest double, which is infinite for a number
/// beyond every double: the reader refuses it where it is read, and ignores it elsewhere. `text` must be a number by
/// JSON's grammar.
inline bool read_json_number(json_reader& to, std::string_view text) { return detail::pass_number(to, text); }

}}  // namespace ghl::v0
