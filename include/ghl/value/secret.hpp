/// Text that must not be printed.
#pragma once

#include <string>
#include <utility>

namespace ghl { inline namespace v0 {

/// Purpose: text that must not be printed. It neither converts to a string nor compares; the one way to it is
/// `reveal()`. Streams print "[secret]".
/// Thread safety: a value.
class secret {
 public:
  secret() = default;
  explicit secret(std::string text) noexcept : text_(std::move(text)) {}

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
