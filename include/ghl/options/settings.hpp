/// What can be set for a client or for one call, each a small type of its own.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/detail/version.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/stop.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ghl { inline namespace v0 {

namespace detail {

/// 127.0.0.0/8 in the usual four-part form without zeros in front, localhost, and ::1 in brackets.
constexpr bool is_loopback(std::string_view host) noexcept {
  if (equal_ignoring_case(host, "localhost") || host == "[::1]") return true;
  int parts = 0;
  if (!host.starts_with("127.")) return false;
  while (!host.empty()) {
    const std::string_view part = host.substr(0, host.find('.'));
    if (part.empty() || part.size() > 3) return false;
    if (part.size() > 1 && part.front() == '0') return false;  // 08 is no number everywhere: it may be looked up as a name
    int value = 0;
    for (const char c : part) {
      if (!is_digit(c)) return false;
      value = value * 10 + (c - '0');
    }
    if (value > 255) return false;
    ++parts;
    host.remove_prefix(part.size());
    if (host.starts_with('.')) {
      host.remove_prefix(1);
      if (host.empty()) return false;
    }
  }
  return parts == 4;
}

/// 0: it is none.
constexpr int port_of(std::string_view text) noexcept {
  int value = 0;
  for (const char c : text) {
    if (!is_digit(c) || value > 65535) return 0;
    value = value * 10 + (c - '0');
  }
  return value <= 65535 ? value : 0;
}

constexpr bool is_host(std::string_view text) noexcept {
  const bool six = text.size() > 4 && text.front() == '[' && text.back() == ']';
  if (six) text = text.substr(1, text.size() - 2);
  for (const char c : text)
    if (six ? !(is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f') || c == ':' || c == '.')
            : !(is_alnum(c) || c == '-' || c == '.'))
      return false;
  return !text.empty() && text.front() != '.';
}

/// Unreserved characters and '/', no empty or dot segment: what may precede the path of an endpoint.
constexpr bool is_plain_path(std::string_view text) noexcept {
  std::size_t segment = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] != '/') {
      if (!is_unreserved(text[i])) return false;
      continue;
    }
    const std::string_view word = text.substr(segment, i - segment);
    if (i != 0 && (word.empty() || word == "." || word == "..")) return false;
    segment = i + 1;
  }
  return true;
}

/// Where the host stands in a URL, and the port, which may be that of the scheme.
struct server_in_url {
  std::size_t host = 0;
  std::size_t host_size = 0;
  int port = 0;
};

}  // namespace detail

/// Purpose: where the API is. Default: the real service, https://services.leadconnectorhq.com.
/// Example: `ghl::base_url{"http://127.0.0.1:8080"}`; a path may follow the port, as before a proxy.
/// Errors: anything but https (http to a loopback address excepted), user info, a query or a fragment; every call then
/// gives an invalid_request error and nothing is sent.
class base_url {
 public:
  base_url() : base_url("https://services.leadconnectorhq.com") {}
  explicit base_url(std::string_view url) {
    const std::size_t colon = url.find("://");
    if (colon == std::string_view::npos) return;
    const std::string_view scheme = url.substr(0, colon);
    const bool secure = detail::equal_ignoring_case(scheme, "https");
    if (!secure && !detail::equal_ignoring_case(scheme, "http")) return;
    std::string_view rest = url.substr(colon + 3);
    while (rest.ends_with('/')) rest.remove_suffix(1);
    const std::string_view authority = rest.substr(0, rest.find('/'));
    const std::string_view path = rest.substr(authority.size());
    const std::size_t bracket = authority.rfind(']');
    const std::size_t port = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
    const std::string_view host = authority.substr(0, port);
    if (!detail::is_host(host) || !detail::is_plain_path(path)) return;
    if (port != std::string_view::npos && detail::port_of(authority.substr(port + 1)) == 0) return;
    fault_ = secure || detail::is_loopback(host) ? fault::none : fault::insecure_base_url;
    url_.append(secure ? "https://" : "http://");
    server_ = {url_.size(), host.size(), secure ? 443 : 80};
    if (port != std::string_view::npos) server_.port = detail::port_of(authority.substr(port + 1));
    url_.append(authority);
    origin_ = url_.size();
    url_.append(path);
  }

  /// Without a slash at the end: what the path of an endpoint is appended to.
  [[nodiscard]] const std::string& url() const noexcept { return url_; }
  [[nodiscard]] std::string_view origin() const noexcept { return std::string_view{url_}.substr(0, origin_); }
  [[nodiscard]] std::string_view prefix() const noexcept { return std::string_view{url_}.substr(origin_); }
  [[nodiscard]] const detail::server_in_url& server() const noexcept { return server_; }
  /// Why it cannot be used; `none` when it can.
  [[nodiscard]] ghl::fault fault() const noexcept { return fault_; }

 private:
  std::string url_;
  std::size_t origin_ = 0;
  detail::server_in_url server_;
  ghl::fault fault_ = ghl::fault::bad_base_url;
};

/// What stands in the User-Agent header. The edge before the API refuses calls without one, and odd ones.
struct user_agent {
  std::string text;
};

/// How long a call may take, all in all: `ghl::deadline{2s}`, for a client or for one call. Zero or less: as long as
/// the transport allows.
struct deadline {
  milliseconds limit;

  template <class Duration>
  constexpr explicit deadline(const Duration& d) noexcept : limit(d) {}
};

/// The settings of a client, after its options.
struct settings {
  base_url base;
  std::string agent = std::string{"ghl-cpp/"}.append(library_version);
  milliseconds timeout{30'000};
  std::string same_lines = lines_of(agent);  ///< of the header: what is the same for every call

  void apply(base_url option) { base = std::move(option); }
  void apply(const user_agent& option) {
    agent = detail::trimmed(option.text);
    same_lines = lines_of(agent);
  }
  void apply(const deadline& option) noexcept { timeout = option.limit; }

 private:
  static std::string lines_of(std::string_view agent) {
    return std::string{"\r\nAccept: application/json\r\nUser-Agent: "}.append(agent).append("\r\n");
  }
};

/// A type that a client takes after its credential.
template <class Option>
concept client_option = requires(settings& s, Option option) { s.apply(std::move(option)); };

/// A type that `call` takes after the request: ghl::deadline, or a stop token.
template <class Option>
concept call_option = std::same_as<Option, deadline> || stop_token_like<Option>;

namespace detail {

/// How many of the options of one call are of a kind. Each kind may be given once.
template <class... Options>
inline constexpr int deadlines_in = (0 + ... + int{std::same_as<Options, deadline>});
template <class... Options>
inline constexpr int stop_tokens_in = (0 + ... + int{stop_token_like<Options>});

/// The deadline among the options of a call, else that of the client.
constexpr milliseconds limit_among(milliseconds otherwise) noexcept { return otherwise; }
template <class First, class... Rest>
constexpr milliseconds limit_among(milliseconds otherwise, const First& first, const Rest&... rest) noexcept {
  if constexpr (std::same_as<First, deadline>) return first.limit;
  else return limit_among(otherwise, rest...);
}

/// The stop token among the options of a call.
constexpr never_stops stop_among() noexcept { return {}; }
template <class First, class... Rest>
constexpr auto stop_among(const First& first, const Rest&... rest) {
  if constexpr (stop_token_like<First>) return first;
  else return stop_among(rest...);
}

/// The handler among them: the one that is no option.
template <class First, class... Rest>
auto handler_among(First&& first, Rest&&... rest) {
  if constexpr (call_option<std::remove_cvref_t<First>>) return handler_among(std::forward<Rest>(rest)...);
  else return std::remove_cvref_t<First>(std::forward<First>(first));
}

}  // namespace detail
}}  // namespace ghl::v0
