/// The families of operations that the program knows: all that the library has.
#pragma once

#include <ghl/uses/catalogue.hpp>

#include <span>
#include <string_view>

namespace ghl_program {

struct family {
  std::string_view version;  // "" or "v3"
  std::string_view name;     // "contacts", "social_media_posting"
  std::span<const ghl::catalogue_entry> operations;
};

std::span<const family> families();

}  // namespace ghl_program
