/// What can be set for a client or for one call, each a small type of its own.
#pragma once

#include <ghl/detail/named.hpp>
#include <ghl/detail/text.hpp>
#include <ghl/detail/version.hpp>
#include <ghl/value/fault.hpp>
#include <ghl/value/milliseconds.hpp>
#include <ghl/value/stop.hpp>
#include <ghl/value/url.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
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
    const std::string_view part = text.substr(segment, i - segment);
    if (i != 0 && (part.empty() || part == "." || part == "..")) return false;
    segment = i + 1;
  }
  return true;
}

template <class T>
concept time_span = duration_like<T> || std::same_as<T, milliseconds>;

/// No text for no pointer: that of an environment variable that is not set.
constexpr std::string_view view_of(const char* text) noexcept {
  return text != nullptr ? std::string_view{text} : std::string_view{};
}

}  // namespace detail

/// Purpose: where the API is. Default: the real service, https://services.leadconnectorhq.com.
/// Example: `ghl::base_url{"http://127.0.0.1:8080"}`; a path may follow the port, as before a proxy.
/// Errors: anything but https (http to a loopback address excepted), user info, a query or a fragment; every call then
/// gives an invalid_request error and nothing is sent. So it is with an empty text, and with an environment variable
/// that is not set, `ghl::base_url{std::getenv("GHL_URL")}`: fault::empty_base_url.
class base_url {
 public:
  base_url() : base_url("https://services.leadconnectorhq.com") {}
  explicit base_url(const char* url) : base_url(detail::view_of(url)) {}
  template <std::same_as<std::nullptr_t> Null>
  explicit base_url(Null) {
    static_assert(detail::holds<false, Null>, "ghl: a base URL is given a nullptr; give it a text, or leave it out");
  }
  explicit base_url(std::string_view url) {
    if (url.empty()) fault_ = fault::empty_base_url;
    while (url.ends_with('/')) url.remove_suffix(1);
    const url_parts parts = split_url(url);
    if (parts.port == 0 || !detail::is_host(parts.host) || !detail::is_plain_path(parts.target)) return;
    fault_ = parts.secure || detail::is_loopback(parts.host) ? fault::none : fault::insecure_base_url;
    url_.append(parts.secure ? "https://" : "http://").append(parts.authority);
    origin_ = url_.size();
    host_ = origin_ - parts.authority.size();
    host_size_ = parts.host.size();
    port_ = parts.port;
    url_.append(parts.target);
  }

  /// Without a slash at the end: what the path of an endpoint is appended to.
  [[nodiscard]] const std::string& url() const noexcept { return url_; }
  [[nodiscard]] std::string_view origin() const noexcept { return std::string_view{url_}.substr(0, origin_); }
  [[nodiscard]] std::string_view prefix() const noexcept { return part(origin_, url_.size()); }
  /// As written; an IPv6 address has its brackets.
  [[nodiscard]] std::string_view host() const noexcept { return part(host_, host_size_); }
  [[nodiscard]] int port() const noexcept { return port_; }
  /// Why it cannot be used; `none` when it can.
  [[nodiscard]] ghl::fault fault() const noexcept { return fault_; }

 private:
  [[nodiscard]] std::string_view part(std::size_t at, std::size_t size) const noexcept {
    return at < url_.size() ? std::string_view{url_}.substr(at, size)
                            : std::string_view{};  // nothing once it was moved
  }

  std::string url_;
  std::size_t origin_ = 0;
  std::size_t host_ = 0;
  std::size_t host_size_ = 0;
  int port_ = 0;
  ghl::fault fault_ = ghl::fault::bad_base_url;
};

/// What stands in the User-Agent header. The edge before the API refuses calls without one, and odd ones.
class user_agent {
 public:
  explicit user_agent(const char* text) : user_agent(detail::view_of(text)) {}
  explicit user_agent(std::string_view text)
      : lines_(std::string{begin}.append(detail::trimmed(text)).append(end)),
        usable_(is_usable(detail::trimmed(text))) {}

  [[nodiscard]] std::string_view text() const noexcept {
    return std::string_view{lines_}.substr(begin.size(), lines_.size() - begin.size() - end.size());
  }
  /// The lines of the header that are the same for every call of a client, from the end of the line before on.
  [[nodiscard]] std::string_view header_lines() const noexcept { return lines_; }
  [[nodiscard]] bool usable() const noexcept { return usable_; }

 private:
  static constexpr std::string_view begin = "\r\nAccept: application/json\r\nUser-Agent: ";
  static constexpr std::string_view end = "\r\n";
  static bool is_usable(std::string_view text) noexcept { return !text.empty() && !detail::has_control(text); }

  std::string lines_;
  bool usable_;
};

/// How long a call may take, all in all: `ghl::deadline{2s}`, for a client or for one call. Zero or less: as long as
/// the transport allows.
struct deadline {
  milliseconds limit;

  template <detail::time_span Duration>
  constexpr explicit deadline(const Duration& d) noexcept : limit(d) {}
  template <class Other>
  constexpr explicit deadline(const Other&) noexcept : limit() {
    static_assert(detail::holds<detail::time_span<Other>, Other>,
                  "ghl: a deadline is a span of time with a unit, and begins with the call; write ghl::deadline{5s} or "
                  "ghl::deadline{ghl::milliseconds{5'000}}; no number, text or time_point");
  }
};

/// Purpose: answers are read strictly: for a client or for one call. Without it a value of another type than described
/// leaves an optional member empty and is listed in `result.mismatches()`, and an array that is absent or null is empty;
/// with it each of them is an error of kind decode, as it is of a required member.
/// Example: `api.call(request, ghl::strict{})`; `ghl::client api{transport, json, token, ghl::strict{}};`
struct strict {};

/// The settings of a client, after its options.
struct settings {
  base_url base{};
  user_agent agent{std::string{"ghl-cpp/"}.append(library_version)};
  milliseconds timeout{30'000};
  bool reads_strictly = false;

  void apply(base_url option) { base = std::move(option); }
  void apply(user_agent option) { agent = std::move(option); }
  void apply(const deadline& option) noexcept { timeout = option.limit; }
  void apply(strict) noexcept { reads_strictly = true; }
};

/// A type that a client takes after its credential.
template <class Option>
concept client_option = requires(settings& s, Option option) { s.apply(std::move(option)); };

/// A type that `call` takes after the request: ghl::deadline, ghl::strict, or a stop token.
template <class Option>
concept call_option = std::same_as<Option, deadline> || std::same_as<Option, strict> || stop_token_like<Option>;

namespace detail {

/// Whether no setting is among the options twice, in whatever type.
template <class... Options>
inline constexpr bool set_once = (0 + ... + int{std::convertible_to<Options, base_url>}) <= 1 &&
                                 (0 + ... + int{std::convertible_to<Options, user_agent>}) <= 1 &&
                                 (0 + ... + int{std::convertible_to<Options, deadline>}) <= 1;

/// How many of the options of one call are of a kind. Each kind may be given once.
template <class... Options>
inline constexpr int deadlines_in = (0 + ... + int{std::same_as<Options, deadline>});
template <class... Options>
inline constexpr int stop_tokens_in = (0 + ... + int{stop_token_like<Options>});
template <class... Options>
inline constexpr bool asks_for_strict = (std::same_as<Options, strict> || ...);

/// The settings of one call.
struct call_settings {
  milliseconds limit;
  bool reads_strictly;
};

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
