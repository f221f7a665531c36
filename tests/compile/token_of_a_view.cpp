// A token is made of a text that does not become a std::string by itself.
// says: ghl: a token or a secret is made of a std::string or a const char*; convert this to std::string
#include <ghl/ghl.hpp>

#include "parts.hpp"

inline constexpr std::string_view text = "a token";
#ifndef GHL_MISTAKE
const ghl::private_integration_token my_token{std::string{text}};
#else
const ghl::private_integration_token my_token{text};
#endif
