/// How glaze is to read and write, for the glaze adapter.
#pragma once

#include <glaze/json/read.hpp>

namespace ghl { inline namespace v0 { namespace detail {

/// Stricter than glaze about skipped values, which must be valid too; more lenient about unknown keys, which the API
/// may add at any time.
struct glaze_options : glz::opts {
  bool validate_skipped = true;
  bool validate_trailing_whitespace = true;
  bool escape_control_characters = true;
};
inline constexpr glaze_options glaze_rules{
    {.null_terminated = false, .error_on_unknown_keys = false, .error_on_missing_keys = true}};

}}}  // namespace ghl::v0::detail
