/// What a node of a JSON document can be.
#pragma once

namespace ghl { inline namespace v0 {

/// Purpose: what the `kind` of a library tells of a node; see json_dom.hpp. A library with one kind of number says
/// `number`; `integer` and `unsigned_integer` are for those that keep all 64 bits.
enum class json_kind : unsigned char { null, boolean, integer, unsigned_integer, number, string, array, object };

}}  // namespace ghl::v0
