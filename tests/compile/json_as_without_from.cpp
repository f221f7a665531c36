// A json_as that cannot be read.
// says: ghl: ghl::json_as of this type needs static std::optional<T> from(const type&)
// names: crm::id
// alone: it specialises a template of ghl
#include <ghl/ghl.hpp>

#include <optional>
#include <string>

namespace crm {
struct id {
  std::string text;
};
}  // namespace crm

template <>
struct ghl::json_as<crm::id> {
  using type = std::string;
#ifndef GHL_MISTAKE
  static std::optional<crm::id> from(const std::string& text) { return crm::id{text}; }
#endif
  static const std::string& to(const crm::id& id) { return id.text; }
};

struct get_deal {
  struct response {
    std::optional<crm::id> id{};
    static consteval auto fields() { return ghl::fields(ghl::field("id", &response::id)); }
  };
  static consteval auto endpoint() {
    return ghl::endpoint("Get Deal", ghl::method::get, "/deal", ghl::token::sub_account);
  }
};
static_assert(ghl::well_formed<get_deal>);
