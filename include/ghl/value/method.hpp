/// The HTTP methods that HighLevel uses.
#pragma once

#include <string_view>

namespace ghl { inline namespace v0 {

class method;
namespace detail {
constexpr bool is_given(method m) noexcept;
}

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
  friend constexpr bool detail::is_given(method m) noexcept;

  // Behind its end a text tells whether it is the default, which in a descriptor is an oversight.
  std::string_view text_{"GET\0?", 3};
};

inline constexpr method method::get{{"GET\0", 3}};
inline constexpr method method::post{{"POST\0", 4}};
inline constexpr method method::put{{"PUT\0", 3}};
inline constexpr method method::patch{{"PATCH\0", 5}};
inline constexpr method method::del{{"DELETE\0", 6}};

namespace detail {
/// Whether a method was named: it is not method{}.
constexpr bool is_given(method m) noexcept { return m.text_.data()[m.text_.size() + 1] == '\0'; }
}  // namespace detail

/// The name on the wire.
constexpr std::string_view to_string(method m) noexcept { return m; }

}}  // namespace ghl::v0
