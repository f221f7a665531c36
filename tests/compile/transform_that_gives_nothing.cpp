// A function for transform() that looks at the value and returns nothing.
// says: ghl: the function of transform() returns nothing; ask the result itself: if (r) ...
#include "parts.hpp"

inline std::size_t count() {
  std::size_t links = 0;
  const auto r = api.call(get_links);
#ifndef GHL_MISTAKE
  links = r.transform([](const auto& got) { return got.links.size(); }).value_or(0);
#else
  static_cast<void>(r.transform([&](const auto& got) { links = got.links.size(); }));
#endif
  return links;
}
