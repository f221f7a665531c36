/// Writes a form: the names and values of application/x-www-form-urlencoded.
#pragma once

#include <ghl/value/percent_encoding.hpp>

#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

inline constexpr std::string_view form_type = "application/x-www-form-urlencoded";

/// Adds a parameter, both of its texts percent-encoded. `out` is a string, or like one.
template <class Out>
void append_parameter(Out& out, bool first, std::string_view name, std::string_view value) {
  if (!first) out.push_back('&');
  append_encoded(out, name);
  out.push_back('=');
  append_encoded(out, value);
}

}}}  // namespace ghl::v0::detail
