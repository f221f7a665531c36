// Two values of an enumeration have the same name: it could not be read.
// says: ghl: ghl::enum_names of this type has the same name twice; remove one
// names: deal::stage
// alone: it specialises a template of ghl
#include <ghl/ghl.hpp>

namespace deal {
enum class stage { open, won };
}

template <>
inline constexpr auto ghl::enum_names<deal::stage> = ghl::names(ghl::name("open", deal::stage::open),
#ifndef GHL_MISTAKE
                                                                ghl::name("won", deal::stage::won));
#else
                                                                ghl::name("open", deal::stage::won));
#endif

struct get_deal {
  struct response {
    deal::stage stage{};
    static consteval auto fields() { return ghl::fields(ghl::field("stage", &response::stage)); }
  };
  static consteval auto endpoint() {
    return ghl::endpoint("Get Deal", ghl::method::get, "/deal", ghl::token::sub_account);
  }
};
static_assert(ghl::well_formed<get_deal>);
