/// The kinds of node in a JSON document.
#pragma once

namespace ghl { inline namespace v0 {

/// Purpose: what a library's kind(node) returns; see ghl::dom_json. A library with a single type for numbers returns
/// `number`; `integer` and `unsigned_integer` are for those that keep all 64 bits.
enum class json_kind : unsigned char { null, boolean, integer, unsigned_integer, number, string, array, object };

}}  // namespace ghl::v0
