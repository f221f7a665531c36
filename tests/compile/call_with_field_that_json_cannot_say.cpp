// A defect of a response that nothing checked before the call.
// says: ghl: JSON cannot say a field of this type; use bool, a number, std::string, std::optional
// names: createdAt
#include <ghl/ghl.hpp>

#include "parts.hpp"

struct find_link {
  struct response {
#ifndef GHL_MISTAKE
    std::string created_at;
#else
    const char* created_at;
#endif
    static consteval auto fields() { return ghl::fields(ghl::field("createdAt", &response::created_at)); }
  };
  static consteval auto endpoint() {
    return ghl::endpoint("Find Link", ghl::method::get, "/links/find", ghl::token::sub_account);
  }
};
auto call() { return api.call(find_link{}); }
