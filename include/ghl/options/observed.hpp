/// The facts of an attempt that do not depend on how it went.
#pragma once

#include <ghl/value/endpoint_facts.hpp>
#include <ghl/value/url.hpp>
#include <ghl/policy/observation.hpp>

#include <string_view>

namespace ghl { inline namespace v0 { namespace detail {

inline observation observation_of(const endpoint_facts& e, std::string_view url) noexcept {
  observation seen;
  seen.endpoint = e.title;
  seen.method = e.method;
  seen.path_template = e.path;
  const url_parts to = split_url(url);
  seen.server_address = to.host;
  seen.server_port = to.port;
  return seen;
}

}}}  // namespace ghl::v0::detail
