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

/// Purpose: what an OAuth server issues: an access token, and the refresh token that gets the next pair. A refresh
/// token works once: when the new pair is lost, so is access to the account, until the app is installed again.
/// Units: `expires_in_s` is seconds, as on the wire; 0 if the server did not say.
/// Thread safety: a value.
struct token_pair {
  secret access_token{};
  secret refresh_token{};
  long long expires_in_s = 0;

  friend bool operator==(const token_pair& a, const token_pair& b) noexcept {
    return a.access_token.reveal() == b.access_token.reveal() && a.refresh_token.reveal() == b.refresh_token.reveal() &&
           a.expires_in_s == b.expires_in_s;
  }
};

}}  // namespace ghl::v0
