/// The HTTP methods that HighLevel uses.
#pragma once

#include <string_view>

namespace ghl { inline namespace v0 {

/// Purpose: the method of an endpoint and of a request; converts to its name on the wire.
/// Example: `if (request.method == ghl::method::get) ...; std::string text{request.method};`
/// (`del`, since DELETE is a macro on Windows.)
/// Thread safety: a value.
class method {
 public:
  static const method get, post, put, patch, del;

  constexpr method() noexcept = default;  ///< GET

  /// "GET", "POST", "PUT", "PATCH", "DELETE": static text, NUL-terminated.
  constexpr operator std::string_view() const noexcept { return text_; }

  friend constexpr bool operator==(method a, method b) noexcept { return a.text_ == b.text_; }
  friend constexpr bool operator==(method a, std::string_view text) noexcept { return a.text_ == text; }

 private:
  constexpr explicit method(std::string_view text) noexcept : text_(text) {}
  std::string_view text_ = "GET";
};

inline constexpr method method::get{"GET"};
inline constexpr method method::post{"POST"};
inline constexpr method method::put{"PUT"};
inline constexpr method method::patch{"PATCH"};
inline constexpr method method::del{"DELETE"};

/// The name on the wire.
constexpr std::string_view to_string(method m) noexcept { return m; }

}}  // namespace ghl::v0
