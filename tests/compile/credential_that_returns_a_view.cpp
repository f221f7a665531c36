// A credential returns a view of a text that is gone.
// says: ghl: this credential returns a std::string_view, and its text may be gone by then; return a std::string
#include <ghl/ghl.hpp>

#include "parts.hpp"

const auto credential = [] {
  std::string text = "a token";
#ifndef GHL_MISTAKE
  return text;
#else
  return std::string_view{text};
#endif
};
ghl::client my_api{transport, json{}, credential};
auto call() { return my_api.call(get_links); }
