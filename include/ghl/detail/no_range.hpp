/// A result is often taken for the list in it. That is refused with a sentence, which clang has in an attribute and
/// others in the name of a type; whatever asks whether a result is a range is told that it is not.
#pragma once

#include <ghl/detail/named.hpp>

namespace ghl { inline namespace v0 { namespace detail {

struct no_range {
#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wgcc-compat"
  const int* begin() const __attribute__((
      diagnose_if(true, "ghl: a result is no range, and may hold an error; first auto r = api.call(...); if (!r) ...; "
                        "then for (auto& link : r->links)", "error")));
#pragma clang diagnostic pop
#else
  template <class = because<"ghl: a result is no range, and may hold an error; first auto r = api.call(...); if (!r) "
                            "...; then for (auto& link : r->links)">>
  const int* begin() const = delete;
#endif
  const int* end() const;

 protected:
  no_range() = default;
};

}}}  // namespace ghl::v0::detail
