/// What can be set for a client or for one call, each a small type of its own.
#pragma once

#include <ghl/detail/text.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/http.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/stop.hpp>
#include <ghl/value/url.hpp>
#include <ghl/version.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace ghl { inline namespace v0 {

namespace detail {

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

}  // namespace detail

/// Purpose: where the API is. Default: the real service, https://services.leadconnectorhq.com.
/// Example: `ghl::base_url{"http://127.0.0.1:8080"}`; a path may follow the port, as before a proxy.
/// Errors: anything but https (http to a loopback address excepted), user info, a query or a fragment; every call then
/// gives an invalid_request error and nothing is sent.
class base_url {
 public:
  base_url() : base_url("https://services.leadconnectorhq.com") {}
  explicit base_url(std::string_view url) {
    const url_parts parts = split_url(url);
    std::string_view path = parts.target;
    while (path.ends_with('/')) path.remove_suffix(1);
    if (parts.port == 0 || !detail::is_host(parts.host) || !detail::is_plain_path(path)) return;
    fault_ = parts.secure || detail::is_loopback(parts.host) ? fault::none : fault::insecure_base_url;
    origin_.append(parts.secure ? "https://" : "http://").append(parts.authority);
    prefix_ = path;
  }

  [[nodiscard]] const std::string& origin() const noexcept { return origin_; }
  [[nodiscard]] const std::string& prefix() const noexcept { return prefix_; }
  /// Why it cannot be used; `none` when it can.
  [[nodiscard]] ghl::fault fault() const noexcept { return fault_; }

 private:
  std::string origin_;
  std::string prefix_;
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

  void apply(base_url option) { base = std::move(option); }
  void apply(user_agent option) { agent = std::move(option.text); }
  void apply(const deadline& option) noexcept { timeout = option.limit; }
};

/// A type that a client takes after its credential.
template <class Option>
concept client_option = requires(settings& s, Option option) { s.apply(std::move(option)); };

namespace detail {
inline void apply(http::request& r, const deadline& option) noexcept { r.timeout = option.limit; }
template <stop_token_like Stop>
void apply(http::request&, const Stop&) noexcept {}
}  // namespace detail

/// A type that `call` takes after the request: ghl::deadline, or a stop token.
template <class Option>
concept call_option = requires(http::request& r, const Option& option) { detail::apply(r, option); };

}}  // namespace ghl::v0
