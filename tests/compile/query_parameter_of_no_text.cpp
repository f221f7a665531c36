// A query parameter of a type that has no form in a URL.
// says: ghl: a value of this type cannot be written into a query; use std::string, a number, bool
// names: since
#include <ghl/ghl.hpp>

#include <optional>
#include <string>

struct date {
  int year, month, day;
};

struct get_links {
#ifndef GHL_MISTAKE
  std::optional<std::string> since;
#else
  std::optional<date> since;
#endif
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Get Links", ghl::method::get, "/links", ghl::version("2021-07-28"),
                         ghl::scope("links.readonly"), ghl::token::sub_account,
                         ghl::query("since", &get_links::since));
  }
};
static_assert(ghl::well_formed<get_links>);
