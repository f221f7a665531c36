// A retry policy whose question is not const.
// says: ghl: pause_after of a retry policy is const, takes const ghl::failed_attempt& and returns
#include "parts.hpp"

struct patient {
#if defined(GHL_MISTAKE)
  std::optional<ghl::milliseconds> pause_after(const ghl::failed_attempt&) { return std::nullopt; }
#else
  std::optional<ghl::milliseconds> pause_after(const ghl::failed_attempt&) const { return std::nullopt; }
#endif
};

void connect() {
  ghl::client mine{transport, json{}, token, patient{}};
  static_cast<void>(mine.call(get_links));
}
