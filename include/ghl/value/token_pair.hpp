/// What an OAuth server issues.
#pragma once

#include <ghl/value/secret.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ghl { inline namespace v0 {

/// Purpose: an access token, the refresh token that gets the next pair, and what the server said of them. A refresh
/// token works once: when the new pair is lost, so is access to the account, until the app is installed again. So a
/// store keeps the two tokens, and `expires_at` where tokens are to be refreshed before they expire.
/// Example: `ghl::token_pair{.access_token = ghl::secret{row.access}, .refresh_token = ghl::secret{row.refresh}}`
/// What the server did not say is empty. Two pairs are equal where their tokens and `expires_in_s` are.
/// Thread safety: a value.
struct token_pair {
  secret access_token{};
  secret refresh_token{};
  long long expires_in_s = 0;      ///< seconds from when it was issued, as on the wire; 0: not said
  std::int64_t expires_at = 0;     ///< the same as a date: seconds since 1970, UTC; 0: not known
  std::string user_type{};         ///< whose it is: "Location" (a sub-account), "Company" (an agency)
  std::string location_id{};       ///< of a token of a sub-account
  std::string company_id{};        ///< of the agency
  std::string refresh_token_id{};  ///< the server's name for the refresh token; no secret
  std::string scope{};             ///< the scopes granted, a blank between two of them
  std::optional<bool> is_bulk_installation{};
  std::vector<std::string> approved_locations{};  ///< those that an agency's token may get tokens for

  friend bool operator==(const token_pair& a, const token_pair& b) noexcept {
    return a.access_token.reveal() == b.access_token.reveal() && a.refresh_token.reveal() == b.refresh_token.reveal() &&
           a.expires_in_s == b.expires_in_s;
  }
};

}}  // namespace ghl::v0
