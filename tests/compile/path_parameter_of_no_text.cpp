// A path parameter of a type that has no form in a URL.
// says: ghl: a value of this type cannot be written into a path; use std::string, a number or bool
// names: day
#include <ghl/ghl.hpp>

#include <string>

struct date {
  int year, month, day;
};

struct get_links {
#ifndef GHL_MISTAKE
  std::string day;
#else
  date day;
#endif
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Get Links", ghl::method::get, "/links/:day", ghl::version("2021-07-28"),
                         ghl::scope("links.readonly"), ghl::token::sub_account,
                         ghl::path("day", &get_links::day));
  }
};
static_assert(ghl::well_formed<get_links>);
