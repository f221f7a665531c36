/// The parts of a URL (RFC 3986, section 3), as views of its text.
#pragma once

#include <ghl/detail/text.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ghl { inline namespace v0 {

/// Purpose: an absolute URL taken apart. `origin` followed by `target` is the whole text, whatever it is; a text
/// without "scheme://" in front has no origin.
/// Example: `ghl::split_url("https://[::1]:8443/links/?a=b")` has the origin "https://[::1]:8443", the authority
/// "[::1]:8443", the host "[::1]", the port 8443 and the target "/links/?a=b".
/// Lifetime: the views point into the text that was given.
/// Thread safety: a value.
struct url_parts {
  bool secure = false;           ///< the scheme is https, in any case
  std::string_view origin{};     ///< scheme, host and port, as written
  std::string_view authority{};  ///< host and port, as written: the value of a Host header
  std::string_view host{};       ///< as written, an IPv6 address with its brackets
  std::uint16_t port = 0;        ///< as written, else 80 or 443; 0: the scheme is neither http nor https, or no port
  std::string_view target{};     ///< path and query, as written: all that follows the origin

  /// The host as a resolver takes it: an IPv6 address without its brackets.
  [[nodiscard]] constexpr std::string_view address() const noexcept {
    const bool literal = host.size() > 2 && host.front() == '[' && host.back() == ']';
    return literal ? host.substr(1, host.size() - 2) : host;
  }
  /// Whether a request can be sent to it as it stands: http or https, a host and a port but no user, a target that
  /// begins with a slash, no blank and no control byte anywhere.
  [[nodiscard]] constexpr bool can_be_requested() const noexcept {
    return port != 0 && !host.empty() && origin.find_first_of("@ ") == std::string_view::npos &&
           !detail::has_control(origin) && target.starts_with('/') && target.find(' ') == std::string_view::npos &&
           !detail::has_control(target);
  }
};

namespace detail {

/// How many bytes of a URL its origin takes; 0: it has none.
constexpr std::size_t origin_size(std::string_view url) noexcept {
  std::size_t at = 0;
  while (at < url.size() && url[at] != ':' && url[at] != '/' && url[at] != '?' && url[at] != '#') ++at;
  if (!url.substr(at).starts_with("://")) return 0;
  at += 3;
  while (at < url.size() && url[at] != '/' && url[at] != '?' && url[at] != '#') ++at;
  return at;
}

/// 1 to 65535; 0: the text is no port.
constexpr std::uint16_t read_port(std::string_view digits) noexcept {
  unsigned port = 0;
  for (const char c : digits) {
    if (!is_digit(c)) return 0;
    port = port * 10 + static_cast<unsigned>(c - '0');
    if (port > 65'535) return 0;
  }
  return static_cast<std::uint16_t>(port);
}

/// 127.0.0.0/8 in the usual four-part form without leading zeros, localhost, and ::1 in brackets.
constexpr bool is_loopback(std::string_view host) noexcept {
  if (equal_ignoring_case(host, "localhost") || host == "[::1]") return true;
  if (!host.starts_with("127.") || host.ends_with('.')) return false;
  int parts = 0;
  for (; !host.empty(); ++parts) {
    const std::string_view part = host.substr(0, host.find('.'));
    if (part.empty() || part.size() > 3) return false;
    if (part.size() > 1 && part.front() == '0') return false;  // 08: some systems look it up as a name
    int value = 0;
    for (const char c : part) {
      if (!is_digit(c)) return false;
      value = value * 10 + (c - '0');
    }
    if (value > 255) return false;
    host.remove_prefix(part.size() < host.size() ? part.size() + 1 : part.size());
  }
  return parts == 4;
}

}  // namespace detail

/// Never fails: what is no URL has no origin, and a port of 0.
[[nodiscard]] constexpr url_parts split_url(std::string_view url) noexcept {
  url_parts parts;
  const std::size_t origin = detail::origin_size(url);
  parts.origin = url.substr(0, origin);
  parts.target = url.substr(origin);
  if (origin == 0) return parts;
  const std::size_t colon = url.find(':');
  const std::string_view scheme = url.substr(0, colon);
  parts.secure = detail::equal_ignoring_case(scheme, "https");
  parts.authority = parts.origin.substr(colon + 3);
  const std::size_t bracket = parts.authority.rfind(']');
  const std::size_t port = parts.authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  parts.host = parts.authority.substr(0, port);
  if (!parts.secure && !detail::equal_ignoring_case(scheme, "http")) return parts;
  if (port != std::string_view::npos) parts.port = detail::read_port(parts.authority.substr(port + 1));
  else parts.port = parts.secure ? 443 : 80;
  return parts;
}

}}  // namespace ghl::v0
