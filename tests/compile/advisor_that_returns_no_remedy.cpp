// An advisor that says more than what is to be done.
// says: ghl: advise of an advisor is const, takes const ghl::error& and returns std::optional<ghl::remedy>;
#include "parts.hpp"

struct expert {
#if defined(GHL_MISTAKE)
  std::string advise(const ghl::error&) const { return "call Jane"; }
#else
  std::optional<ghl::remedy> advise(const ghl::error&) const { return std::nullopt; }
#endif
};

void connect() {
  ghl::client mine{transport, json{}, token, expert{}};
  static_cast<void>(mine.call(get_links));
}
