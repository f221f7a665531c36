/// The facts of an attempt that do not depend on how it went.
#pragma once

#include <ghl/value/endpoint_facts.hpp>
#include <ghl/policy/observer.hpp>

#include <charconv>
#include <cstddef>
#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

/// Of "https://host:port" or "http://[::1]:80", as a base_url has made it.
inline observation observation_of(const endpoint_facts& e, std::string_view origin) noexcept {
  observation seen;
  seen.endpoint = e.title;
  seen.method = e.method;
  seen.path_template = e.path;
  const bool secure = origin.starts_with("https:");
  origin.remove_prefix(secure ? 8 : 7);
  const std::size_t bracket = origin.rfind(']');
  const std::size_t colon = origin.find(':', bracket == std::string_view::npos ? 0 : bracket);
  seen.server_address = origin.substr(0, colon);
  seen.server_port = secure ? 443 : 80;
  if (colon != std::string_view::npos)
    std::from_chars(origin.data() + colon + 1, origin.data() + origin.size(), seen.server_port);
  return seen;
}

}}}  // namespace ghl::v0::detail
