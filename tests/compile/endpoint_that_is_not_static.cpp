// An endpoint() that is not static.
// says: ghl: endpoint() cannot be called; make it public, static and without parameters
#include <ghl/ghl.hpp>

#include "parts.hpp"

struct find_links {
  using response = ghl::no_content;
#ifndef GHL_MISTAKE
  static consteval auto endpoint() {
#else
  consteval auto endpoint() const {
#endif
    return ghl::endpoint("Find Links", ghl::method::get, "/links/", ghl::token::sub_account);
  }
};
auto call() { return api.call(find_links{}); }
