/// The version of the library, as it is sent in the default User-Agent.
#pragma once

#include <string_view>

/// `v0` is the ABI version: two incompatible versions of ghl can live in one program.
namespace ghl { inline namespace v0 {

/// "major.minor.patch".
inline constexpr std::string_view library_version = "0.1.0";

}}  // namespace ghl::v0
