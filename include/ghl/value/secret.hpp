/// Text that must not be printed.
#pragma once

#include <ghl/detail/named.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <utility>

namespace ghl { inline namespace v0 {

class secret;

namespace detail {

/// What no secret is made of. (That a string_view becomes no string by itself, the standard library has decided.)
template <class Text>
concept no_secret_text = !std::derived_from<Text, secret> &&
                         (!std::convertible_to<Text, std::string> || std::same_as<Text, std::nullptr_t>);

}  // namespace detail

/// Purpose: text that must not be printed. It neither converts to a string nor compares; the one way to it is
/// `reveal()`. Streams print "[secret]".
/// Example: `ghl::secret{std::getenv("GHL_SECRET")}`; a variable that is not set is an empty text.
/// Thread safety: a value.
class secret {
 public:
  secret() = default;
  explicit secret(std::string text) noexcept : text_(std::move(text)) {}
  explicit secret(const char* text) : text_(text != nullptr ? text : "") {}
  template <detail::no_secret_text Text>
  explicit secret(const Text&) {
    static_assert(detail::holds<!detail::no_secret_text<Text>, Text>,
                  "ghl: a token or a secret is made of a std::string or a const char*; convert this to std::string");
  }

  [[nodiscard]] const std::string& reveal() const noexcept { return text_; }

  template <class Stream>
    requires requires(Stream& out) { out << "text"; }
  friend Stream& operator<<(Stream& out, const secret&) {
    out << "[secret]";
    return out;
  }

 private:
  std::string text_;
};

}}  // namespace ghl::v0
