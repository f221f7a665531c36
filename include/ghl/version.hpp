/// The version of the library, for the preprocessor and as ghl::library_version. These are the only macros that ghl
/// defines; none of them changes a type.
#pragma once

#include <ghl/detail/language.hpp>

#include <ghl/detail/version.hpp>

#define GHL_VERSION_MAJOR 0
#define GHL_VERSION_MINOR 1
#define GHL_VERSION_PATCH 0
