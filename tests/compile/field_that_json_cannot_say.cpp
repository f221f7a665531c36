// A member of a response, of a type that is not described.
// says: ghl: JSON cannot say a field of this type; use bool, a number, std::string, std::optional
// names: createdAt
#include <ghl/ghl.hpp>

#include <string>

struct date {
  int year, month, day;
};

struct get_links {
  struct response {
#ifndef GHL_MISTAKE
    std::string created_at;
#else
    date created_at;
#endif
    static consteval auto fields() { return ghl::fields(ghl::field("createdAt", &response::created_at)); }
  };
  static consteval auto endpoint() {
    return ghl::endpoint("Get Links", ghl::method::get, "/links/", ghl::version("2021-07-28"),
                         ghl::scope("links.readonly"), ghl::token::sub_account);
  }
};
static_assert(ghl::well_formed<get_links>);
