/// A set of texts that the server may add to.
#pragma once

#include <ghl/endpoint/enum_names.hpp>
#include <ghl/endpoint/json_as.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <utility>

namespace ghl { inline namespace v0 {

/// Purpose: an enumeration of the API, as the base of a struct with a constant for each value that is known. A value
/// that is not known yet is kept as it came, and written back so.
/// Example:
///     struct contact_type : ghl::open_enum<contact_type> {
///       using open_enum::open_enum;
///       static constexpr std::string_view lead = "lead", customer = "customer";
///       static constexpr auto names() { return ghl::names(lead, customer); }
///     };
///     if (contact.type == contact_type::lead) ...
///     api.call(search{.type = contact_type::customer});
/// Errors: none of its own; an empty one is refused in a path or query, as an empty text is.
/// Thread safety: that of a std::string.
template <class Derived>
class open_enum {
 public:
  using enumeration = Derived;

  open_enum() = default;
  open_enum(std::string text) noexcept : text_(std::move(text)) {}
  open_enum(std::string_view text) : text_(text) {}
  open_enum(const char* text) : text_(text != nullptr ? text : "") {}  // a null is an empty text

  /// As on the wire.
  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  /// Whether it is one of Derived::names().
  [[nodiscard]] bool is_known() const noexcept {
    for (const std::string_view name : Derived::names())
      if (name == text_) return true;
    return false;
  }

  friend bool operator==(const open_enum& a, const open_enum& b) noexcept { return a.text_ == b.text_; }
  template <std::convertible_to<std::string_view> Text>
  friend bool operator==(const open_enum& a, const Text& text) noexcept {
    return std::string_view{a.text_} == std::string_view{text};
  }
  friend bool operator<(const open_enum& a, const open_enum& b) noexcept { return a.text_ < b.text_; }

 private:
  std::string text_{};
};

namespace detail {

template <class T>
concept is_open_enum = requires { requires std::same_as<typename T::enumeration, T>; } &&
                       requires(const T& value) { value.is_known(); T{std::string{}}; };

}  // namespace detail

template <detail::is_open_enum T>
struct json_as<T> {
  using type = std::string;
  static T from(std::string&& text) noexcept { return T{std::move(text)}; }
  static const std::string& to(const T& value) noexcept { return value.text(); }
};

}}  // namespace ghl::v0
