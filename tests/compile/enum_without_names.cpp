// A member of an enumeration whose names nobody has told.
// says: ghl: an enumeration needs names; add template <> inline constexpr auto ghl::enum_names<E> =
// names: stage
#include <ghl/ghl.hpp>

#include <string>

#ifdef GHL_MISTAKE
enum class stage { open, won };
#else
using stage = std::string;
#endif

struct get_deal {
  struct response {
    stage at{};
    static consteval auto fields() { return ghl::fields(ghl::field("stage", &response::at)); }
  };
  static consteval auto endpoint() {
    return ghl::endpoint("Get Deal", ghl::method::get, "/deal", ghl::token::sub_account);
  }
};
static_assert(ghl::well_formed<get_deal>);
