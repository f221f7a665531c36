/// The version of the library. The only macros that ghl defines; none of them changes a type.
#pragma once

#include <string_view>

#define GHL_VERSION_MAJOR 0
#define GHL_VERSION_MINOR 1
#define GHL_VERSION_PATCH 0

/// `v0` is the ABI version: two incompatible versions of ghl can live in one program.
namespace ghl { inline namespace v0 {

/// "major.minor.patch", as it is sent in the default User-Agent.
inline constexpr std::string_view library_version = "0.1.0";

}}  // namespace ghl::v0
