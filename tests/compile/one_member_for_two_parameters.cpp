// One member that fills two parameters, while another is forgotten: the id would be sent as the location.
// says: ghl: two parameters are filled from the same member; name the member that is meant for this one
// names: locationId
#include <ghl/ghl.hpp>

#include <string>

struct get_link {
  std::string id;
  std::string location_id;
  using response = ghl::no_content;
  static consteval auto endpoint() {
    return ghl::endpoint("Get Link", ghl::method::get, "/links/:linkId", ghl::token::sub_account,
                         ghl::path("linkId", &get_link::id),
#ifndef GHL_MISTAKE
                         ghl::query("locationId", &get_link::location_id));
#else
                         ghl::query("locationId", &get_link::id));
#endif
  }
};
static_assert(ghl::well_formed<get_link>);
