/// The operations of a family, as a type.
#pragma once

namespace ghl { inline namespace v0 {

/// Purpose: request structs, for what takes a whole family: `using operations = ghl::operation_list<get_links, ...>;`,
/// `ghl::catalogue<ghl::links::operations>`.
template <class... E>
struct operation_list {};

}}  // namespace ghl::v0
